package io.strowger.router;

import io.strowger.codecs.SignalSink;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.dispatch.CatchUpPass;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.follower.StatusService;
import io.strowger.router.journal.JournalEnd;
import io.strowger.router.pipeline.Admission;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Pipeline;
import io.strowger.router.pipeline.PipelineAssembler;
import io.strowger.router.pipeline.Waker;
import io.strowger.router.replay.Fold;
import io.strowger.router.source.SourceConnection;
import io.strowger.router.source.SourceGrant;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * An event router within an application: signals go in through channels, events come out of subscriptions and taps, in one order, each
 * only when it is in the journal, or on the disk where the context says so.
 *
 * <pre>{@code
 * try (Router router = Router.launch(new RouterContext().journal(journal))) {
 *     Channel channel = router.openChannel();
 *     Subscription subscription = router.subscribe(Filter.ofTenant(1).withUser("102"));
 *     channel.offer(signal, 0, length);
 *     subscription.poll((buffer, record) -> show(buffer, record), 10);
 * }
 * }</pre>
 *
 * <p>Fail-stop: whatever is thrown by fold, journal or dispatch ends the router. Every call then answers {@link ReturnCode#CLOSED} or
 * throws IllegalStateException, the fatal handler has run once, and nothing that is not in the journal was shown. The router never ends the
 * process; that is for who embeds it.
 *
 * <p>Any thread, except that in {@link ThreadingMode#INVOKER} one thread makes all calls.
 */
public final class Router implements AutoCloseable {
    private final Pipeline pipeline;
    private final RouterCounters counters;
    private final NanoClock nanoClock;
    private final boolean isInvoker;
    private final Duty wholeDuty;
    private final RouterThreads threads;
    private final RouterStatus status;
    private final List<SideDuty> sideDuties = new ArrayList<>();

    private Router(final RouterContext context, final Pipeline pipeline) {
        this.pipeline = pipeline;
        this.counters = context.counters();
        this.nanoClock = context.nanoClock();
        this.isInvoker = ThreadingMode.INVOKER == context.threadingMode();
        this.wholeDuty = pipeline.wholeDuty();
        this.threads = new RouterThreads(context, pipeline, wholeDuty);
        this.status = new RouterStatus(context, pipeline, addFollower(context));
        addCatchUp(context);
    }

    /**
     * Replays the journal into an empty core, then starts the router behind its end.
     *
     * @param context serves this launch only.
     * @throws io.strowger.router.replay.ReplayException when the journal is not what the core makes of its inputs.
     * @throws IllegalArgumentException                  when a value of the context is out of its range.
     * @throws io.strowger.router.journal.MissingRecordsException when the journal has lost records: no fold can stand behind them.
     * @throws io.strowger.router.journal.JournalException when the context asks for other limits than the journal was begun with.
     */
    public static Router launch(final RouterContext context) {
        final Pipeline pipeline = PipelineAssembler.assemble(context.conclude());
        context.taps().forEach(pipeline::addFirstTap);
        final Router router = new Router(context, pipeline);
        router.threads.start();
        router.sideDuties.forEach(SideDuty::start);
        return router;
    }

    /** Opens the way in for one embedding thread, which may send what the context's admission lets in. */
    public Channel openChannel() {
        return pipeline.openChannel();
    }

    /**
     * Opens the way in for one embedding thread that may send something else than the context's admission lets in.
     *
     * @param admission looks at every signal offered through this channel.
     */
    public Channel openChannel(final Admission admission) {
        return pipeline.openChannel(admission);
    }

    /**
     * Opens a connection of a source that speaks signals.
     *
     * @param grant   of its credential.
     * @param replies carries the router's answers to the source, on the connection's thread; false: no room now.
     */
    public SourceConnection openSource(final SourceGrant grant, final SignalSink replies) {
        return new SourceConnection(grant, pipeline, replies);
    }

    /**
     * Opens a handle of a client of actions; what it may ask for is journaled when it differs from what was before, for all its handles.
     *
     * @param grant of its credential.
     * @throws IllegalStateException when the router is closed, the client has 64 handles, the journal has no room now, or the router none
     *                               for the grant: in that last case the client may ask for nothing any more.
     */
    public ActionClient openActions(final ActionGrant grant) {
        return pipeline.openActions(grant);
    }

    /**
     * Takes back what a client may ask for: from what the router has not folded when this returns; what was accepted goes its way.
     *
     * @param grant of its credential: tenant and client id count.
     * @return false when the router is closed.
     * @throws IllegalStateException when the journal has no room now, or the router closes meanwhile: nothing was taken back.
     */
    public boolean revokeActions(final ActionGrant grant) {
        return pipeline.revokeActions(grant);
    }

    /**
     * What clients may ask for, by tenant and client id: all grants that were not taken back, those of earlier processes with them. Window
     * and timeout, which are a handle's, are the defaults.
     *
     * @throws IllegalStateException when the router is closed.
     */
    public List<ActionGrant> actionGrants() {
        return pipeline.actionGrants();
    }

    /**
     * The router's time, nanoseconds since 1970: by it deadlines of actions are made and have passed, here and at who carries them out. It
     * is the context's clock, or the journal's time while that is ahead of it. Any thread.
     */
    public EpochNanoClock clock() {
        return pipeline.clock();
    }

    /**
     * Opens the outlet of a source's actions, for a connection that carries them out: before its hello, which declares which it can.
     *
     * @param source its number, of {@link #sourceNumber}.
     * @throws IllegalArgumentException when no source can have the number.
     * @throws IllegalStateException    when the router is closed.
     */
    public ActionOutlet openOutlet(final int source) {
        return pipeline.openOutlet(source);
    }

    /**
     * Turns the router once, on the caller's thread, which also syncs where the router does. Only in {@link ThreadingMode#INVOKER}.
     *
     * @return how much it found to do, 0 for nothing (also while the journal has no room); or {@link ReturnCode#CLOSED}.
     */
    public int poll() {
        if (!isInvoker) {
            throw new IllegalStateException("the router has threads of its own");
        }
        if (!pipeline.isOpen()) {
            return ReturnCode.CLOSED;
        }
        int work = turn();
        for (int i = 0; i < sideDuties.size() && work >= 0; i++) {
            work += sideDuties.get(i).turn();
        }
        return work;
    }

    /**
     * Adds a tap that sees every event from the next block on.
     *
     * @throws IllegalStateException when the router is closed.
     */
    public void addTap(final Tap tap) {
        pipeline.addTap(tap);
    }

    /**
     * Removes a tap: once this returns it is told nothing more.
     *
     * @throws IllegalStateException when the router is closed.
     */
    public void removeTap(final Tap tap) {
        pipeline.removeTap(tap);
    }

    /**
     * Subscribes to what comes from now on.
     *
     * @throws IllegalStateException when the router is closed.
     */
    public Subscription subscribe(final Filter filter) {
        return pipeline.subscriptions().fromNow(filter);
    }

    /**
     * Subscribes from a position on: the subscription begins with {@link Subscription#catchUp}.
     *
     * @param position first sequence to look at.
     * @throws io.strowger.router.journal.PositionException when the journal has no such position: too old, or beyond the end that is
     *                                                      visible.
     */
    public Subscription subscribe(final Filter filter, final long position) {
        return pipeline.subscriptions().from(filter, position);
    }

    /**
     * Subscribes to the whole status and then to what comes behind it, without hole or repeat: the subscription begins with
     * {@link Subscription#catchUp}, which gives the snapshot's begin, its items and its end, then the events.
     *
     * @throws io.strowger.router.journal.JournalException without a follower: when the journal can't be folded.
     */
    public Subscription subscribeWithSnapshot(final Filter filter) {
        return pipeline.subscriptions().behind(status.ask(filter));
    }

    /**
     * Asks for the status as it is now or a little later. With a follower this returns at once; without, the journal is folded first, on
     * this thread.
     *
     * @param filter of whose tenant, names and kinds.
     * @return to be polled until it is ready, then read, then closed.
     * @throws io.strowger.router.journal.JournalException without a follower: when the journal can't be folded.
     */
    public StatusReport ask(final Filter filter) {
        return status.ask(filter);
    }

    /** Last sequence in the journal, 0 when it is empty. */
    public long lastSequence() {
        return pipeline.lastSequence();
    }

    /**
     * Last sequence that is known to be on the disk: with all before it, it survives the machine. Where only that is visible, it is also
     * the last position to subscribe behind.
     *
     * @return 0 at durability accepted, where nobody syncs before the close.
     */
    public long durableSequence() {
        return pipeline.durableSequence();
    }

    /** Output chain behind the journal's end; with the sequence it belongs to: {@link #journalEnd()}. */
    public long chain() {
        return pipeline.journalEnd().chain();
    }

    /** Last sequence and the output chain behind it, of the same record also while signals flow. */
    public JournalEnd journalEnd() {
        return pipeline.journalEnd();
    }

    /**
     * Digest of the whole state, taken on the core thread between two blocks; still answered behind an orderly close.
     *
     * @throws IllegalStateException when the router has failed, or the journal has no room just now.
     */
    public long digest() {
        return pipeline.ask(Fold::digest);
    }

    /**
     * Last source sequence that was taken from a source.
     *
     * @return -1 when there was none.
     * @throws IllegalStateException as {@link #digest()}.
     */
    public long lastSourceSequence(final int source) {
        return pipeline.ask(fold -> fold.lastSourceSequence(source));
    }

    /**
     * Greatest source sequence that the record of a refused signal names, whatever stood in its bytes: a stream whose numbers are known to
     * be right, and that is read again, stands in the journal up to this or {@link #lastSourceSequence}, whichever is greater.
     *
     * @return -1 when there was none.
     * @throws IllegalStateException as {@link #digest()}.
     */
    public long lastRejectedSequence(final int source) {
        return pipeline.ask(fold -> fold.lastRejectedSequence(source));
    }

    /**
     * Number of a source by its name, which its signals carry.
     *
     * @return from 1.
     * @throws IllegalStateException as {@link #digest()}.
     */
    public int sourceNumber(final int tenant, final String name) {
        return (int)pipeline.ask(fold -> fold.sourceNumber(tenant, name));
    }

    /**
     * First sequence of the journal that the follower still needs, for who removes the oldest: {@code hold("follower",
     * router::followerNeeds)}.
     *
     * @return {@link Long#MAX_VALUE} when it needs nothing: without a follower, behind its end, or when it will begin again with a
     *     snapshot.
     */
    public long followerNeeds() {
        return status.needs();
    }

    /** What the router has counted. */
    public RouterCounters counters() {
        return counters;
    }

    /** Whether it takes no signals any more. */
    public boolean isClosed() {
        return !pipeline.isOpen();
    }

    /**
     * What has stopped the router.
     *
     * @return null when nothing has.
     */
    public Throwable failure() {
        return pipeline.failure();
    }

    /**
     * Takes nothing more, brings what was taken into the journal and to its readers, syncs the journal and ends the threads. When that
     * takes longer than the context's close timeout, the router fails. The journal stays open. Repeated calls do nothing.
     */
    @Override
    public void close() {
        if (pipeline.beginClose()) {
            if (isInvoker) {
                drainInline();
            } else {
                threads.join();
            }
            pipeline.endClose();
        } else if (pipeline.hasFailed()) {
            threads.join();
        }
        sideDuties.forEach(SideDuty::close);
    }

    private int turn() {
        try {
            return wholeDuty.doWork();
        } catch (final Throwable fault) {
            pipeline.fail(fault);
            return ReturnCode.CLOSED;
        }
    }

    private void drainInline() {
        final long beganNs = nanoClock.nanoTime();
        final long timeoutNs = pipeline.closeTimeoutNs();
        while (!wholeDuty.isDone() && !pipeline.hasFailed()) {
            if (0 == turn() && nanoClock.nanoTime() - beganNs > timeoutNs) {
                pipeline.fail(RouterThreads.notDrained());
            }
        }
    }

    private StatusService addFollower(final RouterContext context) {
        if (null == context.follower()) {
            return null;
        }
        final IdleStrategy idleStrategy = context.idling().newSide();
        final StatusService service = new StatusService(pipeline.visibleJournal(), pipeline.snapshots(), context.follower(), counters,
            context.errorHandler(), context.idling().waker(idleStrategy), nanoClock);
        sideDuties.add(new SideDuty(service, idleStrategy, pipeline, isInvoker));
        return service;
    }

    private void addCatchUp(final RouterContext context) {
        if (context.sharesCatchUp()) {
            final IdleStrategy idleStrategy = context.idling().newSide();
            final Waker waker = context.idling().waker(idleStrategy);
            final CatchUpPass pass = pipeline.shareCatchUp(waker::wake);
            sideDuties.add(new SideDuty(new CatchUpDuty(pass, waker), idleStrategy, pipeline, isInvoker));
        }
    }
}
