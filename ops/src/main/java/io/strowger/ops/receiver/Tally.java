package io.strowger.ops.receiver;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted of a source. The receiver's loop writes; any thread reads. */
final class Tally {
    private final AtomicLong heardMs = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile int phones;
    private volatile String failure;

    void heard() {
        heardMs.lazySet(System.currentTimeMillis());
        requests.lazySet(requests.get() + 1);
    }

    void refused() {
        refused.lazySet(refused.get() + 1);
    }

    void repeated() {
        repeats.lazySet(repeats.get() + 1);
    }

    void lost() {
        lost.lazySet(lost.get() + 1);
    }

    void phones(final int count) {
        phones = count;
    }

    /** Why the router does not take it; null when it does. */
    void failure(final String why) {
        failure = why;
    }

    String failure() {
        return failure;
    }

    ReceiverHealth health(final ReceivedSource source) {
        return new ReceiverHealth(source.name(), source.tenant(), source.dialect(), heardMs.get(), requests.get(), refused.get(),
            repeats.get(), lost.get(), phones, failure);
    }
}
