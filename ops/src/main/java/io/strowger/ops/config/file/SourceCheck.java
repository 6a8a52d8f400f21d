package io.strowger.ops.config.file;

import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.ConnectConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a schema can't say of sources: which of them the server connects to, which come, and where.
 */
final class SourceCheck {
    private static final int LAST_PORT = 65_535;

    private final BiConsumer<String, String> complaints;
    private final FileCheck files;
    private final ListenConfig listen;
    private final Set<String> hashes;
    private final Set<String> names = new HashSet<>();
    private final Set<String> certificates = new HashSet<>();
    private boolean hasDemo;

    /**
     * A check.
     *
     * @param listen where sources may come to.
     * @param hashes of all tokens so far: none stands for two.
     */
    SourceCheck(final BiConsumer<String, String> complaints, final FileCheck files, final ListenConfig listen, final Set<String> hashes) {
        this.complaints = complaints;
        this.files = files;
        this.listen = listen;
        this.hashes = hashes;
    }

    void check(final SourceConfig source, final String at) {
        if (!names.add(source.tenant() + " " + source.name())) {
            complaints.accept(at + "/name", "tenant " + source.tenant() + " has another source of this name");
        }
        if (!isWayRight(source, at)) {
            return;
        }
        if (null != source.connect()) {
            checkConnect(source, at + "/connect");
        }
        if (null != source.accept()) {
            checkAccept(source, at + "/accept");
        }
        if (SourceDialect.DEMO == source.dialect()) {
            if (hasDemo) {
                complaints.accept(at, "there is one demo only");
            }
            hasDemo = true;
        }
    }

    private boolean isWayRight(final SourceConfig source, final String at) {
        final boolean connects = null != source.connect();
        final boolean accepts = null != source.accept();
        final String wanted = switch (source.dialect()) {
            case AMI, ESL -> connects && !accepts ? null : "needs connect, and no accept: the server connects to it";
            case SBE, ACTION_URL -> accepts && !connects ? null : "needs accept, and no connect: it comes to the server";
            case KAMAILIO -> connects != accepts ? null : "needs connect (evapi) or accept (HTTP posts), one of them";
            case DEMO -> !connects && !accepts ? null : "needs neither connect nor accept";
        };
        if (null != wanted) {
            complaints.accept(at, wanted);
        }
        return null == wanted;
    }

    private void checkConnect(final SourceConfig source, final String at) {
        final ConnectConfig connect = source.connect();
        final int port = connect.port();
        if (port < 1 || port > LAST_PORT) {
            complaints.accept(at + "/address", "port " + port + " is not from 1 to 65535");
        }
        checkLogin(source.dialect(), connect.login(), at);
        if (connect.commands() && SourceDialect.KAMAILIO == source.dialect()) {
            complaints.accept(at + "/commands", "evapi takes no commands");
        }
        if (null != connect.tls()) {
            files.checkTls(connect.tls(), at + "/tls", false);
            if (null != connect.tls().certificate()) {
                complaints.accept(at + "/tls/certificate", "no call router is shown one");
            }
        }
    }

    private void checkLogin(final SourceDialect dialect, final LoginConfig login, final String at) {
        if (SourceDialect.KAMAILIO == dialect) {
            if (null != login) {
                complaints.accept(at + "/login", "evapi knows no login");
            }
            return;
        }
        if (null == login) {
            complaints.accept(at, "needs login");
            return;
        }
        if (null == login.user() && SourceDialect.AMI == dialect) {
            complaints.accept(at + "/login", "needs user");
        }
        files.checkSecret(login, at + "/login");
    }

    private void checkAccept(final SourceConfig source, final String at) {
        final AcceptConfig accept = source.accept();
        final boolean isSbe = SourceDialect.SBE == source.dialect();
        final ListenerConfig listener = isSbe ? listen.sources() : listen.sourcesHttp();
        if (null == listener) {
            complaints.accept(at, "nothing listens for it: say listen." + (isSbe ? "sources" : "sourcesHttp"));
        }
        if (accept.tokens().isEmpty() && null == accept.certificate()) {
            complaints.accept(at, "needs tokens or certificate");
        }
        if (null != accept.certificate() && null != listener && !listener.isMutual()) {
            complaints.accept(at + "/certificate", "nobody asks for one: the listener needs tls with authorities");
        }
        if (null != accept.certificate() && !certificates.add(isSbe + " " + accept.certificate())) {
            complaints.accept(at + "/certificate", "stands for another source already");
        }
        if (null != accept.phone()) {
            checkPhone(source, at + "/phone");
        }
        for (int i = 0; i < accept.tokens().size(); i++) {
            if (!hashes.add(accept.tokens().get(i).sha256())) {
                complaints.accept(at + "/tokens/" + i, "stands for something else already");
            }
        }
    }

    private void checkPhone(final SourceConfig source, final String at) {
        if (SourceDialect.ACTION_URL != source.dialect()) {
            complaints.accept(at, "is of dialect action-url alone");
        } else if (null != source.accept().phone().user() && null != source.accept().phone().users()) {
            complaints.accept(at, "user is of one phone, users of a fleet: one of them");
        } else if (null != source.accept().phone().user()
            && (null != source.accept().phone().most() || null != source.accept().phone().silentHours())) {
            complaints.accept(at, "most and silentHours are of a fleet alone");
        }
    }
}
