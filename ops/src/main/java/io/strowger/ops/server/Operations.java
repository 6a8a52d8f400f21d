package io.strowger.ops.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strowger.codecs.json.JsonNames;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.connector.Connector;
import io.strowger.ops.connector.ConnectorHealth;
import io.strowger.ops.gateway.StreamHealth;
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.metrics.RecentDelays;
import io.strowger.ops.metrics.RouterMetrics;
import io.strowger.ops.webhook.Webhook;
import io.strowger.ops.webhook.WebhookHealth;
import io.strowger.router.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What who operates the server sees: {@code /operator/metrics} for Prometheus, and {@code /operator/health}.
 */
final class Operations implements AutoCloseable {
    private static final int MOST_SUBSCRIBERS = 100;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Router router;
    private final AccessGate gate;
    private final List<Connector> connectors;
    private final List<Webhook> webhooks;
    private final RecentDelays recent;

    Operations(final Router router, final AccessGate gate, final EventDelay delay, final List<Connector> connectors,
               final List<Webhook> webhooks) {
        this.webhooks = webhooks;
        this.recent = new RecentDelays(delay);
        this.router = router;
        this.gate = gate;
        this.connectors = connectors;
        registry.getPrometheusRegistry().register(delay);
        new RouterMetrics(router).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        Gauge.builder("strowger.streams", gate, AccessGate::streams).description("Streams of events that are open").register(registry);
        Gauge.builder("strowger.access.refused", gate, AccessGate::refused).description("Callers not let in").register(registry);
        for (final Webhook each : webhooks) {
            final Tags tags = Tags.of("webhook", each.health().name());
            Gauge.builder("strowger.webhook.tries", each, one -> one.health().tries()).tags(tags)
                .description("Tries that failed since something was taken").register(registry);
            Gauge.builder("strowger.webhook.lag", each, one -> Math.max(0, router.lastSequence() + 1 - one.health().position()))
                .tags(tags).description("Records that wait to be looked at").register(registry);
        }
        for (final Connector each : connectors) {
            final Tags tags = Tags.of("source", each.settings().sourceName(), "tenant", Integer.toString(each.settings().tenant()));
            Gauge.builder("strowger.connector.live", each, one -> one.health().isLive() ? 1 : 0).tags(tags)
                .description("1 while a call router is connected and listed").register(registry);
            Gauge.builder("strowger.connector.discarded", each, one -> one.health().discarded()).tags(tags)
                .description("Signals that there was no room for").register(registry);
        }
    }

    private JsonArray webhookHealth() {
        final JsonArray all = new JsonArray();
        for (final Webhook webhook : webhooks) {
            final WebhookHealth each = webhook.health();
            all.add(new JsonObject().put("name", each.name()).put("delivered", each.delivered()).put("tries", each.tries())
                .put("failure", each.failure()).put("position", each.position()));
        }
        return all;
    }

    /**
     * Adds the routes.
     *
     * @param demo        the bundled PBX; null when it does not play.
     * @param subscribers the streams that are open, on the gateway's loop.
     */
    void addTo(final io.vertx.ext.web.Router web, final LiveDemo demo, final Supplier<List<StreamHealth>> subscribers) {
        web.get("/operator/metrics").handler(context -> end(context, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        web.get("/operator/health").handler(context -> end(context, "application/json", health(demo, subscribers.get()).encode()));
    }

    /** Looks, once a second, at what has come. */
    void sample() {
        recent.sample(System.nanoTime());
    }

    private JsonObject health(final LiveDemo demo, final List<StreamHealth> subscribers) {
        final JsonArray sources = new JsonArray();
        connectors.forEach(connector -> sources.add(source(connector.health(), connector.settings().tenant())));
        if (null != demo) {
            sources.add(source(demo.health(), demo.tenant()));
        }
        final RecentDelays.Summary delays = recent.summary();
        return new JsonObject().put("router", router.isClosed() ? "closed" : "open").put("sequence", router.lastSequence())
            .put("eventsPerSecond", delays.eventsPerSecond()).put("delay", delay(delays))
            .put("streams", gate.streams()).put("subscriberCount", subscribers.size()).put("subscribers", slowest(subscribers))
            .put("sources", sources).put("webhooks", webhookHealth());
    }

    private static JsonObject source(final ConnectorHealth each, final int tenant) {
        return new JsonObject().put("source", each.source()).put("tenant", tenant).put("state", lower(each.state()))
            .put("since", Instant.ofEpochMilli(each.sinceMs()).toString()).put("failure", each.failure())
            .put("connections", each.connections()).put("bytesIn", each.bytesIn()).put("understood", each.understood())
            .put("discarded", each.discarded()).put("commands", null == each.commandState() ? null : lower(each.commandState()))
            .put("commandFailure", each.commandFailure());
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

    private static void end(final RoutingContext context, final String type, final String text) {
        context.response().putHeader("Content-Type", type).end(text).onFailure(gone -> { });
    }

    private static String lower(final Enum<?> value) {
        return JsonNames.kebab(value.name());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
