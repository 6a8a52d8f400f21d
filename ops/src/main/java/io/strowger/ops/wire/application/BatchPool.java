package io.strowger.ops.wire.application;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory for what all connections of a gateway say within a turn of its loop: two megabytes at most. Who wants more has the one written
 * first that waits the longest. On the gateway's loop.
 */
final class BatchPool {
    /** What a connection may say before it is written. */
    static final int BATCH_BYTES = 32 * 1024;

    static final int MOST = 64;

    private final Executor turnEnd;
    private final ArrayDeque<UnsafeBuffer> free = new ArrayDeque<>();
    /** Those that have something to be written. */
    private final Set<FrameBatch> waiting = new LinkedHashSet<>();
    private boolean isTimed;

    /**
     * No memory yet.
     *
     * @param turnEnd runs what it is given behind this turn of the loop, on the loop.
     */
    BatchPool(final Executor turnEnd) {
        this.turnEnd = turnEnd;
    }

    /** Gives memory to a batch, which is written when this turn of the loop is over at the latest. */
    UnsafeBuffer take(final FrameBatch batch) {
        if (waiting.size() >= MOST) {
            waiting.iterator().next().flush();
        }
        final UnsafeBuffer kept = free.poll();
        final UnsafeBuffer memory = null == kept ? new UnsafeBuffer(new byte[BATCH_BYTES]) : kept;
        if (!isTimed) {
            turnEnd.execute(this::flushAll);
            isTimed = true;
        }
        waiting.add(batch);
        return memory;
    }

    /** It is written. */
    void giveBack(final FrameBatch batch, final UnsafeBuffer memory) {
        waiting.remove(batch);
        free.add(memory);
    }

    /** How much memory it has. */
    int buffers() {
        return free.size() + waiting.size();
    }

    private void flushAll() {
        isTimed = false;
        List.copyOf(waiting).forEach(FrameBatch::flush);
    }
}
