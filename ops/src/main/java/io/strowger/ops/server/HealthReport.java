package io.strowger.ops.server;

import io.strowger.codecs.json.JsonNames;
import io.strowger.ops.connector.ConnectorHealth;
import io.strowger.ops.gateway.stream.StreamHealth;
import io.strowger.ops.health.JournalWatch;
import io.strowger.ops.health.Readiness;
import io.strowger.ops.health.Watches;
import io.strowger.ops.metrics.RecentDelays;
import io.strowger.ops.webhook.Webhook;
import io.strowger.ops.webhook.WebhookHealth;
import io.strowger.router.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How the server is, as JSON.
 */
final class HealthReport {
    private static final int MOST_SUBSCRIBERS = 100;

    private final Router router;
    private final JournalWatch watch;
    private final Watches watches;
    private final RecentDelays recent;
    private final List<SourceGroup> sources;
    private final List<Webhook> webhooks;

    HealthReport(final Router router, final Watches watches, final RecentDelays recent, final List<SourceGroup> sources,
                 final List<Webhook> webhooks) {
        this.router = router;
        this.watch = watches.journal();
        this.watches = watches;
        this.recent = recent;
        this.sources = sources;
        this.webhooks = webhooks;
    }

    /**
     * Writes it.
     *
     * @param streams     how many are open.
     * @param subscribers the streams that are known by name.
     */
    JsonObject write(final int streams, final List<StreamHealth> subscribers) {
        final Readiness now = watch.readiness();
        final RecentDelays.Summary delays = recent.summary();
        final JsonArray all = new JsonArray();
        sources.forEach(group -> group.addTo(all));
        return new JsonObject().put("ready", now.isReady()).put("reason", now.reason()).put("warning", watches.warning())
            .put("journal", journal()).put("router", router.isClosed() ? "closed" : "open").put("sequence", router.lastSequence())
            .put("eventsPerSecond", delays.eventsPerSecond()).put("delay", delay(delays))
            .put("streams", streams).put("subscriberCount", subscribers.size()).put("subscribers", slowest(subscribers))
            .put("sources", all).put("webhooks", webhooks());
    }

    /** How a call router is that the server connects to. */
    static JsonObject connected(final ConnectorHealth each, final int tenant) {
        return new JsonObject().put("source", each.source()).put("tenant", tenant).put("state", lower(each.state()))
            .put("since", Instant.ofEpochMilli(each.sinceMs()).toString()).put("failure", each.failure())
            .put("connections", each.connections()).put("bytesIn", each.bytesIn()).put("understood", each.understood())
            .put("discarded", each.discarded()).put("commands", null == each.commandState() ? null : lower(each.commandState()))
            .put("commandFailure", each.commandFailure());
    }

    static String lower(final Enum<?> value) {
        return JsonNames.kebab(value.name());
    }

    private JsonObject journal() {
        return new JsonObject().put("freeBytes", watch.freeBytes()).put("diskBytes", watch.totalBytes())
            .put("reserveBytes", watch.reserveBytes()).put("bytesPerSecond", Math.round(watch.bytesPerSecond()));
    }

    private JsonArray webhooks() {
        final JsonArray all = new JsonArray();
        for (final Webhook webhook : webhooks) {
            final WebhookHealth each = webhook.health();
            all.add(new JsonObject().put("name", each.name()).put("delivered", each.delivered()).put("tries", each.tries())
                .put("failure", each.failure()).put("position", each.position()));
        }
        return all;
    }

    private static JsonObject delay(final RecentDelays.Summary delays) {
        return new JsonObject().put("seconds", Math.round(delays.seconds())).put("events", delays.events()).put("p50Us", delays.p50Us())
            .put("p99Us", delays.p99Us()).put("maxUs", delays.maxUs());
    }

    /** Those that lag most come first. */
    private static JsonArray slowest(final List<StreamHealth> subscribers) {
        final JsonArray all = new JsonArray();
        subscribers.stream().sorted(Comparator.comparingLong(StreamHealth::lag).reversed()).limit(MOST_SUBSCRIBERS)
            .forEach(each -> all.add(new JsonObject().put("stream", each.stream()).put("application", each.application())
                .put("tenant", each.tenant()).put("sent", each.sent()).put("lag", each.lag()).put("lagging", each.isLagging())));
        return all;
    }
}
