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
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.gateway.stream.StreamHealth;
import io.strowger.ops.health.HealthMetrics;
import io.strowger.ops.health.JournalWatch;
import io.strowger.ops.health.Readiness;
import io.strowger.ops.health.Watches;
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.metrics.RecentDelays;
import io.strowger.ops.metrics.RouterMetrics;
import io.strowger.ops.webhook.Webhook;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * What who operates the server sees: {@code /operator/metrics} for Prometheus, {@code /operator/health}, and whether it is ready.
 */
final class Operations implements AutoCloseable {
    private static final int UNAVAILABLE = 503;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final AccessGate gate;
    private final JournalWatch watch;
    private final RecentDelays recent;
    private final HealthReport report;

    Operations(final Router router, final AccessGate gate, final EventDelay delay, final List<SourceGroup> sources,
               final List<Webhook> webhooks, final Watches watches) {
        this.gate = gate;
        this.watch = watches.journal();
        this.recent = new RecentDelays(delay);
        this.report = new HealthReport(router, watches, recent, sources, webhooks);
        registry.getPrometheusRegistry().register(delay);
        new RouterMetrics(router).bindTo(registry);
        new HealthMetrics(watch).bindTo(registry);
        watches.room().bindTo(registry);
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
        sources.forEach(group -> group.bindTo(registry));
    }

    /**
     * Adds the routes.
     *
     * @param subscribers the streams that are open; asked and told on the gateway's loop.
     */
    void addTo(final io.vertx.ext.web.Router web, final Supplier<Future<List<StreamHealth>>> subscribers) {
        // before the gateway's own, which knows of no disk
        web.get("/health/ready").order(-1).handler(this::ready);
        web.get("/operator/metrics").handler(context -> end(context, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        web.get("/operator/health").handler(context -> subscribers.get().onSuccess(streams -> end(context, "application/json",
            report.write(gate.streams(), streams).encode())).onFailure(context::fail));
    }

    /** Looks, once a second, at what has come. */
    void sample() {
        recent.sample(System.nanoTime());
    }

    private void ready(final RoutingContext context) {
        final Readiness now = watch.readiness();
        if (now.isReady()) {
            context.next();
        } else {
            context.response().setStatusCode(UNAVAILABLE).putHeader("Retry-After", "1").putHeader("Cache-Control", "no-store");
            // everybody may ask: what a fault has said is for who operates
            end(context, "text/plain; charset=utf-8", "not ready: " + now.trouble().words() + '\n');
        }
    }

    private static void end(final RoutingContext context, final String type, final String text) {
        context.response().putHeader("Content-Type", type).end(text).onFailure(gone -> { });
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
