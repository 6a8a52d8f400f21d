package io.strowger.bench.subscribe;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Well-behaved subscriptions, of one user each, all polled by one thread: how long each event took from its intended time to the handler.
 */
final class GoodReaders implements AutoCloseable {
    private static final int LIMIT = 256;
    private static final long PAUSE_NS = 20_000;
    private static final long LONGEST_NS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private final Subscription[] subscriptions;
    private final EventHandler[] handlers;
    private final long[] lastSequences;
    private final LongSupplier nanoClock;
    /** Written by the poller; read by others when nothing is under way. */
    private final Histogram waitsNs = new Histogram(LONGEST_NS, DIGITS);
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread = new Thread(this::poll, "good-readers");
    private long takenHere;
    private volatile Throwable fault;
    private volatile boolean isClosed;

    GoodReaders(final Router router, final int users, final LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        subscriptions = new Subscription[users];
        handlers = new EventHandler[users];
        lastSequences = new long[users];
        for (int i = 0; i < users; i++) {
            final int user = i;
            subscriptions[i] = router.subscribe(Filter.ofTenant(UserMessages.TENANT).withUser(UserMessages.name(i)));
            handlers[i] = (buffer, record) -> take(user, RecordLayout.sequence(buffer, record),
                SignalLayout.sourceTime(buffer, RecordLayout.eventOffset(buffer, record)));
        }
        thread.start();
    }

    /** How many events all of them have got. */
    long taken() {
        final Throwable thrown = fault;
        if (null != thrown) {
            throw new IllegalStateException("a good subscription has failed", thrown);
        }
        return taken.get();
    }

    /** The waits since the last {@link #forget}, in nanoseconds. While nothing is under way. */
    Histogram waitsNs() {
        return waitsNs;
    }

    /** Forgets the waits. While nothing is under way. */
    void forget() {
        waitsNs.reset();
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (final Subscription subscription : subscriptions) {
            subscription.close();
        }
    }

    private void poll() {
        try {
            while (!isClosed) {
                final long before = takenHere;
                for (int i = 0; i < subscriptions.length; i++) {
                    if (ReturnCode.NEEDS_CATCH_UP == subscriptions[i].poll(handlers[i], LIMIT)) {
                        subscriptions[i].catchUp(handlers[i], LIMIT);
                    }
                }
                if (before == takenHere) {
                    LockSupport.parkNanos(PAUSE_NS);
                } else {
                    taken.set(takenHere);
                }
            }
        } catch (final RuntimeException thrown) {
            fault = thrown;
        }
    }

    private void take(final int user, final long sequence, final long intendedNs) {
        if (sequence <= lastSequences[user]) {
            throw new IllegalStateException("event " + sequence + " of " + UserMessages.name(user) + " behind " + lastSequences[user]);
        }
        lastSequences[user] = sequence;
        waitsNs.recordValue(Math.max(0, nanoClock.getAsLong() - intendedNs));
        takenHere++;
    }
}
