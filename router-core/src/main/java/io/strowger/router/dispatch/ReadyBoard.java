package io.strowger.router.dispatch;

import org.agrona.BufferUtil;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells who polls many subscriptions which of them have got something: he looks through one row of words, and not at each subscription.
 *
 * <pre>
 *   place       0        1        2
 *             +--------+--------+--------+----
 *             | marks  | marks  | marks  |        i64 each: the core thread adds one when it has fed the place's subscription, or feeds it
 *             +--------+--------+--------+----    no more
 * </pre>
 *
 * <p>A mark comes behind what it tells of, and is seen before that is polled; the first comes when the core has heard that there is
 * somebody to tell, for all that was fed before: so nothing is missed, and one mark may tell of much. Only what comes live is marked: a
 * subscription that {@link Subscription#isLagging() lags} is polled until it does not. The core's thread marks, one other does everything
 * else.
 */
public final class ReadyBoard {
    /** What a subscription has for which there is no place. */
    public static final int NO_PLACE = -1;

    private static final int ALIGNMENT = 128;

    private final AtomicBuffer marks;
    /** The marks as the poller has seen them. */
    private final long[] seen;
    private final IntArrayList free = new IntArrayList();
    /** Places from here on were never taken. */
    private int end;

    /**
     * A board without subscriptions.
     *
     * @param places for so many at a time.
     */
    public ReadyBoard(final int places) {
        this.marks = new UnsafeBuffer(BufferUtil.allocateDirectAligned(places * Long.BYTES, ALIGNMENT));
        this.seen = new long[places];
    }

    /**
     * Watches a subscription from now on; its first mark comes by itself.
     *
     * @return its place; or {@link #NO_PLACE}, when all are taken, or the core can't be told now.
     */
    public int watch(final Subscription subscription) {
        final int place = free.isEmpty() ? unused() : free.popInt();
        if (NO_PLACE == place) {
            return NO_PLACE;
        }
        seen[place] = marks.getLongAcquire(place * Long.BYTES);
        if (!subscription.markOn(new Mark(marks, place))) {
            forget(place);
            return NO_PLACE;
        }
        return place;
    }

    /** Gives a place back, of a subscription that is closed. Another may be told of a mark that was meant for it, no more. */
    public void forget(final int place) {
        free.addInt(place);
    }

    /**
     * Finds the next place that has got a mark since this was asked last.
     *
     * @param from place to begin at.
     * @return the place, or {@link #NO_PLACE} when there is none from there on.
     */
    public int nextReady(final int from) {
        for (int place = from; place < end; place++) {
            final long mark = marks.getLongAcquire(place * Long.BYTES);
            if (mark != seen[place]) {
                seen[place] = mark;
                return place;
            }
        }
        return NO_PLACE;
    }

    /** Places that are taken. */
    public int size() {
        return end - free.size();
    }

    private int unused() {
        return end < seen.length ? end++ : NO_PLACE;
    }

    /** The place of one feed. Core thread. */
    static final class Mark {
        private final AtomicBuffer marks;
        private final int offset;

        Mark(final AtomicBuffer marks, final int place) {
            this.marks = marks;
            this.offset = place * Long.BYTES;
        }

        /** Tells of what was put into the feed. The core thread alone writes, so it may read what it wrote. */
        void add() {
            marks.putLongRelease(offset, marks.getLong(offset) + 1);
        }
    }
}
