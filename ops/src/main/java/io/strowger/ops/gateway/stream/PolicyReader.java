package io.strowger.ops.gateway.stream;

import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.ConflatedSubscription;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.StrictSubscription;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;

/**
 * Reads a subscription as its policy says; a status in front of it piece by piece, whatever the policy is. One thread at a time.
 */
final class PolicyReader implements AutoCloseable {
    private static final int COUNTED_A_CALL = 1024;

    private final Subscription subscription;
    private final ConflatedSubscription conflated;
    private final StrictSubscription strict;
    private boolean isStatusPending;

    PolicyReader(final Subscription subscription, final StreamRequest request) {
        this.subscription = subscription;
        this.conflated = StreamPolicy.LATEST == request.policy()
            ? new ConflatedSubscription(subscription, StreamRoom.LATEST_CAPACITY) : null;
        this.strict = StreamPolicy.STRICT == request.policy() ? new StrictSubscription(subscription) : null;
        this.isStatusPending = request.withStatus();
    }

    boolean isStrict() {
        return null != strict;
    }

    /** Whether the status is read, and what comes next comes from the router and not from the journal. */
    boolean isLive() {
        return !isStatusPending && !subscription.isLagging();
    }

    /** The status has been read. */
    void onStatusRead() {
        isStatusPending = false;
    }

    /** How many records the journal has that it has not looked at. */
    long lag() {
        return subscription.lag();
    }

    /** Whether the next read may read files: where the policy looks at the journal by itself, and there is something. */
    boolean mayReadJournal() {
        return !isStatusPending && (null != conflated || null != strict) && (subscription.isLagging() || subscription.lag() > 0);
    }

    /**
     * Reads what comes next.
     *
     * @param latest takes it where only the latest is wanted.
     * @param limit  most, but for the block of the journal with which it is reached.
     * @return how many, or a code of {@link ReturnCode}: where it is {@link ReturnCode#NEEDS_CATCH_UP}, {@link #catchUp} goes on.
     */
    int read(final EventHandler events, final ConflatedHandler latest, final int limit) {
        if (null != conflated && !isStatusPending) {
            return conflated.poll(latest, limit);
        }
        if (null != strict && !isStatusPending) {
            return strict.poll(events, limit);
        }
        final int code = subscription.poll(events, limit);
        return ReturnCode.NEEDS_CATCH_UP == code && isStatusPending ? subscription.catchUp(events, limit) : code;
    }

    /** As above, from the journal. */
    int catchUp(final EventHandler events, final int limit) {
        return subscription.catchUp(events, limit);
    }

    /** How many were not sent, where a strict one was cut off by itself. */
    long unsent() {
        return strict.unsent();
    }

    /** How many a strict one has not read that the journal has at this moment. Reads them. */
    long countUnsent() {
        final long end = subscription.nextSequence() - 1 + subscription.lag();
        final long[] count = new long[1];
        int code = 1;
        while (code > 0 && subscription.nextSequence() <= end) {
            code = strict.poll((buffer, record) -> count[0] += RecordLayout.sequence(buffer, record) <= end ? 1 : 0, COUNTED_A_CALL);
        }
        return count[0] + (ReturnCode.DISCONNECTED == code ? strict.unsent() : 0);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
