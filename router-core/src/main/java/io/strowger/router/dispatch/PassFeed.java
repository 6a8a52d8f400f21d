package io.strowger.router.dispatch;

/**
 * A subscription in the catch-up pass: a ring that the pass feeds, and its feed of the core, which takes over at the journal's end. Once it
 * has left the pass, {@link #missedFrom()} says from where the pass brings nothing any more.
 */
final class PassFeed extends SubscriptionFeed {
    private static final int OUT = -1;

    private final SubscriptionFeed core;
    private final long from;
    private boolean isJoinAsked;
    /** Set by the poller. */
    private volatile boolean wantsOut;
    private long missesFrom;
    private int place = OUT;

    /**
     * A feed that no pass knows yet.
     *
     * @param core    the subscription's end at the core.
     * @param from    first sequence that it has not looked at.
     * @param entries as in {@link SubscriptionFeed}.
     */
    PassFeed(final SubscriptionFeed core, final long from, final int entries) {
        super(core.filter(), entries);
        this.core = core;
        this.from = from;
    }

    SubscriptionFeed core() {
        return core;
    }

    /** First sequence that it wants. */
    long from() {
        return from;
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
