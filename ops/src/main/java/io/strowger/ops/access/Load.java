package io.strowger.ops.access;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an application makes the server do at present, whatever its limits are meanwhile. Any thread.
 */
final class Load {
    private final TokenBucket requests;
    private final TokenBucket actions;
    private final AtomicInteger streams = new AtomicInteger();

    Load(final CredentialLimits limits, final long nowMs) {
        requests = new TokenBucket(limits.requestsPerSecond(), nowMs);
        actions = new TokenBucket(limits.actionsPerSecond(), nowMs);
    }

    boolean takeRequest(final CredentialLimits limits, final long nowMs) {
        return requests.take(limits.requestsPerSecond(), nowMs);
    }

    boolean takeAction(final CredentialLimits limits, final long nowMs) {
        return actions.take(limits.actionsPerSecond(), nowMs);
    }

    boolean takeStream(final CredentialLimits limits) {
        final int most = limits.streams();
        int before = streams.get();
        while (before < most && !streams.compareAndSet(before, before + 1)) {
            before = streams.get();
        }
        return before < most;
    }

    void giveStreamBack() {
        streams.decrementAndGet();
    }

    /** Streams that are open. */
    int streams() {
        return streams.get();
    }
}
