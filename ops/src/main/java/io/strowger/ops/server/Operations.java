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
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.metrics.RouterMetrics;
import io.strowger.ops.webhook.Webhook;
import io.strowger.ops.webhook.WebhookHealth;
import io.strowger.ops.wire.source.SourceHealth;
import io.strowger.ops.wire.source.SourceState;
import io.strowger.router.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What who operates the server sees: {@code /operator/metrics} for Prometheus, and {@code /operator/health}.
 */
final class Operations implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Router router;
    private final AccessGate gate;
    private final List<Connector> connectors;
    private final List<Webhook> webhooks;
    private final SignalSources signalSources;

    Operations(final Router router, final AccessGate gate, final EventDelay delay, final List<Connector> connectors,
               final List<Webhook> webhooks, final SignalSources signalSources) {
        this.signalSources = signalSources;
        this.webhooks = webhooks;
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
        addSources();
    }

    private void addSources() {
        Gauge.builder("strowger.sources.refused", signalSources, SignalSources::refused).description("Sources not let in")
            .register(registry);
        for (final SourceHealth each : signalSources.health()) {
            final Tags tags = Tags.of("source", each.source(), "tenant", Integer.toString(each.tenant()));
            gauge("strowger.source.live", tags, each, "1 while a source that comes is there",
                one -> SourceState.LIVE == one.state() ? 1 : 0);
            gauge("strowger.source.signals", tags, each, "Signals taken from it", SourceHealth::signals);
            gauge("strowger.source.duplicates", tags, each, "Signals that the router had already", SourceHealth::duplicates);
            gauge("strowger.source.rejects", tags, each, "Signals of it that were refused", SourceHealth::rejects);
        }
    }

    /** Of a source that may come no more, what it was when the server started. */
    private void gauge(final String name, final Tags tags, final SourceHealth of, final String text,
                       final ToDoubleFunction<SourceHealth> value) {
        Gauge.builder(name, signalSources, sources -> value.applyAsDouble(sources.health().stream()
            .filter(one -> one.tenant() == of.tenant() && one.source().equals(of.source())).findFirst().orElse(of)))
            .tags(tags).description(text).register(registry);
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

    void addTo(final io.vertx.ext.web.Router web) {
        web.get("/operator/metrics").handler(context -> end(context, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        web.get("/operator/health").handler(context -> end(context, "application/json", health().encode()));
    }

    private JsonObject health() {
        final JsonArray sources = new JsonArray();
        for (final Connector connector : connectors) {
            final ConnectorHealth each = connector.health();
            sources.add(new JsonObject().put("source", each.source())
                .put("tenant", connector.settings().tenant()).put("state", lower(each.state()))
                .put("since", Instant.ofEpochMilli(each.sinceMs()).toString()).put("failure", each.failure())
                .put("connections", each.connections()).put("bytesIn", each.bytesIn()).put("understood", each.understood())
                .put("discarded", each.discarded()).put("commands", null == each.commandState() ? null : lower(each.commandState()))
                .put("commandFailure", each.commandFailure()));
        }
        for (final SourceHealth each : signalSources.health()) {
            sources.add(new JsonObject().put("source", each.source()).put("tenant", each.tenant()).put("state", lower(each.state()))
                .put("since", Instant.ofEpochMilli(each.sinceMs()).toString()).put("failure", each.failure())
                .put("connections", each.connections()).put("signals", each.signals()).put("duplicates", each.duplicates())
                .put("rejects", each.rejects()));
        }
        return new JsonObject().put("router", router.isClosed() ? "closed" : "open").put("sequence", router.lastSequence())
            .put("streams", gate.streams()).put("sources", sources).put("webhooks", webhookHealth());
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
