package io.strowger.ops.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strowger.codecs.json.JsonNames;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.connector.Connector;
import io.strowger.ops.connector.ConnectorHealth;
import io.strowger.ops.health.HealthMetrics;
import io.strowger.ops.health.JournalWatch;
import io.strowger.ops.health.Readiness;
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.metrics.RouterMetrics;
import io.strowger.ops.webhook.Webhook;
import io.strowger.ops.webhook.WebhookHealth;
import io.strowger.router.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;

/**
 * What who operates the server sees: {@code /operator/metrics} for Prometheus, and {@code /operator/health}.
 */
final class Operations implements AutoCloseable {
    private static final int UNAVAILABLE = 503;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Router router;
    private final AccessGate gate;
    private final List<Connector> connectors;
    private final List<Webhook> webhooks;
    private final JournalWatch watch;
    private Arrivals arrivals;

    Operations(final Router router, final AccessGate gate, final EventDelay delay, final List<Connector> connectors,
               final List<Webhook> webhooks, final JournalWatch watch) {
        this.webhooks = webhooks;
        this.watch = watch;
        this.router = router;
        this.gate = gate;
        this.connectors = connectors;
        registry.getPrometheusRegistry().register(delay);
        new RouterMetrics(router).bindTo(registry);
        new HealthMetrics(watch).bindTo(registry);
        for (final MeterBinder process : List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new FileDescriptorMetrics(),
            new ProcessorMetrics(), new UptimeMetrics())) {
            process.bindTo(registry);
        }
        collections.bindTo(registry);
        Gauge.builder("strowger.streams", gate, AccessGate::streams).description("Streams of events that are open").register(registry);
        Gauge.builder("strowger.access.refused", gate, AccessGate::refused).description("Callers not let in").register(registry);
        Gauge.builder("strowger.access.limited", gate, AccessGate::limited).description("Beyond the limits of their application")
            .register(registry);
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

    /** Tells of the sources that come, too. Before the routes are added. */
    void watch(final Arrivals coming) {
        arrivals = coming;
        coming.bindTo(registry);
    }

    void addTo(final io.vertx.ext.web.Router web) {
        // before the gateway's own, which knows of no disk
        web.get("/health/ready").order(-1).handler(this::ready);
        web.get("/operator/metrics").handler(context -> end(context, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        web.get("/operator/health").handler(context -> end(context, "application/json", health().encode()));
    }

    private void ready(final RoutingContext context) {
        final Readiness now = watch.readiness();
        if (now.isReady()) {
            context.next();
        } else {
            context.response().setStatusCode(UNAVAILABLE).putHeader("Retry-After", "1").putHeader("Cache-Control", "no-store");
            end(context, "text/plain; charset=utf-8", "not ready: " + now.reason() + '\n');
        }
    }

    private JsonObject journalHealth() {
        return new JsonObject().put("freeBytes", watch.freeBytes()).put("diskBytes", watch.totalBytes())
            .put("reserveBytes", watch.reserveBytes()).put("bytesPerSecond", Math.round(watch.bytesPerSecond()));
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
        if (null != arrivals) {
            arrivals.addTo(sources);
        }
        final Readiness now = watch.readiness();
        return new JsonObject().put("ready", now.isReady()).put("reason", now.reason()).put("warning", now.warning())
            .put("journal", journalHealth()).put("router", router.isClosed() ? "closed" : "open").put("sequence", router.lastSequence())
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
