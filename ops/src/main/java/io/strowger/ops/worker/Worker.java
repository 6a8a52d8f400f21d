package io.strowger.ops.worker;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * Has work that may wait done on a thread for it, so that no loop ever waits.
 *
 * <p>Vert.x tells what came of it within the call that adds the handler, when the worker was faster than its caller. A caller that notes
 * behind that call that it waits would wait for ever. Here it is always told in a later turn of the caller's loop.
 *
 * <p>On a loop: a caller on another thread may be told there or on a loop. Work in turn is done in order; what came of it is not always
 * told in order.
 */
public final class Worker {
    private Worker() {
    }

    /** Has work done beside whatever else is. */
    public static <T> Future<T> call(final Vertx vertx, final Callable<T> work) {
        final Context loop = vertx.getOrCreateContext();
        return later(loop, loop.executeBlocking(work, false));
    }

    /** Has work done behind what the same loop has had done in turn before. */
    public static <T> Future<T> callInTurn(final Vertx vertx, final Callable<T> work) {
        final Context loop = vertx.getOrCreateContext();
        return later(loop, loop.executeBlocking(work, true));
    }

    /** The same, on threads of the caller's own. */
    public static <T> Future<T> callInTurn(final Vertx vertx, final WorkerExecutor threads, final Callable<T> work) {
        return later(vertx.getOrCreateContext(), threads.executeBlocking(work, true));
    }

    private static <T> Future<T> later(final Context loop, final Future<T> outcome) {
        final Promise<T> told = Promise.promise();
        outcome.onComplete(done -> loop.runOnContext(turn -> told.handle(done)));
        return told.future();
    }
}
