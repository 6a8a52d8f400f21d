package io.strowger.ops.access;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an application makes the server do at present. Any thread.
 */
final class Load {
    private final TokenBucket requests;
    private final TokenBucket actions;
    private final AtomicInteger streams = new AtomicInteger();

    Load(final CredentialLimits limits, final long nowMs) {
        requests = new TokenBucket(limits.requestsPerSecond(), limits.requestsPerSecond(), nowMs);
        actions = new TokenBucket(limits.actionsPerSecond(), limits.actionsPerSecond(), nowMs);
    }

    TokenBucket requests() {
        return requests;
    }

    TokenBucket actions() {
        return actions;
    }

    boolean takeStream(final int most) {
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
