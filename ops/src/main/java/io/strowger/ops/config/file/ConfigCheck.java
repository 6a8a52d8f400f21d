package io.strowger.ops.config.file;

import io.strowger.codecs.json.EventTypeNames;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.PopUpConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.config.WebhookConfig;
import io.strowger.ops.popup.PopUpTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
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
    private final FileCheck files;
    private final Set<String> hashes = new HashSet<>();

    /**
     * A check.
     *
     * @param complaints take the JSON pointer and the reason of each thing that is wrong.
     */
    ConfigCheck(final BiConsumer<String, String> complaints) {
        this.complaints = complaints;
        this.files = new FileCheck(complaints);
    }

    /** Looks at everything. */
    void check(final ServerConfig config) {
        checkListen(config.listen());
        final SourceCheck sources = new SourceCheck(complaints, files, config.listen(), hashes);
        for (int i = 0; i < config.sources().size(); i++) {
            sources.check(config.sources().get(i), "/sources/" + i);
        }
        final Set<String> ids = new HashSet<>();
        for (int i = 0; i < config.applications().size(); i++) {
            checkApplication(config.applications().get(i), "/applications/" + i, ids);
        }
        final Set<String> webhooks = new HashSet<>();
        for (int i = 0; i < config.webhooks().size(); i++) {
            checkWebhook(config.webhooks().get(i), "/webhooks/" + i, webhooks);
        }
        for (int i = 0; i < config.popUps().size(); i++) {
            checkPopUp(config.popUps().get(i), "/popUps/" + i);
        }
    }

    private void checkListen(final ListenConfig listen) {
        final Set<Integer> ports = new HashSet<>();
        checkListener(listen.http(), "/listen/http", ports);
        checkListener(listen.sbe(), "/listen/sbe", ports);
        checkListener(listen.sources(), "/listen/sources", ports);
        checkListener(listen.sourcesHttp(), "/listen/sourcesHttp", ports);
    }

    private void checkListener(final ListenerConfig listener, final String at, final Set<Integer> ports) {
        if (null == listener) {
            return;
        }
        if (0 != listener.port() && !ports.add(listener.port())) {
            complaints.accept(at + "/port", "another listener has port " + listener.port());
        }
        if (null != listener.tls()) {
            files.checkTls(listener.tls(), at + "/tls", true);
        } else if (!listener.plainOutsideLoopback() && !isLoopback(listener.host())) {
            complaints.accept(at + "/host", "others reach " + listener.host() + ": it needs tls, or plainOutsideLoopback: true where"
                + " something before it does the TLS");
        }
    }

    private void checkApplication(final ApplicationConfig application, final String at, final Set<String> ids) {
        if (!ids.add(application.tenant() + " " + application.id())) {
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
        files.checkSecret(webhook.login(), at);
        for (int i = 0; i < webhook.types().size(); i++) {
            final String type = webhook.types().get(i);
            if (EventTypeNames.types(type).isEmpty()) {
                complaints.accept(at + "/types/" + i, "there is no event type " + type);
            }
        }
    }

    private void checkPopUp(final PopUpConfig popUp, final String at) {
        PopUpTemplate.fault(popUp.url()).ifPresent(fault -> complaints.accept(at + "/url", fault));
    }

    private void checkBytes(final String text, final int most, final String at) {
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            complaints.accept(at, "is longer than " + most + " bytes");
        }
    }

    private static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            return false;
        }
    }
}
