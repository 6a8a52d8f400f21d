package io.strowger.router.dispatch;

import io.strowger.router.status.ReturnCode;

/**
 * A subscription for who would rather be cut off than be late: once it is live and then falls behind, it is disconnected, and says exactly
 * how many events it has not sent.
 *
 * <p>One thread.
 */
public final class StrictSubscription implements AutoCloseable {
    private final Subscription subscription;
    private boolean wasLive;
    private boolean isDisconnected;
    private long cutAt;
    private long unsent;

    /**
     * A subscription that is connected.
     *
     * @param subscription is this one's from now on, and closed with it.
     */
    public StrictSubscription(final Subscription subscription) {
        this.subscription = subscription;
        this.wasLive = !subscription.isLagging();
    }

    /**
     * Takes the next events; before it is live for the first time, from the journal.
     *
     * @param handler takes each; what it throws comes out of this call.
     * @param limit   most events in this call, from 1, but for the block of the journal with which it is reached.
     * @return how many were taken; {@link ReturnCode#DISCONNECTED} when it has fallen behind, from then on, see {@link #unsent()}; or
     *     {@link ReturnCode#CLOSED}.
     * @throws io.strowger.router.journal.PositionException when the journal no longer has what comes next.
     * @throws StatusException when it is to begin with a status that can't be given.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException when the handler calls it.
     */
    public int poll(final EventHandler handler, final int limit) {
        Delivery.check(limit);
        if (isDisconnected) {
            return ReturnCode.DISCONNECTED;
        }
        int code = subscription.poll(handler, limit);
        if (wasLive && subscription.isLagging()) {
            if (code > 0 || ReturnCode.CLOSED == code) {
                return code;
            }
            return disconnect();
        }
        if (ReturnCode.NEEDS_CATCH_UP == code) {
            code = subscription.catchUp(handler, limit);
        }
        wasLive |= !subscription.isLagging();
        return code;
    }

    /** How many events that it asked for were not sent, up to the journal's end at the moment it was cut off. */
    public long unsent() {
        return unsent;
    }

    /** First sequence that was not looked at: where another subscription can go on. */
    public long cutFrom() {
        return cutAt;
    }

    /** Closes what it stands on. On the polling thread, also from within the handler, which is then called no more. */
    @Override
    public void close() {
        subscription.close();
    }

    private int disconnect() {
        cutAt = subscription.nextSequence();
        try {
            unsent = subscription.countUnsent();
        } finally {
            subscription.close();
        }
        isDisconnected = true;
        return ReturnCode.DISCONNECTED;
    }
}
