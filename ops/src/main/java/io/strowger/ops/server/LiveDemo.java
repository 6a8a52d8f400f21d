package io.strowger.ops.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.connector.ConnectorHealth;
import io.strowger.ops.connector.ConnectorState;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.demo.DemoPbx;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * The demo PBX, on an event loop of its own.
 */
final class LiveDemo implements SourceGroup {
    private static final long TURN_MS = 20;

    private final Vertx vertx;
    private final Router router;
    private final SourceConfig source;
    private Context loop;
    private long timer;
    private Path folder;
    private DemoPbx pbx;
    private volatile ConnectorHealth health;

    LiveDemo(final Vertx vertx, final Router router, final SourceConfig source) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
        this.health = health(ConnectorState.STOPPED, 0, 0, 0);
    }

    /** How it is, as if it were connected to. */
    @Override
    public void addTo(final JsonArray sources) {
        sources.add(HealthReport.connected(health, source.tenant()));
    }

    /** Nothing: nobody is woken for a demo. */
    @Override
    public void bindTo(final MeterRegistry registry) {
    }

    void start() {
        try {
            folder = Files.createTempDirectory("strowger-demo");
        } catch (final IOException e) {
            throw new FailedException("no room for the demo's captures: " + e.getMessage());
        }
        pbx = new DemoPbx(router, source.name(), source.tenant(), folder, SystemEpochNanoClock.INSTANCE.nanoTime());
        loop = vertx.getOrCreateContext();
        loop.runOnContext(begun -> timer = vertx.setPeriodic(TURN_MS, id -> turn()));
    }

    private void turn() {
        if (pbx.turn(SystemEpochNanoClock.INSTANCE.nanoTime()) > 0) {
            health = health(pbx.isConnected() ? ConnectorState.LIVE : ConnectorState.BACKING_OFF, pbx.connections(), pbx.bytes(),
                pbx.understood());
        }
    }

    private ConnectorHealth health(final ConnectorState state, final long connections, final long bytes, final long understood) {
        final long sinceMs = null == health || health.state() != state ? System.currentTimeMillis() : health.sinceMs();
        return new ConnectorHealth(source.name(), state, sinceMs, null, connections, bytes, understood, 0, null, null);
    }

    Future<Void> stop() {
        if (null == loop) {
            return Future.succeededFuture();
        }
        final Promise<Void> stopped = Promise.promise();
        loop.runOnContext(begun -> {
            vertx.cancelTimer(timer);
            pbx.close();
            IoUtil.delete(folder.toFile(), true);
            stopped.complete();
        });
        return stopped.future();
    }
}
