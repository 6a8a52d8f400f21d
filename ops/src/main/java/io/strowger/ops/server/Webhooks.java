package io.strowger.ops.server;

import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.config.WebhookConfig;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.webhook.Webhook;
import io.strowger.ops.webhook.WebhookSettings;
import io.strowger.ops.webhook.WebhookTimings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The webhooks of a configuration.
 */
final class Webhooks {
    private final List<Webhook> all;

    /**
     * Makes them; none is started.
     *
     * @param journal  folder of it.
     * @param tokenKey of position tokens.
     * @throws FailedException when a secret can't be read, or is none.
     */
    Webhooks(final Vertx vertx, final Path journal, final byte[] tokenKey, final List<WebhookConfig> webhooks) {
        all = webhooks.stream().map(webhook -> {
            try {
                return new Webhook(vertx, journal, settings(webhook), tokenKey);
            } catch (final IOException | IllegalArgumentException e) {
                throw new FailedException("webhook " + webhook.name() + ": " + e.getMessage());
            }
        }).toList();
    }

    void start() {
        all.forEach(Webhook::start);
    }

    Future<Void> stop() {
        return Future.join(all.stream().map(Webhook::stop).toList()).mapEmpty();
    }

    /** Each of them, in the order of the configuration. */
    List<Webhook> all() {
        return all;
    }

    private static WebhookSettings settings(final WebhookConfig webhook) throws IOException {
        return new WebhookSettings(webhook.name(), URI.create(webhook.url()), webhook.login().password(), webhook.tenant(),
            new ReadGrant(webhook.read().users(), webhook.read().groups()), webhook.types(), WebhookTimings.DEFAULT);
    }
}
