package io.strowger.bench.subscribe;

import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.status.ReturnCode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Three subscribers of everything, as bad as they come.
 *
 * <pre>
 *   stopped   takes its first events, and never polls again; nobody closes it
 *   slow      begins at the journal's first record, and asks for one event a second
 *   dying     each second another one subscribes on a thread of its own, and the handler ends that thread within a poll; nobody closes it
 * </pre>
 *
 * <p>All but the dying are turned by one thread that sleeps nearly always.
 */
final class BadReaders implements AutoCloseable {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PAUSE_NS = 20_000_000L;
    private static final int FEW = 100;

    private final Router router;
    private final Filter everything = Filter.ofTenant(UserMessages.TENANT);
    private final AtomicInteger deaths = new AtomicInteger();
    private final Thread thread = new Thread(this::turn, "bad-readers");
    private volatile boolean isClosed;

    BadReaders(final Router router) {
        this.router = router;
        thread.start();
    }

    /** How many have died. */
    int deaths() {
        return deaths.get();
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        final Subscription stopped = router.subscribe(everything);
        final Subscription slow = router.subscribe(everything, 1);
        long nextNs = System.nanoTime();
        while (!isClosed) {
            if (0 == stopped.deliveries()) {
                stopped.poll((buffer, record) -> { }, FEW);
            }
            if (System.nanoTime() >= nextNs) {
                nextNs += SECOND_NS;
                takeOne(slow);
                die();
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        // it holds a file of the journal, which is no fault of its pace
        slow.close();
    }

    private static void takeOne(final Subscription slow) {
        if (ReturnCode.NEEDS_CATCH_UP == slow.poll((buffer, record) -> { }, 1)) {
            slow.catchUp((buffer, record) -> { }, 1);
        }
    }

    private void die() {
        final Thread dying = new Thread(() -> {
            final Subscription subscription = router.subscribe(everything);
            while (!isClosed) {
                subscription.poll((buffer, record) -> {
                    throw new IllegalStateException("dies");
                }, FEW);
                LockSupport.parkNanos(PAUSE_NS);
            }
        }, "dying-reader");
        dying.setUncaughtExceptionHandler((ended, thrown) -> deaths.incrementAndGet());
        dying.start();
    }
}
