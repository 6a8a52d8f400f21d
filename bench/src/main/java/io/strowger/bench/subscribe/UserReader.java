package io.strowger.bench.subscribe;

import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;

/**
 * The poller of a subscription to one user, which remembers how many events came and a hash over their sequences. One thread.
 */
final class UserReader implements AutoCloseable {
    private final int user;
    private final Subscription subscription;
    private final EventHandler handler;
    private long count;
    private long hash;

    UserReader(final int user, final Subscription subscription) {
        this.user = user;
        this.subscription = subscription;
        this.handler = (buffer, record) -> {
            count++;
            hash = UserTally.mix(hash, RecordLayout.sequence(buffer, record));
        };
    }

    /** Takes what there is. Returns how many events. */
    int poll(final int limit) {
        int code = subscription.poll(handler, limit);
        if (ReturnCode.NEEDS_CATCH_UP == code) {
            code = subscription.catchUp(handler, limit);
        }
        if (code < 0) {
            throw new IllegalStateException("the subscription to " + UserMessages.name(user) + " says " + ReturnCode.toString(code));
        }
        return code;
    }

    boolean isLagging() {
        return subscription.isLagging();
    }

    /**
     * Whether it got what its user has.
     *
     * @param tally of a router that stands still.
     * @return false when something is still to come.
     * @throws IllegalStateException when it is not what its user has.
     */
    boolean isComplete(final UserTally tally) {
        if (count < tally.count(user)) {
            return false;
        }
        if (count > tally.count(user) || hash != tally.hash(user)) {
            throw new IllegalStateException(count + " events of " + UserMessages.name(user) + ", which has " + tally.count(user)
                + ": not the same ones");
        }
        return true;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
