package io.strowger.router.pipeline;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.strowger.router.action.ActionDesk;
import io.strowger.router.action.ActionPort;
import io.strowger.router.dispatch.Dispatcher;
import io.strowger.router.dispatch.RecordWindow;
import io.strowger.router.dispatch.Subscriptions;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.replay.Replay;
import io.strowger.router.replay.ReplayException;
import io.strowger.router.snapshot.Recovery;
import io.strowger.router.status.DutyCycle;
import io.strowger.router.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds the graph, the one place that knows all of it, and brings the fold up to the journal's end.
 *
 * <pre>
 *   embedding threads          ingress duty                    core duty
 *   ┌───────────┐
 *   │ Channel 1 ├──┐   ┌──────────────────┐   ring    ┌──────┐  block  ┌─────────┐   ┌────────────┐──► taps
 *   └───────────┘  ├──►│ IngressPublisher ├─────────► │ Fold ├───────► │ Journal ├──►│ Dispatcher │
 *   ┌───────────┐  │   └──────────────────┘  slots    └──────┘         └─────────┘   │            │──► subscriptions
 *   │ Channel n ├──┘                                     ^                  │        │ ActionDesk │──► handles, outlets
 *   └───────────┘                                        └───── Replay ─────┘        └────────────┘
 *                                                    behind a snapshot, once
 * </pre>
 *
 * <p>With durability, behind the journal:
 *
 * <pre>
 *   core duty                        durability duty
 *   Fold ──► Journal ──► end ──────► sync ──► durable end ──► acknowledgements
 *                    └─► HeldBlocks ◄───────────────┘
 *                            └─► Dispatcher     (where only what is durable is visible)
 * </pre>
 *
 * <ol>
 * <li>Channels: single-producer rings of bytes; admission happens in them.</li>
 * <li>Ring: one producer (the ingress duty), one poller (the core duty), which alone gates it. No subscriber ever does.</li>
 * <li>Slots: slices of one off-heap slab, made once.</li>
 * <li>The core duty folds into a block, appends it, then dispatches it, in this order and on one thread.</li>
 * <li>The durability duty syncs what the journal has by then. The core never waits for it; catch-up from the journal ends where the
 * dispatcher does.</li>
 * </ol>
 *
 * <p>The ring is polled by duties that decide themselves how to wait, so its own wait strategy is never used.
 */
public final class PipelineAssembler {
    private static final int SLOT_ALIGNMENT = 128;

    /** Signals the fold is told of at a time. */
    private static final int AHEAD = 16;
    /** In journal time of the sources: what is late is brought all the same, for nothing else would end it. */
    private static final EpochNanoClock NO_DEADLINE_PASSES = () -> Long.MIN_VALUE;

    private PipelineAssembler() {
    }

    /**
     * Builds a pipeline, and replays into it what the journal has behind the newest good snapshot.
     *
     * @return a pipeline that no thread turns yet.
     * @throws ReplayException                                    when the journal is not what the fold makes of its inputs.
     * @throws io.strowger.router.journal.MissingRecordsException when the journal has lost records.
     */
    public static Pipeline assemble(final PipelineSettings settings) {
        final RouterState state = new RouterState(settings.fatalHandler());
        final CommandQueue commands = new CommandQueue(state, settings.counters(), settings.coreWaker(), settings.isInline(),
            TimeUnit.NANOSECONDS.toMillis(settings.closeTimeoutNs()));
        final RingBuffer<Slot> ring = newRing(settings);
        final SlotPoller poller = newPoller(ring);
        final IngressDuty ingress = new IngressDuty(new IngressPublisher(ring), state, settings.isOneThread(),
            settings.isOneThread() ? Waker.NONE : settings.coreWaker(), settings.counters(),
            newCycle(settings, RouterCounter.INGRESS_MAX_CYCLE_NS, RouterCounter.INGRESS_STALLS));
        final RecordWindow window = new RecordWindow(settings.windowCapacity());
        final Dispatcher dispatcher = new Dispatcher(window, settings.counters(), settings.errorHandler());
        final CoreDuty.CoreParts parts = recover(settings, dispatcher);
        final ActionDesk desk = new ActionDesk(parts.fold(), settings.limits().sources(), settings.counters(),
            settings.durability().isHeld());
        final DurableParts durable = syncFirst(settings, parts.out(), dispatcher, desk);
        final CoreDuty core = new CoreDuty(poller, parts, durable.gate(), durable.end(), new CoreDuty.CoreControls(ingress, commands,
            desk, settings.counters(), newCycle(settings, RouterCounter.CORE_MAX_CYCLE_NS, RouterCounter.CORE_STALLS)), settings);
        final DurabilityDuty durability = newDurability(settings, core, durable.end());
        final Subscriptions subscriptions = new Subscriptions(dispatcher, window, durable.visible(), commands,
            settings.subscriptionCapacity());
        final EpochNanoClock clock = new RouterClock(settings.epochNanoClock(), parts.clock());
        final ActionPort actions = new ActionPort(desk, core::applyNow, commands, clock,
            JournalTime.WALL == settings.journalTime() ? clock : NO_DEADLINE_PASSES, settings.limits().sources());
        return new Pipeline(new Pipeline.Duties(ingress, core, durability), durable, state, commands, dispatcher,
            new Pipeline.Ports(subscriptions, actions, clock), settings);
    }

    /** What was in the journal before may not be on the disk, but it is the router's from now on: so it is brought there first. */
    private static DurableParts syncFirst(final PipelineSettings settings, final BlockWriter out, final Dispatcher dispatcher,
                                          final ActionDesk desk) {
        final DurabilitySettings durability = settings.durability();
        final PublishedEnd end = new PublishedEnd();
        if (durability.isSynced()) {
            Uninterrupted.sync(settings.journal());
            end.publish(out.sequence(), out.chain());
        }
        if (durability.isHeld()) {
            final HeldBlocks held = new HeldBlocks(durability.heldCapacity(), out.buffer().capacity());
            return new DurableParts(end, new BlockGate(dispatcher, desk, end, held), new VisibleJournal(settings.journal(), end));
        }
        return new DurableParts(end, new BlockGate(dispatcher, desk, end, null), settings.journal());
    }

    private static DurabilityDuty newDurability(final PipelineSettings settings, final CoreDuty core, final PublishedEnd durableEnd) {
        return settings.durability().isSynced() ? new DurabilityDuty(settings.journal(), core, durableEnd, settings.coreWaker(),
            settings.counters(), newCycle(settings, RouterCounter.DURABILITY_MAX_CYCLE_NS, RouterCounter.DURABILITY_STALLS)) : null;
    }

    private static CoreDuty.CoreParts recover(final PipelineSettings settings, final Dispatcher dispatcher) {
        checkBlocks(new BlockWriter(settings.limits().blockSize()), settings.journal());
        final Recovery.Start start = new Recovery(settings.journal(), settings.limits(), settings.foldFactory(), settings.snapshots(),
            settings.errorHandler()).begin(Long.MAX_VALUE);
        final BlockWriter out = start.out();
        final Replay replay = start.replay();
        replay.run(settings.journal());
        checkEnd(replay, settings.journal());
        if (null == settings.journal().limits()) {
            settings.journal().keepLimits(settings.limits());
        }
        out.startBehind(replay.position(), replay.chain());
        dispatcher.startBehind(replay.position());
        final JournalClock clock = new JournalClock(settings.journalTime(), settings.epochNanoClock());
        clock.startBehind(replay.journalTimeNs());
        return new CoreDuty.CoreParts(start.fold(), out, clock);
    }

    /** Looked at before the journal keeps the limits: a block it can't take, once folded, would end the router at every start. */
    private static void checkBlocks(final BlockWriter out, final Journal journal) {
        final int longest = out.buffer().capacity();
        if (longest > journal.maxBlockLength()) {
            throw new JournalException("blocks may become " + longest + " bytes long, the journal takes " + journal.maxBlockLength()
                + ": lower the block size limit, or open the journal with larger chunks");
        }
    }

    /** The next block is chained to what the replay gave, and the journal would take it whatever it ends with itself. */
    private static void checkEnd(final Replay replay, final Journal journal) {
        if (replay.position() != journal.lastSequence() || (replay.position() > 0 && replay.chain() != journal.lastChain())) {
            throw new ReplayException(replay.position() + 1, "the replay ends at " + replay.position() + " with chain "
                + Long.toHexString(replay.chain()) + ", the journal at " + journal.lastSequence() + " with "
                + Long.toHexString(journal.lastChain()));
        }
    }

    private static DutyCycle newCycle(final PipelineSettings settings, final RouterCounter maxCycle, final RouterCounter stalls) {
        return new DutyCycle(settings.nanoClock(), settings.counters(), maxCycle, stalls, settings.stallThresholdNs());
    }

    private static RingBuffer<Slot> newRing(final PipelineSettings settings) {
        final int slotLength = settings.slotLength();
        final UnsafeBuffer slab = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(settings.ringCapacity() * slotLength, SLOT_ALIGNMENT));
        final int[] next = new int[1];
        return RingBuffer.createSingleProducer(() -> new Slot(slab, slotLength * next[0]++, slotLength), settings.ringCapacity(),
            new YieldingWaitStrategy());
    }

    private static SlotPoller newPoller(final RingBuffer<Slot> ring) {
        final EventPoller<Slot> poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        final SlotBridge bridge = new SlotBridge(ring);
        return handler -> {
            bridge.handler = handler;
            try {
                poller.poll(bridge);
            } catch (final RuntimeException fault) {
                throw fault;
            } catch (final Exception fault) {
                throw new IllegalStateException(fault);
            }
        };
    }

    /**
     * What the durable end decides.
     *
     * @param end     of what is on the disk; stays at 0 where nobody syncs.
     * @param gate    behind which blocks are shown.
     * @param visible journal up to where it may be shown.
     */
    record DurableParts(PublishedEnd end, BlockGate gate, Journal visible) {
    }

    /** Shows the ring's slots to a handler that knows nothing of the ring. */
    private static final class SlotBridge implements EventPoller.Handler<Slot> {
        private final RingBuffer<Slot> ring;
        private SlotHandler handler;
        private long toldOf = -1;

        SlotBridge(final RingBuffer<Slot> ring) {
            this.ring = ring;
        }

        @Override
        public boolean onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
            if (sequence > toldOf) {
                tell(sequence);
            }
            return handler.onSlot(slot);
        }

        /** What is published by now is only read by this thread until it is handed over. */
        private void tell(final long sequence) {
            final long last = Math.min(ring.getCursor(), sequence + AHEAD - 1);
            toldOf = last;
            if (sequence == last) {
                // a signal alone is folded at once: nothing can be fetched meanwhile
                return;
            }
            for (long next = sequence; next <= last; next++) {
                handler.onAhead(ring.get(next), next == last);
            }
        }
    }
}
