package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.action.ActionDesk;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.replay.Fold;
import io.strowger.router.status.DutyCycle;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;

/**
 * The core thread's turn: fold what the ring holds into a block, append the block, and only then show it.
 *
 * <pre>
 *   ┌─ commands: they see the fold only when no block waits, and a feed that joins begins with the block that waits
 *   │
 *   ├─ blocks that have become durable, where that is what makes them visible ──► dispatch
 *   ├─ a block waits for the journal? ── append again ── still no room ──► turn over, nothing taken
 *   ├─ no room for blocks that are to become durable? ──► turn over, nothing taken
 *   ├─ actions that no connection has taken: their end
 *   ├─ ring: fold; block full ──► append ──► gate ──► dispatch
 *   │  where the ingress is this thread's as well: a few times more, while there is little
 *   ├─ a tick that is due, or some of what is owed
 *   └─ append ──► gate ──► dispatch
 * </pre>
 *
 * <p>It never waits for the disk. Where the journal is synced while the router runs, the durability duty does that; else this one does,
 * once, at the close.
 *
 * <p>In journal time of the sources everything owed is paid before the next input, so that the same signals give the same records however
 * the ring's batches fall; by the wall clock one continue record is paid behind each batch, so that no input waits long, and a flood of
 * inputs is not slowed by more than its own share.
 *
 * <p>Core thread only, but for the journal's end, which any thread reads.
 */
final class CoreDuty implements Duty, SlotHandler {
    /** So often a turn looks at most for what has come meanwhile. */
    private static final int LOOKS = 3;
    /** With so many signals the block's own cost is spread thin. */
    private static final int FEW = 16;

    private final SlotPoller ring;
    private final Fold fold;
    private final Ticker ticker;
    private final BlockWriter out;
    private final JournalClock clock;
    private final BlockAppender appender;
    private final BlockGate gate;
    private final Waker durabilityWaker;
    private final boolean isSyncedElsewhere;
    private final CoreControls controls;
    private final int batchLimit;
    private final boolean paysAllFirst;
    private final PublishedEnd end = new PublishedEnd();
    private final SourceProgress progress;
    private final Refusals refusals;
    /** Length of the finished block the journal had no room for, 0 when there is none. */
    private int pendingLength;
    private int folded;
    private boolean isStarting;
    private volatile boolean isDrained;
    private boolean isDone;
    /** What a command has met that the router can't go on from: it is the next turn's as well as the caller's. */
    private RuntimeException fault;

    /**
     * A core that stands behind the journal's end.
     *
     * @param parts      fold, block writer and clock, brought up to the journal's end.
     * @param gate       behind which blocks are shown.
     * @param durableEnd last sequence on the disk.
     * @param settings   of the pipeline.
     */
    CoreDuty(final SlotPoller ring, final CoreParts parts, final BlockGate gate, final PublishedEnd durableEnd,
             final CoreControls controls, final PipelineSettings settings) {
        this.ring = ring;
        this.fold = parts.fold();
        this.ticker = new Ticker(fold, settings);
        this.isStarting = JournalTime.WALL == settings.journalTime();
        this.out = parts.out();
        this.clock = parts.clock();
        this.gate = gate;
        this.controls = controls;
        this.durabilityWaker = settings.durability().waker();
        this.isSyncedElsewhere = settings.durability().isSynced();
        // where the caller turns the router, nobody might for long
        this.appender = new BlockAppender(settings.journal(), !isSyncedElsewhere && !settings.isInline());
        controls.commands().flushBy(appender::flush);
        this.progress = new SourceProgress(settings.limits().sources(), settings.durability().acknowledged(), durableEnd);
        this.batchLimit = settings.ringCapacity() / 8;
        this.refusals = new Refusals(batchLimit);
        this.paysAllFirst = JournalTime.SOURCE == settings.journalTime();
        end.publish(out.sequence(), out.chain());
    }

    @Override
    public int doWork() {
        controls.cycle().beginTurn();
        controls.commands().beginTurn();
        try {
            final int work = turn();
            return controls.cycle().endTurn(work + appender.endTurn(0 == work, controls.cycle().beganNs()));
        } finally {
            controls.commands().endTurn();
        }
    }

    @Override
    public void onAhead(final Slot slot, final boolean isLast) {
        fold.expect(slot.buffer(), 0, slot.length());
        if (isLast) {
            fold.warm();
        }
    }

    /** Folds one signal; false when the batch should end here. */
    @Override
    public boolean onSlot(final Slot slot) {
        final int refusal = fold.apply(slot.buffer(), 0, slot.length(), clock.stamp(slot.buffer(), 0));
        if (0 != refusal) {
            controls.counters().increment(RouterCounter.REFUSED);
            refusals.add(SignalLayout.source(slot.buffer(), 0), refusal, SignalLayout.sourceSequence(slot.buffer(), 0));
        }
        folded++;
        return (!paysAllFirst || payAll()) && makeRoom() && folded < batchLimit;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    /** Whether everything that was taken is in the journal, and nothing more will be. Any thread. */
    boolean isDrained() {
        return isDrained;
    }

    @Override
    public String name() {
        return "strowger-core";
    }

    /** Last sequence in the journal. Any thread. */
    long lastSequence() {
        return end.sequence();
    }

    /** How far the journal has the signals of sources. Any thread. */
    SourceProgress progress() {
        return progress;
    }

    /**
     * Reads the last sequence and the chain behind it. Any thread.
     *
     * @param into takes them.
     */
    void readEnd(final EndCopy into) {
        end.read(into);
    }

    /** The fold, when it stands at {@link #lastSequence()}; null while a block waits for the journal. Core thread. */
    Fold settledFold() {
        return 0 == pendingLength ? fold : null;
    }

    /**
     * Folds one signal that no channel brings, and appends it, for a command whose caller waits for the outcome. Core thread.
     *
     * @return why it was refused, 0 when it was not.
     * @throws IllegalStateException when nothing is appended any more, or the journal has no room now: then nothing was folded.
     */
    int applyNow(final DirectBuffer signal, final int offset, final int length) {
        if (isDrained || isDone) {
            throw new IllegalStateException("the router is closed");
        }
        try {
            clock.beginBatch();
            if ((0 != pendingLength && !append()) || !gate.hasRoom() || (paysAllFirst && !payAll())) {
                throw new NoRoomException();
            }
            final int refusal = fold.apply(signal, offset, length, clock.stamp(signal, offset));
            if (0 != refusal) {
                controls.counters().increment(RouterCounter.REFUSED);
            }
            finishBlock();
            return refusal;
        } catch (final NoRoomException noRoom) {
            throw noRoom;
        } catch (final RuntimeException thrown) {
            fault = thrown;
            throw thrown;
        }
    }

    private int turn() {
        if (null != fault) {
            throw fault;
        }
        final boolean isLastTurn = controls.ingress().isDone();
        // they speak of the journal's end, and who sends them reads up to there
        final int commands = controls.commands().runAll() + gate.showDurable();
        if (0 != pendingLength && !append()) {
            return commands;
        }
        if (!gate.hasRoom()) {
            controls.counters().increment(RouterCounter.HELD_FULL);
            return commands;
        }
        final int work = commands + (isDrained ? 0 : fold());
        if (isLastTurn && 0 == work && isReady() && !isDone) {
            drained();
        }
        return work;
    }

    /** Folds a batch, and brings it into the journal if that has room. Returns how much it found to do. */
    private int fold() {
        clock.beginBatch();
        folded = 0;
        int paid = 0;
        if (isStarting && disconnectSources()) {
            paid = 1;
        } else if (!paysAllFirst || payAll()) {
            paid = failUntaken();
            takeIn();
            if (isReady() && (ticker.tick(clock) || (fold.owes() && payOnce()))) {
                paid++;
            }
        }
        if (0 == pendingLength && !out.isEmpty()) {
            finishBlock();
        }
        controls.counters().add(RouterCounter.SIGNALS, folded);
        return folded + paid;
    }

    /** A block costs about what a signal costs: what comes while the first few are folded goes into theirs. */
    private void takeIn() {
        if (isReady()) {
            ring.poll(this);
        }
        int looks = 0;
        while (looks < LOOKS && 0 != folded && folded < Math.min(FEW, batchLimit) && isReady() && controls.ingress().moveMore() > 0) {
            // what has come since is of a later time
            clock.beginBatch();
            ring.poll(this);
            looks++;
        }
    }

    /** Whether the next record may be written: no block waits for the journal, and there is room for the one it goes into. */
    private boolean isReady() {
        return 0 == pendingLength && gate.hasRoom();
    }

    /** Nothing will be appended any more: what there is goes to the disk, and is shown. */
    private void drained() {
        if (isSyncedElsewhere) {
            isDrained = true;
            VarHandle.fullFence();
            durabilityWaker.wake();
            isDone = gate.isEmpty();
        } else {
            appender.sync();
            isDone = true;
        }
    }

    /** Nobody is connected to a router that starts, whatever its journal says; true while there is more to write of it. */
    private boolean disconnectSources() {
        isStarting = fold.disconnectSource(clock.now());
        while (isStarting && !out.isFull()) {
            isStarting = fold.disconnectSource(clock.now());
        }
        return isStarting;
    }

    /** Ends what no connection has taken, before anything else comes. Returns how many. */
    private int failUntaken() {
        int count = 0;
        while (controls.desk().hasUntaken() && isReady()) {
            controls.desk().failUntaken(clock.now());
            makeRoom();
            count++;
        }
        return count;
    }

    /** Pays everything owed; false when there is no room for it now. */
    private boolean payAll() {
        while (fold.owes()) {
            if (!payOnce()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes one continue record, always at the start of a block: how much of what is owed it can hold depends on the room in the block,
     * and so never on how the inputs before it fell into batches. False when there is no room now for it, or for the block before it.
     */
    private boolean payOnce() {
        if (!out.isEmpty() && !finishBlock()) {
            return false;
        }
        fold.payOwed(clock.now());
        return true;
    }

    /** Sees to it that another input fits; false when there is no room now for the full block, or for the next. */
    private boolean makeRoom() {
        return !out.isFull() || finishBlock();
    }

    /** Returns whether another block may be begun. */
    private boolean finishBlock() {
        pendingLength = out.finish();
        return append() && gate.hasRoom();
    }

    private boolean append() {
        final RouterCounters counters = controls.counters();
        if (!appender.append(out.buffer(), pendingLength)) {
            counters.increment(RouterCounter.JOURNAL_FULL);
            return false;
        }
        counters.increment(RouterCounter.BLOCKS);
        counters.add(RouterCounter.RECORDS, BlockLayout.count(out.buffer(), 0));
        counters.add(RouterCounter.JOURNAL_BYTES, pendingLength);
        counters.add(RouterCounter.UNCHANGED, out.unchanged());
        end.publish(out.sequence(), out.chain());
        refusals.tell(progress);
        progress.publish(fold);
        if (isSyncedElsewhere) {
            VarHandle.fullFence();
            durabilityWaker.wake();
        }
        controls.desk().beforeShown();
        gate.onBlock(out.buffer(), pendingLength);
        pendingLength = 0;
        out.reset();
        return true;
    }

    /** Nothing was folded, it may be tried again. */
    private static final class NoRoomException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NoRoomException() {
            super("the journal has no room now");
        }
    }

    /**
     * What the core thread is steered by.
     *
     * @param ingress  is done before the core can be.
     * @param commands from other threads.
     * @param desk     carries actions on, and knows which could not be.
     * @param counters written to by the core thread.
     * @param cycle    measures its turns.
     */
    record CoreControls(IngressDuty ingress, CommandQueue commands, ActionDesk desk, RouterCounters counters, DutyCycle cycle) {
    }

    /**
     * Fold, block writer and clock, which stand at the same sequence.
     *
     * @param fold  of the signals.
     * @param out   the fold's block writer.
     * @param clock stamps the signals.
     */
    record CoreParts(Fold fold, BlockWriter out, JournalClock clock) {
    }
}
