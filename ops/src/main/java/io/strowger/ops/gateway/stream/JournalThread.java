package io.strowger.ops.gateway.stream;

import io.strowger.ops.worker.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Reads the journal for all streams, one after the other, so that the gateway's loop never waits for a disk. On the gateway's loop.
 */
final class JournalThread {
    private static final String NAMES = "strowger-journal-";
    private static final long LONGEST_READ_MINUTES = 10;

    private final Vertx vertx;
    private final WorkerExecutor thread;
    private final Promise<Void> ended = Promise.promise();
    /** What it has not done yet. */
    private int owed;
    private boolean isEnding;

    /**
     * A thread that has nothing to do.
     *
     * @param gateway whose it is: two of one name would share a thread.
     */
    JournalThread(final Vertx vertx, final String gateway) {
        this.vertx = vertx;
        this.thread = vertx.createSharedWorkerExecutor(NAMES + gateway, 1, LONGEST_READ_MINUTES, TimeUnit.MINUTES);
    }

    /** Reads; what is to follow runs on the loop before whoever waits for the result hears of it. */
    <T> Future<T> run(final Callable<T> work, final Runnable then) {
        owed++;
        return Worker.callInTurn(vertx, thread, work).andThen(done -> {
            then.run();
            // once it is told: who waits for the result hears of it before the thread has ended
            vertx.runOnContext(told -> paid());
        });
    }

    /** Closes what was read there. */
    void close(final PolicyReader reader) {
        owed++;
        Worker.callInTurn(vertx, thread, () -> {
            reader.close();
            return null;
        }).onComplete(closed -> paid());
    }

    /** Ends the thread behind what it has to do, and what follows from that: whoever reads files is never interrupted. */
    Future<Void> close() {
        isEnding = true;
        owed++;
        paid();
        return ended.future();
    }

    private void paid() {
        owed--;
        if (isEnding && 0 == owed) {
            thread.close().onComplete(ended);
        }
    }
}
