package io.strowger.router.pipeline;

import io.strowger.router.journal.Journal;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * How the core's blocks come into the journal: staged, where a record counts as soon as it survives the process and a thread of the router
 * sees to the flush; else appended at once.
 *
 * <pre>
 *   turn    block ──► staged ──► shown ──┬── staged much, or for long ───────────────► flushed, behind all that was to be shown
 *   turn    nothing ─────────────────────┴── for a while: readers of the journal wait ──► flushed
 * </pre>
 *
 * <p>A turn that leaves something staged counts as work, so that the thread does not sleep on it. Core thread only.
 */
final class BlockAppender {
    /** With so many bytes a block's own cost in the journal is spread thin. */
    private static final int MUCH = 16 * 1024;
    /** Longest that something stays staged while signals come. */
    private static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Longest that it does while nothing comes. */
    private static final long IDLE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** As many idle turns in a row, whatever the clock says. */
    private static final int IDLE_TURNS = 1024;

    private final Journal journal;
    private final boolean isStaging;
    /** Whether something was staged behind the last turn, and since when. */
    private boolean wasStaged;
    private long stagedNs;
    private long busyNs;
    private int idleTurns;

    /**
     * An appender that has staged nothing.
     *
     * @param isStaging whether blocks may be staged.
     */
    BlockAppender(final Journal journal, final boolean isStaging) {
        this.journal = journal;
        this.isStaging = isStaging;
    }

    /** Brings the block at offset 0 into the journal; false for no room now. */
    boolean append(final DirectBuffer block, final int length) {
        return isStaging ? Uninterrupted.stage(journal, block, length) : Uninterrupted.append(journal, block, length);
    }

    /** Lets readers of the journal see everything there is. */
    void flush() {
        if (0 != journal.stagedLength()) {
            Uninterrupted.flush(journal);
        }
    }

    /** Brings everything there is to the disk. */
    void sync() {
        flush();
        Uninterrupted.sync(journal);
    }

    /**
     * Flushes what is due, once a turn is over.
     *
     * @param isIdle  whether it found nothing to do.
     * @param beganNs when it began.
     * @return how much there was to do beside: 0 when nothing was staged.
     */
    int endTurn(final boolean isIdle, final long beganNs) {
        final int staged = journal.stagedLength();
        if (0 != staged && !wasStaged) {
            stagedNs = beganNs;
        }
        if (!isIdle) {
            busyNs = beganNs;
            idleTurns = 0;
        }
        wasStaged = 0 != staged && !isDue(staged, isIdle, beganNs);
        if (!wasStaged) {
            flush();
        }
        return 0 != staged ? 1 : 0;
    }

    private boolean isDue(final int staged, final boolean isIdle, final long nowNs) {
        return staged >= MUCH || nowNs - stagedNs >= LONG_NS
            || (isIdle && (nowNs - busyNs >= IDLE_NS || ++idleTurns >= IDLE_TURNS));
    }
}
