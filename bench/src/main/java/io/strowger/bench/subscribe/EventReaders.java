package io.strowger.bench.subscribe;

import io.strowger.bench.load.Traffic;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Subscriptions to all events of the tenant, all polled by one thread, and a connection for each.
 */
final class EventReaders implements AutoCloseable {
    private static final int LIMIT = 256;
    private static final long PAUSE_NS = 20_000;

    private final List<EventReader> readers = new ArrayList<>();
    private final Thread thread = new Thread(this::poll, "event-readers");
    private volatile boolean isOverTcp;
    /** Written by the poller behind each of its turns, which makes everything else of the readers visible too. */
    private volatile long leastCount;
    private volatile Throwable fault;
    private volatile boolean isClosed;

    /**
     * Subscribes to what comes from now on, and begins to poll.
     *
     * @param count of subscriptions.
     * @param drain to which each is connected.
     */
    EventReaders(final Router router, final int count, final TcpDrain drain) {
        for (int i = 0; i < count; i++) {
            readers.add(new EventReader(router.subscribe(Filter.ofTenant(Traffic.TENANT)), drain.connect()));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** How events are delivered from now on. While none is under way. */
    void deliver(final boolean overTcp) {
        isOverTcp = overTcp;
    }

    /**
     * How many events the one has got that has got the fewest.
     *
     * @throws IllegalStateException when the poller has failed.
     */
    long leastCount() {
        final Throwable thrown = fault;
        if (null != thrown) {
            throw new IllegalStateException("the subscriptions have failed", thrown);
        }
        return leastCount;
    }

    /** Bytes that were put into all connections. Behind {@link #leastCount}, while no event is under way. */
    long sentBytes() {
        return readers.stream().mapToLong(EventReader::sentBytes).sum();
    }

    /**
     * Sees that each has got as many events as there are, and those. Behind {@link #leastCount}, while no event is under way.
     *
     * @throws IllegalStateException when one has not.
     */
    void check(final long count, final long sum) {
        for (final EventReader reader : readers) {
            if (reader.count() != count || reader.sum() != sum || 0 == reader.seen() + reader.sentBytes()) {
                throw new IllegalStateException("a subscription has got " + reader.count() + " of " + count + " events, or others");
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readers.forEach(EventReader::close);
    }

    private void poll() {
        try {
            while (!isClosed) {
                final boolean overTcp = isOverTcp;
                int taken = 0;
                long least = Long.MAX_VALUE;
                for (final EventReader reader : readers) {
                    taken += reader.poll(overTcp, LIMIT);
                    least = Math.min(least, reader.count());
                }
                leastCount = least;
                if (0 == taken) {
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        } catch (final RuntimeException | Error thrown) {
            fault = thrown;
        }
    }
}
