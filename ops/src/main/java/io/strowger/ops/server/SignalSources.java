package io.strowger.ops.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.wire.source.SourceAccount;
import io.strowger.ops.wire.source.SourceHealth;
import io.strowger.ops.wire.source.SourcePort;
import io.strowger.ops.wire.source.SourcePortLimits;
import io.strowger.ops.wire.source.SourcePortSettings;
import io.strowger.ops.wire.source.SourceState;
import io.strowger.router.Router;
import io.strowger.router.source.SourceGrant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The sources of a configuration that come and speak signals; none where nothing listens for them.
 */
final class SignalSources implements SourceGroup {
    /** Null when nothing listens. */
    private final ListenerConfig listener;
    /** Likewise. */
    private final SourcePort port;
    private Listening listening;

    SignalSources(final Vertx vertx, final Router router, final ServerConfig config, final Audit audit) {
        listener = config.listen().sources();
        port = null == listener ? null : new SourcePort(vertx, router,
            new SourcePortSettings(listener.host(), listener.port(), listener.tls(), SourcePortLimits.DEFAULT), accounts(config), audit);
    }

    /** Gives the port that it listens at, 0 for none. */
    Future<Integer> start() {
        return null == port ? Future.succeededFuture(0) : port.start().onSuccess(at -> listening = Listening.sbe("sources", listener, at));
    }

    /** Where it listens; null when it does not. */
    Listening listening() {
        return listening;
    }

    Future<Void> stop() {
        return null == port ? Future.succeededFuture() : port.stop();
    }

    /** Lets those of this configuration come, and no others. */
    void replace(final ServerConfig config) {
        if (null != port) {
            port.replace(accounts(config));
        }
    }

    /** Who was let in, and who was not; null where nothing listens. */
    AccessGate gate() {
        return null == port ? null : port.gate();
    }

    @Override
    public void addTo(final JsonArray sources) {
        for (final SourceHealth each : health()) {
            sources.add(new JsonObject().put("source", each.source()).put("tenant", each.tenant())
                .put("state", HealthReport.lower(each.state())).put("since", Instant.ofEpochMilli(each.sinceMs()).toString())
                .put("failure", each.failure()).put("connections", each.connections()).put("signals", each.signals())
                .put("duplicates", each.duplicates()).put("rejects", each.rejects()));
        }
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        Gauge.builder("strowger.sources.refused", this, SignalSources::refused).description("Sources not let in").register(registry);
        for (final SourceHealth each : health()) {
            bind(registry, each, "strowger.source.live", "1 while a source that comes is there",
                one -> SourceState.LIVE == one.state() ? 1 : 0);
            bind(registry, each, "strowger.source.signals", "Signals taken from it", SourceHealth::signals);
            bind(registry, each, "strowger.source.duplicates", "Signals that the router had already", SourceHealth::duplicates);
            bind(registry, each, "strowger.source.rejects", "Signals of it that were refused", SourceHealth::rejects);
        }
    }

    /** Of a source that may come no more, what it was when the server started. */
    private void bind(final MeterRegistry registry, final SourceHealth of, final String name, final String text,
                      final ToDoubleFunction<SourceHealth> value) {
        Gauge.builder(name, this, sources -> value.applyAsDouble(sources.health(of)))
            .tags(Tags.of("source", of.source(), "tenant", Integer.toString(of.tenant()))).description(text).register(registry);
    }

    private SourceHealth health(final SourceHealth of) {
        final SourceHealth now = port.health(of.tenant(), of.source());
        return null == now ? of : now;
    }

    private List<SourceHealth> health() {
        return null == port ? List.of() : port.health();
    }

    /** How many were not let in. */
    private long refused() {
        return null == port ? 0 : port.gate().refused();
    }

    private static List<SourceAccount> accounts(final ServerConfig config) {
        return config.accepted(SourceDialect.SBE).stream().map(SignalSources::account).toList();
    }

    private static SourceAccount account(final SourceConfig source) {
        final AcceptConfig accept = source.accept();
        final Map<String, Long> tokens = new HashMap<>();
        for (final TokenConfig token : accept.tokens()) {
            tokens.put(token.sha256(), null == token.expires() ? Credentials.NEVER : token.expires().toEpochMilli());
        }
        return new SourceAccount(new SourceGrant(source.name(), source.tenant(), accept.coveredBy(), accept.window()), tokens,
            accept.certificate());
    }
}
