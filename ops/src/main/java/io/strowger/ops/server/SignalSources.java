package io.strowger.ops.server;

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
import io.strowger.router.Router;
import io.strowger.router.source.SourceGrant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources of a configuration that come and speak signals; none where nothing listens for them.
 */
final class SignalSources {
    private final ListenerConfig listener;
    /** Null when nothing listens. */
    private final SourcePort port;

    SignalSources(final Vertx vertx, final Router router, final ServerConfig config) {
        listener = config.listen().sources();
        port = null == listener ? null : new SourcePort(vertx, router,
            new SourcePortSettings(listener.host(), listener.port(), listener.tls(), SourcePortLimits.DEFAULT), accounts(config));
    }

    /** Gives the port that it listens at, 0 for none. */
    Future<Integer> start() {
        return null == port ? Future.succeededFuture(0) : port.start();
    }

    Future<Void> stop() {
        return null == port ? Future.succeededFuture() : port.stop();
    }

    /** For the complaint that it can't be listened at. */
    String address() {
        return null == listener ? "" : listener.host() + ":" + listener.port();
    }

    /** Lets those of this configuration come, and no others. */
    void replace(final ServerConfig config) {
        if (null != port) {
            port.replace(accounts(config));
        }
    }

    List<SourceHealth> health() {
        return null == port ? List.of() : port.health();
    }

    /** How many were not let in. */
    long refused() {
        return null == port ? 0 : port.refused();
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
