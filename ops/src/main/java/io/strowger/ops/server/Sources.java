package io.strowger.ops.server;

import io.strowger.ops.access.Audit;
import io.strowger.ops.config.ServerConfig;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All sources of a configuration: those that the server connects to, those that come, and the bundled PBX.
 */
final class Sources {
    private final Connectors connectors;
    private final Arrivals arrivals;
    private final SignalSources signals;
    /** Null when it does not play. */
    private final LiveDemo demo;
    private int signalsPort;

    /**
     * Makes them; none is started.
     *
     * @param audit is told who is not let in, and who is.
     * @throws io.strowger.ops.console.FailedException when a secret can't be read.
     */
    Sources(final Vertx vertx, final Router router, final ServerConfig config, final Audit audit) {
        connectors = new Connectors(vertx, router, config.connected());
        arrivals = new Arrivals(vertx, router, config, audit);
        signals = new SignalSources(vertx, router, config, audit);
        demo = config.demo().map(source -> new LiveDemo(vertx, router, source)).orElse(null);
    }

    /** Listens for those that come, then connects to the others; fails when it can't listen. */
    Future<Void> start() {
        return arrivals.start().compose(listening -> signals.start()).map(port -> {
            signalsPort = port;
            connectors.start();
            if (null != demo) {
                demo.start();
            }
            return null;
        });
    }

    Future<Void> stop() {
        return Future.join(List.of(connectors.stop(), arrivals.stop(), signals.stop(),
            null == demo ? Future.succeededFuture() : demo.stop())).mapEmpty();
    }

    /** Lets those in that this configuration knows; one that is new takes a new start. */
    void replace(final ServerConfig config) {
        arrivals.replace(config.sources());
        signals.replace(config);
    }

    /** Each kind of them. */
    List<SourceGroup> groups() {
        final List<SourceGroup> groups = new ArrayList<>(List.of(connectors, arrivals, signals));
        if (null != demo) {
            groups.add(demo);
        }
        return groups;
    }

    /** How many call routers are connected to. */
    int connected() {
        return connectors.count();
    }

    /** Where those come to that speak HTTP; null where none do. */
    String url() {
        return null == arrivals.listening() ? null : arrivals.listening().address();
    }

    /** Each port that listens. */
    List<Listening> listening() {
        return Stream.of(signals.listening(), arrivals.listening()).filter(Objects::nonNull).toList();
    }

    /** Has the callers watched who are refused at the gates. */
    void watch(final RefusedCallers refused) {
        refused.watch("sources that speak SBE", signals.gate()).watch("sources that speak HTTP", arrivals.gate());
    }

    /** Port of those that speak signals, 0 for none. */
    int port() {
        return signalsPort;
    }
}
