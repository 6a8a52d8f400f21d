package io.strowger.bench.growth;

import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Subscriptions of one user each, polled in turn by one thread that rests between its rounds, or by the caller where there is only one.
 */
final class UserSubscriptions implements AutoCloseable {
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int A_POLL = 64;

    private final List<Subscription> all = new ArrayList<>();
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final Thread poller = new Thread(this::pollAll, "pollers");
    private final EventHandler handler =
        (buffer, record) -> this.lastSequence = Math.max(this.lastSequence, RecordLayout.sequence(buffer, record));
    private final boolean hasThread;
    private long lastSequence;
    private volatile boolean isClosed;

    /**
     * Subscribes to the first users and begins to poll.
     *
     * @param count of users.
     */
    UserSubscriptions(final Router router, final int count) {
        this(router, count, true);
    }

    /**
     * Subscribes to the first users.
     *
     * @param hasThread whether a thread of their own polls them; else {@link #pollOnce} does.
     */
    UserSubscriptions(final Router router, final int count, final boolean hasThread) {
        this.hasThread = hasThread;
        for (int number = 0; number < count; number++) {
            all.add(router.subscribe(Filter.ofTenant(GrowthCalls.TENANT).withUser(GrowthCalls.userName(number))));
        }
        if (hasThread) {
            poller.start();
        }
    }

    /** Waits until so many events were delivered to all of them together. */
    void await(final long expected) {
        while (deliveries.get() < expected) {
            if (null != fault.get()) {
                throw new IllegalStateException("the pollers have failed", fault.get());
            }
            if (hasThread) {
                LockSupport.parkNanos(REST_NS);
            } else {
                pollOnce();
            }
        }
    }

    /** Polls each once. On one thread. */
    void pollOnce() {
        int work = 0;
        for (final Subscription subscription : all) {
            work += poll(subscription);
        }
        deliveries.addAndGet(work);
    }

    private void pollAll() {
        try {
            while (!isClosed) {
                pollOnce();
                LockSupport.parkNanos(REST_NS);
            }
        } catch (final RuntimeException | Error thrown) {
            fault.set(thrown);
        }
    }

    private int poll(final Subscription subscription) {
        final int count = subscription.poll(handler, A_POLL);
        return Math.max(0, ReturnCode.NEEDS_CATCH_UP == count ? subscription.catchUp(handler, A_POLL) : count);
    }

    @Override
    public void close() {
        isClosed = true;
        boolean wasInterrupted = false;
        while (poller.isAlive()) {
            LockSupport.parkNanos(REST_NS);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(Subscription::close);
    }
}
