package io.strowger.ops.wire.source;

import io.strowger.router.source.SourceGrant;
import java.util.concurrent.atomic.AtomicLong;

/** What a source has done so far, for any thread to read. The port's loop alone writes. */
final class SourceStatus {
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong signals = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong rejects = new AtomicLong();
    private volatile Standing standing = new Standing(SourceState.AWAITED, System.currentTimeMillis(), null);

    /**
     * It has come to a state.
     *
     * @param failure why it is not live; null for nothing.
     */
    void to(final SourceState state, final String failure) {
        final Standing before = standing;
        standing = new Standing(state, before.state() == state ? before.sinceMs() : System.currentTimeMillis(), failure);
    }

    void opened() {
        add(connections, 1);
        to(SourceState.OPENING, standing.failure());
    }

    void signal() {
        add(signals, 1);
    }

    void duplicate() {
        add(duplicates, 1);
    }

    void rejected(final int count) {
        add(rejects, count);
    }

    SourceHealth health(final SourceGrant grant) {
        final Standing now = standing;
        return new SourceHealth(grant.name(), grant.tenant(), now.state(), now.sinceMs(), now.failure(), connections.get(), signals.get(),
            duplicates.get(), rejects.get());
    }

    /** One thread writes: no need for more. */
    private static void add(final AtomicLong counter, final int count) {
        counter.lazySet(counter.get() + count);
    }

    private record Standing(SourceState state, long sinceMs, String failure) {
    }
}
