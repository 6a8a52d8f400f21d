package io.strowger.ops.config;

import io.strowger.codecs.json.EventTypeNames;
import io.strowger.ops.connector.ConnectorDialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a schema can't say: names that may stand once, files that must be there, and that nobody listens in.
 */
final class ConfigCheck {
    private static final int MOST_ID_BYTES = 64;
    private static final int MOST_PATTERN_BYTES = 512;

    private final BiConsumer<String, String> complaints;

    /**
     * A check.
     *
     * @param complaints take the JSON pointer and the reason of each thing that is wrong.
     */
    ConfigCheck(final BiConsumer<String, String> complaints) {
        this.complaints = complaints;
    }

    /** Looks at everything. */
    void check(final ServerConfig config) {
        checkHttp(config.http());
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < config.sources().size(); i++) {
            checkSource(config.sources().get(i), "/sources/" + i, names);
        }
        final Set<String> ids = new HashSet<>();
        final Set<String> hashes = new HashSet<>();
        for (int i = 0; i < config.applications().size(); i++) {
            checkApplication(config.applications().get(i), "/applications/" + i, ids, hashes);
        }
        final Set<String> webhooks = new HashSet<>();
        for (int i = 0; i < config.webhooks().size(); i++) {
            checkWebhook(config.webhooks().get(i), "/webhooks/" + i, webhooks);
        }
        if (config.demo() && !names.add(name(1, "demo"))) {
            complaints.accept("/demo", "tenant 1 has a source named demo already");
        }
    }

    private void checkHttp(final HttpConfig http) {
        if (null != http.tls()) {
            checkTls(http.tls(), "/http/tls", true);
        } else if (!http.plainOutsideLoopback() && !isLoopback(http.host())) {
            complaints.accept("/http/host", "others reach " + http.host() + ": it needs tls, or plainOutsideLoopback: true where something"
                + " before it does the TLS");
        }
    }

    private void checkSource(final SourceConfig source, final String at, final Set<String> names) {
        if (!names.add(name(source.tenant(), source.name()))) {
            complaints.accept(at + "/name", "tenant " + source.tenant() + " has another source of this name");
        }
        final int port = source.port();
        if (port < 1 || port > 65_535) {
            complaints.accept(at + "/address", "port " + port + " is not from 1 to 65535");
        }
        checkLogin(source, at);
        if (source.commands() && ConnectorDialect.KAMAILIO == source.dialect()) {
            complaints.accept(at + "/commands", "evapi takes no commands");
        }
        if (null != source.tls()) {
            checkTls(source.tls(), at + "/tls", false);
            if (null != source.tls().certificate()) {
                complaints.accept(at + "/tls/certificate", "no call router is shown one");
            }
        }
    }

    private void checkLogin(final SourceConfig source, final String at) {
        final LoginConfig login = source.login();
        if (ConnectorDialect.KAMAILIO == source.dialect()) {
            if (null != login) {
                complaints.accept(at + "/login", "evapi knows no login");
            }
            return;
        }
        if (null == login) {
            complaints.accept(at, "needs login");
            return;
        }
        if (null == login.user() && ConnectorDialect.AMI == source.dialect()) {
            complaints.accept(at + "/login", "needs user");
        }
        checkSecret(login, at + "/login");
    }

    private void checkApplication(final ApplicationConfig application, final String at, final Set<String> ids, final Set<String> hashes) {
        if (!ids.add(name(application.tenant(), application.id()))) {
            complaints.accept(at + "/id", "tenant " + application.tenant() + " has another application of this id");
        }
        checkBytes(application.id(), MOST_ID_BYTES, at + "/id");
        if (null != application.act()) {
            checkBytes(application.act().users(), MOST_PATTERN_BYTES, at + "/act/users");
            checkBytes(application.act().groups(), MOST_PATTERN_BYTES, at + "/act/groups");
        }
        final List<TokenConfig> tokens = application.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (!hashes.add(tokens.get(i).sha256())) {
                complaints.accept(at + "/tokens/" + i, "stands for something else already");
            }
        }
    }

    private void checkWebhook(final WebhookConfig webhook, final String at, final Set<String> names) {
        if (!names.add(webhook.name())) {
            complaints.accept(at + "/name", "there is another webhook of this name");
        }
        checkSecret(webhook.login(), at);
        for (int i = 0; i < webhook.types().size(); i++) {
            final String type = webhook.types().get(i);
            if (EventTypeNames.types(type).isEmpty()) {
                complaints.accept(at + "/types/" + i, "there is no event type " + type);
            }
        }
    }

    private void checkSecret(final LoginConfig login, final String at) {
        if (null == login.secret() == (null == login.secretFile())) {
            complaints.accept(at, "needs secret or secretFile, one of them");
        } else if (null != login.secretFile()) {
            checkFile(login.secretFile(), at + "/secretFile");
        }
    }

    private void checkBytes(final String text, final int most, final String at) {
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            complaints.accept(at, "is longer than " + most + " bytes");
        }
    }

    private void checkTls(final TlsConfig tls, final String at, final boolean isServer) {
        if (null == tls.certificate() != (null == tls.key()) || (isServer && null == tls.certificate())) {
            complaints.accept(at, "needs certificate and key");
        }
        if (null != tls.certificate()) {
            checkPem(tls.certificate(), at + "/certificate", "CERTIFICATE-----");
        }
        if (null != tls.key()) {
            checkPem(tls.key(), at + "/key", "PRIVATE KEY-----");
        }
        if (null != tls.authorities()) {
            checkPem(tls.authorities(), at + "/authorities", "CERTIFICATE-----");
        }
    }

    private void checkPem(final String name, final String at, final String label) {
        if (checkFile(name, at)) {
            try {
                if (!Files.readString(Path.of(name)).contains(label)) {
                    complaints.accept(at, name + " has no " + label.substring(0, label.indexOf('-')) + " in PEM");
                }
            } catch (final IOException e) {
                complaints.accept(at, name + " is no PEM");
            }
        }
    }

    private boolean checkFile(final String name, final String at) {
        final boolean isThere = Files.isReadable(Path.of(name)) && !Files.isDirectory(Path.of(name));
        if (!isThere) {
            complaints.accept(at, "no file " + name + " that may be read");
        }
        return isThere;
    }

    private static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            return false;
        }
    }

    private static String name(final int tenant, final String name) {
        return tenant + " " + name;
    }
}
