package io.strowger.router;

import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Polls a subscription that may have fallen behind, and remembers what it got.
 */
final class LaggingReader {
    private final List<Long> got = new ArrayList<>();
    private final EventHandler take = (buffer, record) -> got.add(RecordLayout.sequence(buffer, record));
    private final Subscription subscription;
    private boolean wasAlone;

    LaggingReader(final Subscription subscription) {
        this.subscription = subscription;
    }

    int poll() {
        return poll(100);
    }

    int poll(final int limit) {
        final int code = subscription.poll(take, limit);
        wasAlone |= ReturnCode.NEEDS_CATCH_UP == code;
        return ReturnCode.NEEDS_CATCH_UP == code ? subscription.catchUp(take, limit) : code;
    }

    /** The sequences, in the order in which they came. */
    List<Long> got() {
        return got;
    }

    /** Whether it ever read the journal itself. */
    boolean wasAlone() {
        return wasAlone;
    }

    boolean isLagging() {
        return subscription.isLagging();
    }
}
