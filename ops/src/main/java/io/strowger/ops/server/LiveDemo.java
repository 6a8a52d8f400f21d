package io.strowger.ops.server;

import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.demo.DemoPbx;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * The demo PBX, on an event loop of its own.
 */
final class LiveDemo {
    private static final long TURN_MS = 20;

    private final Vertx vertx;
    private final Router router;
    private final SourceConfig source;
    private Context loop;
    private long timer;
    private Path folder;
    private DemoPbx pbx;

    LiveDemo(final Vertx vertx, final Router router, final SourceConfig source) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
    }

    void start() {
        try {
            folder = Files.createTempDirectory("strowger-demo");
        } catch (final IOException e) {
            throw new FailedException("no room for the demo's captures: " + e.getMessage());
        }
        pbx = new DemoPbx(router, source.name(), source.tenant(), folder, SystemEpochNanoClock.INSTANCE.nanoTime());
        loop = vertx.getOrCreateContext();
        loop.runOnContext(begun -> timer = vertx.setPeriodic(TURN_MS, id -> pbx.turn(SystemEpochNanoClock.INSTANCE.nanoTime())));
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
