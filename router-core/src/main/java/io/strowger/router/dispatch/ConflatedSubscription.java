package io.strowger.router.dispatch;

import io.strowger.codecs.sbe.EventType;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A subscription for who wants to see how things are, and not each step: of each session, user, group member and source only the latest
 * event that waits, with the count of those before it that it stands for. What has no state (messages, items of history, results of
 * actions, gaps) is never folded.
 *
 * <pre>
 *   subscription ──► everything that has come ──► the latest of each thing, in the order of their sequences ──► handler, at its pace
 * </pre>
 *
 * <p>An end is the latest event of its session, so none is left out. A {@code source.restarted} ends sessions without a word more: it goes
 * before whatever comes behind it, and what waits of before it is delivered first. One thread.
 */
public final class ConflatedSubscription implements AutoCloseable {
    private static final int ABSORBED_A_POLL = 1024;
    private static final int ROUNDS = 64;

    private final Subscription subscription;
    private final int capacity;
    private final Map<Thing, Latest> waiting = new LinkedHashMap<>();
    private final EventView event = new EventView();
    private final Absorber absorber = new Absorber();
    private ConflatedHandler handler;
    private long folded;
    private int end;
    /** Within a call that delivers. */
    private boolean isInside;
    private boolean isClosed;

    /**
     * A subscription that has folded nothing.
     *
     * @param subscription is this one's from now on, and closed with it.
     * @param capacity     most things that may wait; beyond that the rest waits in the subscription.
     */
    public ConflatedSubscription(final Subscription subscription, final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity is out of its range: " + capacity);
        }
        this.subscription = subscription;
        this.capacity = capacity;
    }

    /**
     * Folds what has come and delivers the latest.
     *
     * @param taker takes them; what it throws comes out of this call, and the same is the next again.
     * @param limit most in this call, from 1.
     * @return how many were taken; {@link ReturnCode#CLOSED} when nothing more will come.
     * @throws io.strowger.router.journal.PositionException when the journal no longer has what comes next.
     * @throws StatusException when it is to begin with a status that can't be given.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException when the handler calls it.
     */
    public int poll(final ConflatedHandler taker, final int limit) {
        Delivery.check(limit);
        if (isInside) {
            throw new IllegalStateException("a subscription can't be read from within its own handler");
        }
        isInside = true;
        try {
            handler = taker;
            absorb();
            final int count = deliver(limit);
            return 0 == count ? end : count;
        } finally {
            isInside = false;
            if (isClosed) {
                waiting.clear();
            }
        }
    }

    private int deliver(final int limit) {
        int count = 0;
        final Iterator<Latest> latest = waiting.values().iterator();
        while (count < limit && !isClosed && latest.hasNext()) {
            final Latest next = latest.next();
            handler.onLatest(next.record, 0, next.folded);
            latest.remove();
            count++;
        }
        return count;
    }

    /** How many events were folded into later ones, so far. */
    public long folded() {
        return folded;
    }

    /** How many things wait. */
    public int waiting() {
        return waiting.size();
    }

    /** What it stands on: for its position and its lag. */
    public Subscription subscription() {
        return subscription;
    }

    /** Closes what it stands on. On the polling thread, also from within the handler, which is then called no more. */
    @Override
    public void close() {
        isClosed = true;
        subscription.close();
        if (!isInside) {
            waiting.clear();
        }
    }

    private void absorb() {
        int code = 1;
        for (int round = 0; round < ROUNDS && waiting.size() < capacity && code > 0; round++) {
            final int room = Math.min(ABSORBED_A_POLL, capacity - waiting.size());
            code = subscription.poll(absorber, room);
            if (ReturnCode.NEEDS_CATCH_UP == code) {
                code = subscription.catchUp(absorber, room);
            }
        }
        end = Math.min(0, code);
    }

    /** Takes everything that comes. */
    private final class Absorber implements EventHandler {
        private long unique;

        @Override
        public void onEvent(final DirectBuffer buffer, final int record) {
            final Thing thing = thing(event.wrap(buffer, record));
            final Latest before = waiting.remove(thing);
            if (null != before) {
                folded++;
            }
            waiting.put(thing, Latest.of(buffer, record, null == before ? 0 : before.folded + 1));
        }

        @Override
        public void onSnapshotBegin(final long position) {
            handler.onSnapshotBegin(position);
        }

        @Override
        public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
            handler.onSnapshotItem(buffer, item, length);
        }

        @Override
        public void onSnapshotEnd(final long position) {
            handler.onSnapshotEnd(position);
        }

        private Thing thing(final EventView of) {
            final int type = of.type();
            if (Filter.isOfSessionState(type)) {
                return new Thing(of.source(), of.epoch(), of.text(Subject.SESSION), "");
            }
            if (type >= EventType.USER_LOGGED_IN.value() && type < EventType.ACTION_RESULT.value()) {
                return new Thing(-1 - of.tenant(), type >= EventType.GROUP_LOGGED_IN.value() ? 1 : 0, of.text(Subject.USER),
                    of.text(Subject.GROUP));
            }
            if (EventType.SOURCE_UP.value() == type || EventType.SOURCE_DOWN.value() == type) {
                return new Thing(of.source(), 0, "", "up or down");
            }
            return new Thing(0, ++unique, "", "");
        }
    }

    /** What an event is the latest of. */
    private record Thing(int whose, long part, String name, String group) {
    }

    /** An event that waits, and how many it stands for. */
    private record Latest(UnsafeBuffer record, long folded) {
        static Latest of(final DirectBuffer buffer, final int record, final long folded) {
            final int length = RecordLayout.length(buffer, record);
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, record, length);
            return new Latest(copy, folded);
        }
    }
}
