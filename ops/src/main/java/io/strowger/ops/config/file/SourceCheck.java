package io.strowger.ops.config.file;

import io.strowger.codecs.SignalLayout;
import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.ConnectConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.connector.ConnectorSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a schema can't say of sources: which of them the server connects to, which come, and where.
 */
final class SourceCheck {
    private static final int LAST_PORT = 65_535;

    private final Complaints complaints;
    private final FileCheck files;
    private final ListenConfig listen;
    private final TokenCheck tokens;
    private final HostCheck hosts;
    private final ActionsCheck actions;
    private final PatternCheck patterns;
    /** Those that may cover another. */
    private final Set<String> known;
    private final Set<String> names = new HashSet<>();
    private final Set<String> certificates = new HashSet<>();
    private boolean hasDemo;

    /**
     * A check.
     *
     * @param tokens of all that come.
     * @param config that they are of.
     */
    SourceCheck(final Complaints complaints, final FileCheck files, final TokenCheck tokens, final ServerConfig config) {
        this.complaints = complaints;
        this.files = files;
        this.tokens = tokens;
        this.listen = config.listen();
        this.hosts = new HostCheck(complaints);
        this.actions = new ActionsCheck(complaints);
        this.patterns = new PatternCheck(complaints);
        this.known = config.sources().stream().map(SourceCheck::key).collect(Collectors.toSet());
    }

    void check(final SourceConfig source, final String at) {
        if (!names.add(key(source))) {
            complaints.add(at + "/name", "tenant " + source.tenant() + " has another source of this name");
        }
        if (null != source.name() && source.name().getBytes(StandardCharsets.UTF_8).length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            complaints.add(at + "/name", "is longer than " + SignalLayout.MAX_NATIVE_ID_LENGTH + " bytes");
        }
        if (null == source.dialect() || !isWayRight(source, at)) {
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
                complaints.add(at, "there is one demo only");
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
            complaints.add(at, wanted);
        }
        return null == wanted;
    }

    private void checkConnect(final SourceConfig source, final String at) {
        final ConnectConfig connect = source.connect();
        if (null != connect.address()) {
            final int port = connect.port();
            if (port < 1 || port > LAST_PORT) {
                complaints.add(at + "/address", "port " + port + " is not from 1 to 65535");
            }
            hosts.check(connect.host(), at + "/address");
        }
        checkLogin(source.dialect(), connect.login(), at);
        actions.check(source, at);
        if (connect.commands() && SourceDialect.KAMAILIO == source.dialect()) {
            complaints.add(at + "/commands", "evapi takes no commands");
        }
        if (null != connect.tls()) {
            files.checkTls(connect.tls(), at + "/tls", false);
            if (null != connect.tls().certificate()) {
                complaints.add(at + "/tls/certificate", "no call router is shown one");
            }
        }
    }

    private void checkLogin(final SourceDialect dialect, final LoginConfig login, final String at) {
        if (SourceDialect.KAMAILIO == dialect) {
            if (null != login) {
                complaints.add(at + "/login", "evapi knows no login");
            }
            return;
        }
        if (null == login) {
            complaints.add(at, "needs login");
            return;
        }
        if (null == login.user() && SourceDialect.AMI == dialect) {
            complaints.add(at + "/login", "needs user");
        }
        checkLine(login.user(), at + "/login/user");
        checkLine(files.checkSecret(login, at + "/login"), at + (null == login.secret() ? "/login/secretFile" : "/login/secret"));
    }

    /** What is written into the line of a command, null for nothing. */
    private void checkLine(final String text, final String at) {
        if (null != text && !ConnectorSettings.isOneLine(text)) {
            complaints.add(at, "has a line end or another control character");
        }
    }

    private void checkAccept(final SourceConfig source, final String at) {
        final AcceptConfig accept = source.accept();
        final boolean isSbe = SourceDialect.SBE == source.dialect();
        final ListenerConfig listener = isSbe ? listen.sources() : listen.sourcesHttp();
        if (null == listener) {
            complaints.add(at, "nothing listens for it: say listen." + (isSbe ? "sources" : "sourcesHttp"));
        }
        if (accept.tokens().isEmpty() && null == accept.certificate()) {
            complaints.add(at, "needs tokens or certificate");
        }
        if (null != accept.certificate() && null != listener && !listener.isMutual()) {
            complaints.add(at + "/certificate", "nobody asks for one: the listener needs tls with authorities");
        }
        if (null != accept.certificate() && !certificates.add(isSbe + " " + accept.certificate())) {
            complaints.add(at + "/certificate", "stands for another source already");
        }
        if (null != accept.phone()) {
            checkPhone(source, at + "/phone");
        }
        if (null != accept.coveredBy()) {
            checkCover(source, at + "/coveredBy");
        }
        tokens.check(accept.tokens(), at, null == accept.certificate() && !accept.tokens().isEmpty());
    }

    private void checkCover(final SourceConfig source, final String at) {
        final String cover = source.accept().coveredBy();
        if (cover.equals(source.name())) {
            complaints.add(at, "it can't cover itself");
        } else if (!known.contains(source.tenant() + " " + cover)) {
            complaints.add(at, "tenant " + source.tenant() + " has no source " + cover);
        }
    }

    private static String key(final SourceConfig source) {
        return source.tenant() + " " + source.name();
    }

    private void checkPhone(final SourceConfig source, final String at) {
        if (SourceDialect.ACTION_URL != source.dialect()) {
            complaints.add(at, "is of dialect action-url alone");
        } else if (null != source.accept().phone().user() && null != source.accept().phone().users()) {
            complaints.add(at, "user is of one phone, users of a fleet: one of them");
        } else if (null != source.accept().phone().user()
            && (null != source.accept().phone().most() || null != source.accept().phone().silentHours())) {
            complaints.add(at, "most and silentHours are of a fleet alone");
        }
        patterns.check(source.accept().phone().users(), at + "/users");
    }
}
