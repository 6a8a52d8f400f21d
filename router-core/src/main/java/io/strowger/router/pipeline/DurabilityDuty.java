package io.strowger.router.pipeline;

import io.strowger.router.journal.Journal;
import io.strowger.router.status.DutyCycle;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;

/**
 * The durability thread's turn: what the journal has got by now goes to the disk in one sync, while the core thread appends more.
 *
 * <pre>
 *   ┌─ note how far the sources are, then take the journal's end
 *   ├─ sync the journal                      ── a fault: the router fails, nothing of this turn is published
 *   └─ publish that end as durable, and the sources' acknowledgements; wake the core, which may hold blocks for it
 * </pre>
 *
 * <p>Group commit without a timer: a sync takes along whatever was appended during the one before it.
 *
 * <p>The durability thread only, which may be the caller's.
 */
final class DurabilityDuty implements Duty {
    private final Journal journal;
    private final CoreDuty core;
    private final PublishedEnd durableEnd;
    private final SourceProgress progress;
    private final Waker coreWaker;
    private final RouterCounters counters;
    private final DutyCycle cycle;
    private final EndCopy end = new EndCopy();
    private boolean isDone;

    /**
     * A duty that has nothing to do before the core appends.
     *
     * @param journal    whose end is on the disk.
     * @param core       that appends to it.
     * @param durableEnd published by this duty from now on.
     * @param coreWaker  wakes the thread of the core duty.
     */
    DurabilityDuty(final Journal journal, final CoreDuty core, final PublishedEnd durableEnd, final Waker coreWaker,
                   final RouterCounters counters, final DutyCycle cycle) {
        this.journal = journal;
        this.core = core;
        this.durableEnd = durableEnd;
        this.progress = core.progress();
        this.coreWaker = coreWaker;
        this.counters = counters;
        this.cycle = cycle;
        counters.set(RouterCounter.DURABLE_SEQUENCE, durableEnd.sequence());
    }

    @Override
    public int doWork() {
        cycle.beginTurn();
        // read before the end: behind it nothing more is appended
        final boolean isLast = core.isDrained();
        progress.note();
        core.readEnd(end);
        final long durable = durableEnd.sequence();
        int work = 0;
        if (end.sequence() > durable) {
            counters.set(RouterCounter.DURABLE_LAG, end.sequence() - durable);
            Uninterrupted.sync(journal);
            counters.increment(RouterCounter.SYNCS);
            counters.set(RouterCounter.DURABLE_SEQUENCE, end.sequence());
            counters.set(RouterCounter.DURABLE_LAG, core.lastSequence() - end.sequence());
            durableEnd.publish(end.sequence(), end.chain());
            work = 1;
        }
        // also without a sync: the core shows its sources behind its end, and the turn before may have come in between
        work += progress.publishNoted();
        if (work > 0) {
            VarHandle.fullFence();
            coreWaker.wake();
        }
        isDone = isLast;
        return cycle.endTurn(work);
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public String name() {
        return "strowger-durability";
    }
}
