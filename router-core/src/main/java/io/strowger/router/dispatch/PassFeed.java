package io.strowger.router.dispatch;

import org.agrona.concurrent.AtomicBuffer;

/**
 * A subscription in the catch-up pass: a ring that the pass feeds, and its feed of the core, which takes over at the journal's end. Once it
 * has left the pass, {@link #missedFrom()} says from where the pass brings nothing any more.
 */
final class PassFeed extends SubscriptionFeed {
    private static final int OUT = -1;

    /** Most events that wait in the ring: laggards may be many, and who wants much is better off alone. A power of two, less one. */
    private static final int MOST_ENTRIES = 511;

    /** Turns that a pass waits for it in one go; between two of them its thread spins, yields or sleeps. */
    private static final int PATIENCE = 64;

    /** So many of them are forgotten at each half of the window: about one sleep of the pass, in which any poller comes along. */
    private static final int GIVEN_BACK = 40;

    private final SubscriptionFeed core;
    private long from;
    private boolean isJoinAsked;
    /** Set by the poller. */
    private volatile boolean wantsOut;
    private long missesFrom;
    private int place = OUT;
    private int turnsWaited;
    private long half;
    private boolean wasFedInHalf;

    /**
     * A feed that no pass knows yet.
     *
     * @param core   the subscription's end at the core.
     * @param from   first sequence that it has not looked at.
     * @param memory of {@link #allocate}, which nobody feeds any more.
     */
    PassFeed(final SubscriptionFeed core, final long from, final AtomicBuffer memory) {
        super(core.filter(), memory);
        this.core = core;
        this.from = from;
    }

    /**
     * Memory for a feed, and for the next one when it has left the pass.
     *
     * @param coreEntries of the core's feed: the ring here is no longer.
     */
    static AtomicBuffer allocate(final int coreEntries) {
        return newMemory(Math.min(coreEntries, MOST_ENTRIES));
    }

    SubscriptionFeed core() {
        return core;
    }

    /** First sequence that it wants. */
    long from() {
        return from;
    }

    /** First sequence that it still wants of a pass at this position. */
    long wants(final long position) {
        return Math.max(position, from);
    }

    /** It has had everything below this position of a pass that goes back. */
    void hasHadUpTo(final long position) {
        from = wants(position);
    }

    /** Whether the core has been asked to feed it. */
    boolean isJoinAsked() {
        return isJoinAsked;
    }

    void isJoinAsked(final boolean value) {
        isJoinAsked = value;
    }

    /** Whether the core owes an answer. */
    boolean isJoinOwed() {
        return isJoinAsked && 0 == core.joinedAt();
    }

    /** Whether the pass feeds it. */
    boolean isIn() {
        return OUT != place;
    }

    /** Its place among those in the pass. */
    int place() {
        return place;
    }

    void place(final int value) {
        place = value;
    }

    /** The pass is to wait a turn for it. Returns false when it has waited too long. */
    boolean waitOnce() {
        return ++turnsWaited <= PATIENCE;
    }

    /** The pass begins another half of its window: what is in the ring now lies in the other one. */
    void markHalf() {
        final long end = ring().producerPosition();
        wasFedInHalf = end != half;
        half = end;
        turnsWaited = Math.max(0, turnsWaited - GIVEN_BACK);
    }

    /** Whether anything of it came between the last two marks. */
    boolean wasFedInHalf() {
        return wasFedInHalf;
    }

    /** Whether it has taken what lay before the last mark. */
    boolean hasTakenHalf() {
        return ring().consumerPosition() >= half;
    }

    /** The poller can't use its ring any more. Poller's thread. */
    void wantOut() {
        wantsOut = true;
    }

    /** Whether it is of no use to feed it. */
    boolean wantsOut() {
        return wantsOut || core.isAbandoned();
    }

    /** It is out, and misses everything from here on. */
    void out(final long sequence) {
        place = OUT;
        missesFrom = sequence;
    }

    /** Says to its poller that it is out: the last word of the pass. */
    void leave() {
        leave(missesFrom);
    }
}
