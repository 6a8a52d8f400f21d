package io.strowger.ops.config.file;

import io.strowger.codecs.json.EventTypeNames;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.PopUpConfig;
import io.strowger.ops.config.ReadConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.WebhookConfig;
import io.strowger.ops.popup.PopUpTemplate;
import io.strowger.ops.webhook.WebhookSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/**
 * What a schema can't say: names that may stand once, files that must be there, and that nobody listens in.
 */
final class ConfigCheck {
    private static final int MOST_ID_BYTES = 64;

    private final Complaints complaints;
    private final FileCheck files;
    private final TokenCheck tokens;
    private final HostCheck hosts;
    private final PatternCheck patterns;

    /**
     * A check.
     *
     * @param complaints take the JSON pointer and the reason of each thing that is wrong.
     * @param clock      that certificates and tokens are held against.
     */
    ConfigCheck(final Complaints complaints, final Clock clock) {
        this.complaints = complaints;
        this.files = new FileCheck(complaints, clock);
        this.tokens = new TokenCheck(complaints, clock);
        this.hosts = new HostCheck(complaints);
        this.patterns = new PatternCheck(complaints);
    }

    /** Looks at everything; what could not be read of it is null. */
    void check(final ServerConfig config) {
        new JournalCheck(complaints).check(config);
        checkListen(config.listen());
        final SourceCheck sources = new SourceCheck(complaints, files, tokens, config);
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
            complaints.add(at + "/port", "another listener has port " + listener.port());
        }
        if (null != listener.tls()) {
            files.checkTls(listener.tls(), at + "/tls", true);
        }
        if (!hosts.check(listener.host(), at + "/host")) {
            return;
        }
        hosts.checkOwn(listener.host(), at + "/host");
        if (null == listener.tls() && !listener.plainOutsideLoopback() && !HostCheck.isLoopback(listener.host())) {
            complaints.add(at + "/host", "others reach " + listener.host() + ": it needs tls, or plainOutsideLoopback: true where"
                + " something before it does the TLS");
        }
    }

    private void checkApplication(final ApplicationConfig application, final String at, final Set<String> ids) {
        if (!ids.add(application.tenant() + " " + application.id())) {
            complaints.add(at + "/id", "tenant " + application.tenant() + " has another application of this id");
        }
        if (null != application.id() && application.id().getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES) {
            complaints.add(at + "/id", "is longer than " + MOST_ID_BYTES + " bytes");
        }
        if (null != application.act()) {
            patterns.check(application.act().users(), at + "/act/users");
            patterns.check(application.act().groups(), at + "/act/groups");
        }
        checkRead(application.read(), at + "/read");
        tokens.check(application.tokens(), at, true);
    }

    private void checkWebhook(final WebhookConfig webhook, final String at, final Set<String> names) {
        if (!names.add(webhook.name())) {
            complaints.add(at + "/name", "there is another webhook of this name");
        }
        final String secret = files.checkSecret(webhook.login(), at);
        if (null != secret) {
            WebhookSettings.secretFault(secret)
                .ifPresent(fault -> complaints.add(at + (null == webhook.secret() ? "/secretFile" : "/secret"), fault));
        }
        if (null != webhook.url()) {
            WebhookSettings.urlFault(webhook.url()).ifPresent(fault -> complaints.add(at + "/url", fault));
        }
        checkRead(webhook.read(), at + "/read");
        for (int i = 0; i < webhook.types().size(); i++) {
            final String type = webhook.types().get(i);
            if (EventTypeNames.types(type).isEmpty()) {
                complaints.add(at + "/types/" + i, "there is no event type " + type);
            }
        }
    }

    private void checkPopUp(final PopUpConfig popUp, final String at) {
        patterns.check(popUp.users(), at + "/users");
        if (null != popUp.url()) {
            PopUpTemplate.fault(popUp.url()).ifPresent(fault -> complaints.add(at + "/url", fault));
        }
    }

    private void checkRead(final ReadConfig read, final String at) {
        if (null != read) {
            patterns.check(read.users(), at + "/users");
            patterns.check(read.groups(), at + "/groups");
        }
    }
}
