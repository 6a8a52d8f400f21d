package io.strowger.bench.latency;

import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * The router as it is embedded: one channel in, one subscription to the whole tenant out, or a tap. Threading mode {@code shared}, or
 * {@code invoker}: all on one thread, where two that spin are two too many for the machine.
 *
 * <p>A wait is that of an event which a signal led to at once. Further events of the same signal must come too, and are not waited for.
 */
final class RouterTarget implements Target {
    /** For results. */
    static final String SETTINGS = "idle strategy as shipped, room for " + ActionLoad.KEPT + " actions, kept for " + ActionLoad.KEEP_MS
        + " ms, other capacities as shipped, bounds checks on";

    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final int SPARE = 1024;
    private static final int LIMIT = 64;
    private static final long DEADLINE_NS = 60_000_000_000L;

    private final Arrivals arrivals;
    private final boolean keepsNothing;
    private final boolean isInvoked;
    private final Journal journal;
    private final Router router;
    private final Channel channel;
    /** Null when a tap takes the events. */
    private final Subscription subscription;
    private final EventHandler handler = this::onEvent;
    private final EndTap end;
    /** Null without actions. */
    private final ActionLoad actions;
    /** Counted by the thread of the callback, shown to the rig. */
    private final AtomicLong shown = new AtomicLong();
    private long taken;
    private long lastSequence;
    private boolean isOutOfOrder;
    private long offered;
    private long lastOffered;

    /**
     * A router on an empty journal.
     *
     * @param asked    what is measured.
     * @param folder   for the journal, unless there is none.
     * @param sessions that will be open at a time.
     * @param arrivals take the waits.
     */
    RouterTarget(final LatencyCase asked, final Path folder, final int sessions, final Arrivals arrivals) {
        this.arrivals = arrivals;
        keepsNothing = LatencyCase.Store.NONE == asked.store();
        isInvoked = LatencyCase.Way.INVOKER == asked.way();
        journal = keepsNothing ? new NoJournal()
            : ChronicleJournal.open(new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES));
        final AdmissionWalk admission = new AdmissionWalk(TemplateSet.forSources());
        final RouterContext context = new RouterContext().journal(journal)
            .threadingMode(isInvoked ? ThreadingMode.INVOKER : ThreadingMode.SHARED)
            .durability(asked.durability()).visibility(asked.durability())
            .sessionCapacity(sessions + sessions / 2 + SPARE).admission(admission::check)
            .actionCapacity(ActionLoad.KEPT).actionsPerTenant(ActionLoad.KEPT).actionKeepMs(ActionLoad.KEEP_MS);
        final boolean isTapped = LatencyCase.Way.TAP == asked.way();
        end = new EndTap(isTapped ? this::onEvent : (block, record) -> { });
        router = Router.launch(context.tap(end));
        subscription = isTapped ? null : router.subscribe(Filter.ofTenant(Traffic.TENANT));
        channel = router.openChannel();
        actions = asked.hasActions() ? openActions(asked.saysSent()) : null;
    }

    private ActionLoad openActions(final boolean saysSent) {
        if (Traffic.SOURCE != router.sourceNumber(Traffic.TENANT, Traffic.SOURCE_NAME)) {
            throw new IllegalStateException(Traffic.SOURCE_NAME + " has another number than its traffic");
        }
        return new ActionLoad(router, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()), saysSent);
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        final long code = channel.offer(buffer, offset, length);
        if (code >= 0) {
            offered++;
            if (null != actions) {
                actions.due(offered / ActionLoad.SIGNALS_AN_ACTION);
            }
            lastOffered = SignalLayout.sourceSequence(buffer, offset);
            return true;
        }
        if (ReturnCode.BACK_PRESSURED != code) {
            throw new IllegalStateException("the router answers " + ReturnCode.toString(code), router.failure());
        }
        return false;
    }

    @Override
    public void receive() {
        if (isInvoked && router.poll() < 0) {
            throw new IllegalStateException("the router has stopped", router.failure());
        }
        if (null != actions) {
            actions.turn();
        }
        if (null == subscription) {
            return;
        }
        if (keepsNothing && subscription.isLagging()) {
            throw new FellBehindException();
        }
        int code = subscription.poll(handler, LIMIT);
        if (ReturnCode.NEEDS_CATCH_UP == code) {
            code = subscription.catchUp(handler, LIMIT);
        }
        if (code < 0) {
            throw new IllegalStateException("the subscription says " + ReturnCode.toString(code), router.failure());
        }
    }

    @Override
    public boolean isBehind() {
        return null != actions && actions.isBehind();
    }

    @Override
    public void settle() {
        final RouterCounters counters = router.counters();
        final long beganNs = System.nanoTime();
        while (!isThrough(counters)) {
            if (router.isClosed() || System.nanoTime() - beganNs > DEADLINE_NS) {
                throw new IllegalStateException("offered " + offered + ", shown " + shown.get() + ", " + counters, router.failure());
            }
            // not a moment later: these are waits too
            receive();
        }
        final boolean isRight = shown.get() == counters.get(RouterCounter.EVENTS) && counters.get(RouterCounter.SIGNALS) == sent()
            && 0 == counters.get(RouterCounter.REJECTED) + counters.get(RouterCounter.REFUSED) && 0 != shown.get() && !isOutOfOrder;
        if (!isRight) {
            throw new IllegalStateException("offered " + offered + ", shown " + shown.get() + ", " + counters);
        }
    }

    /** The last signal is folded and in the journal, its block is shown, and its events have come out. */
    private boolean isThrough(final RouterCounters counters) {
        return (null == actions || actions.isThrough())
            && counters.get(RouterCounter.SIGNALS) >= sent() && router.lastSourceSequence(Traffic.SOURCE) == lastOffered
            && end.lastShown >= router.lastSequence() && shown.get() >= counters.get(RouterCounter.EVENTS);
    }

    private long sent() {
        return null == actions ? offered : offered + actions.signals();
    }

    @Override
    public void close() {
        if (null != actions) {
            actions.close();
        }
        channel.close();
        if (null != subscription) {
            subscription.close();
        }
        router.close();
        journal.close();
    }

    private void onEvent(final DirectBuffer buffer, final int record) {
        final int event = RecordLayout.eventOffset(buffer, record);
        if (RecordLayout.INPUT == RecordLayout.type(buffer, record) && Traffic.SOURCE == SignalLayout.source(buffer, event)) {
            arrivals.take(SignalLayout.sourceTime(buffer, event));
        }
        final long sequence = RecordLayout.sequence(buffer, record);
        isOutOfOrder |= sequence <= lastSequence;
        lastSequence = sequence;
        taken++;
        shown.lazySet(taken);
    }

    /** Knows how far the blocks have been shown. Written by the core thread. */
    private static final class EndTap implements Tap {
        private final Tap events;
        private volatile long lastShown;

        EndTap(final Tap events) {
            this.events = events;
        }

        @Override
        public void onEvent(final DirectBuffer block, final int record) {
            events.onEvent(block, record);
        }

        @Override
        public void onBlock(final DirectBuffer block, final int offset, final int length) {
            lastShown = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
        }
    }
}
