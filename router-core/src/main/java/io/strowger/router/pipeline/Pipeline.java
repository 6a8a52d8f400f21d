package io.strowger.router.pipeline;

import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.action.ActionPort;
import io.strowger.router.dispatch.CatchUpPass;
import io.strowger.router.dispatch.Dispatcher;
import io.strowger.router.dispatch.Subscriptions;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalEnd;
import io.strowger.router.replay.Fold;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounters;
import java.util.List;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A built pipeline: its duties for whoever turns them, and its outer side for the router's front.
 *
 * <p>Any thread, where not said otherwise.
 */
public final class Pipeline {
    private final IngressDuty ingress;
    private final CoreDuty core;
    /** Null where nobody syncs while the router runs. */
    private final DurabilityDuty durability;
    private final PipelineAssembler.DurableParts durable;
    private final RouterState state;
    private final CommandQueue commands;
    private final Dispatcher dispatcher;
    private final Ports ports;
    private final PipelineSettings settings;

    Pipeline(final Duties duties, final PipelineAssembler.DurableParts durable, final RouterState state, final CommandQueue commands,
             final Dispatcher dispatcher, final Ports ports, final PipelineSettings settings) {
        this.ingress = duties.ingress();
        this.core = duties.core();
        this.durability = duties.durability();
        this.durable = durable;
        this.state = state;
        this.commands = commands;
        this.dispatcher = dispatcher;
        this.ports = ports;
        this.settings = settings;
    }

    /** The duty that takes signals in. */
    public Duty ingressDuty() {
        return ingress;
    }

    /** The duty that folds, appends and dispatches. */
    public Duty coreDuty() {
        return core;
    }

    /** The duty that syncs the journal, on a thread of its own where there are threads; null when the core does, at the close. */
    public Duty durabilityDuty() {
        return durability;
    }

    /** Ingress and core, one after the other, for one thread; with the sync where that is the caller's. */
    public Duty wholeDuty() {
        return settings.isInline() && null != durability ? inTurn(inTurn(ingress, core), durability) : inTurn(ingress, core);
    }

    /** Two duties as one. */
    private static Duty inTurn(final Duty first, final Duty second) {
        return new Duty() {
            @Override
            public int doWork() {
                return first.doWork() + second.doWork();
            }

            @Override
            public boolean isDone() {
                return first.isDone() && second.isDone();
            }

            @Override
            public String name() {
                return "strowger";
            }
        };
    }

    /** Opens a channel for one embedding thread. */
    public Channel openChannel() {
        return openChannel(settings.admission());
    }

    /** Opens a channel for one embedding thread that has an admission of its own; nothing of clients of actions comes in through it. */
    public Channel openChannel(final Admission admission) {
        final Channel channel = newChannel(new NoClients(admission));
        ingress.add(channel);
        return channel;
    }

    /** Opens a handle of a client of actions. */
    public ActionClient openActions(final ActionGrant grant) {
        return ports.actions().openClient(grant, admission -> {
            final Channel channel = newChannel(admission::check);
            ingress.addClient(channel);
            return channel;
        });
    }

    /** Journals that a client may ask for nothing any more. */
    public boolean revokeActions(final ActionGrant grant) {
        return ports.actions().revoke(grant);
    }

    /** What clients may ask for. */
    public List<ActionGrant> actionGrants() {
        return ports.actions().grants();
    }

    /** The clock of deadlines. Any thread. */
    public EpochNanoClock clock() {
        return ports.clock();
    }

    /** Opens the outlet of a source's actions. */
    public ActionOutlet openOutlet(final int source) {
        return ports.actions().openOutlet(source);
    }

    private Channel newChannel(final Admission admission) {
        // where time is the sources' own, a record that the router made has none: the same signals give the same bytes
        final RejectRecords rejects = new RejectRecords(settings.rejectLimit(), settings.slotLength(), settings.nanoClock(),
            JournalTime.WALL == settings.journalTime() ? settings.epochNanoClock() : null);
        return new Channel(settings.channelCapacity(), settings.slotLength(), admission, state, settings.ingressWaker(),
            settings.counters(), rejects);
    }

    /** Adds a tap before any thread turns the pipeline. */
    public void addFirstTap(final Tap tap) {
        dispatcher.addTap(tap);
    }

    /** Adds a tap, which sees every block from the next on. */
    public void addTap(final Tap tap) {
        commands.call(() -> dispatcher.addTap(tap));
    }

    /** Removes a tap: when this returns, it is told nothing more. */
    public void removeTap(final Tap tap) {
        commands.call(() -> dispatcher.removeTap(tap));
    }

    /** Where subscriptions are opened. */
    public Subscriptions subscriptions() {
        return ports.subscriptions();
    }

    /** Last sequence in the journal. */
    public long lastSequence() {
        return core.lastSequence();
    }

    /** Last sequence and the output chain behind it, of the same record. */
    public JournalEnd journalEnd() {
        final EndCopy end = new EndCopy();
        core.readEnd(end);
        return end.toJournalEnd();
    }

    /** Last sequence that is known to be on the disk, 0 where nobody syncs. */
    public long durableSequence() {
        return durable.end().sequence();
    }

    /** The journal as far as it may be shown: for whoever shows records that come from it. */
    public Journal visibleJournal() {
        return durable.visible();
    }

    /** Lets readers of the journal see all that was shown before this call. */
    public void awaitFlush() {
        commands.awaitFlush();
    }

    /**
     * Asks the fold something, between two blocks, on the core thread; behind an orderly close on the caller's.
     *
     * @throws IllegalStateException when the router has failed, or the journal has no room for a block now.
     */
    public long ask(final ToLongFunction<Fold> question) {
        final long[] answer = new long[1];
        final Runnable asking = () -> {
            final Fold fold = core.settledFold();
            if (null == fold) {
                throw new IllegalStateException("the journal has no room now");
            }
            answer[0] = question.applyAsLong(fold);
        };
        if (state.isClosed()) {
            asking.run();
        } else {
            commands.call(asking);
        }
        return answer[0];
    }

    /** Begins to close: channels take nothing more, duties drain. Returns false when that was begun before, or has failed. */
    public boolean beginClose() {
        final boolean isBegun = state.beginClose();
        settings.ingressWaker().wake();
        settings.coreWaker().wake();
        return isBegun;
    }

    /** Says that everything is drained and no thread turns the pipeline any more. */
    public void endClose() {
        state.endClose();
    }

    /** Stops for good. */
    public void fail(final Throwable cause) {
        state.fail(cause);
    }

    /** A thread that ends when this fails is woken then: whose waker this is. */
    public void wakeAtFailure(final Waker waker) {
        state.wakeAtFailure(waker);
    }

    /** Whether it has failed. */
    public boolean hasFailed() {
        return state.hasFailed();
    }

    /** Whether it takes signals. */
    public boolean isOpen() {
        return state.isOpen();
    }

    /** What made it fail, null when it has not. */
    public Throwable failure() {
        return state.failure();
    }

    /** Lets subscriptions that have fallen behind read the journal together, in the pass that is returned. */
    public CatchUpPass shareCatchUp(final Runnable wake) {
        return ports.subscriptions().shareCatchUp(settings.windowCapacity(), settings.counters(), settings.errorHandler(), wake);
    }

    /** Of the journal, null for none. */
    public SnapshotStore snapshots() {
        return settings.snapshots();
    }

    /** How far the journal has the signals of sources. */
    public SourceProgress progress() {
        return core.progress();
    }

    /** What is counted. */
    public RouterCounters counters() {
        return settings.counters();
    }

    /** Longest time a close may drain. */
    public long closeTimeoutNs() {
        return settings.closeTimeoutNs();
    }

    /**
     * What its threads turn.
     *
     * @param ingress    takes signals in.
     * @param core       folds, appends and dispatches.
     * @param durability syncs, null for none.
     */
    record Duties(IngressDuty ingress, CoreDuty core, DurabilityDuty durability) {
    }

    /**
     * Where others come to the core thread.
     *
     * @param subscriptions are opened here.
     * @param actions       handles and outlets are opened here.
     * @param clock         of deadlines.
     */
    record Ports(Subscriptions subscriptions, ActionPort actions, EpochNanoClock clock) {
    }
}
