package io.strowger.bench.growth;

import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Reads the whole status of the tenant again and again, on a thread of its own, until it is closed; sees that each is whole.
 *
 * <p>It copies every item, as who sends it to somebody must, at the pace of a line or as fast as it can, and sleeps while it waits.
 */
final class StatusReader implements EventHandler, AutoCloseable {
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NS_PER_SECOND = 1e9;
    private static final int A_READ = 256;
    private static final int LONGEST_ITEM = 16 * 1024;

    /** No line: as fast as it can. */
    static final long FLAT_OUT = Long.MAX_VALUE;

    private final Router router;
    private final int sessions;
    private final long bytesPerSecond;
    private final byte[] copy = new byte[LONGEST_ITEM];
    private final AtomicLong items = new AtomicLong();
    private final Thread thread = new Thread(this::run, "status reader");
    private long bytes;
    private volatile boolean isClosed;
    private volatile Throwable fault;

    /**
     * Begins to read.
     *
     * @param sessions       that are open, but for a call that is just turned over.
     * @param bytesPerSecond that the line takes, or {@link #FLAT_OUT}.
     */
    StatusReader(final Router router, final int sessions, final long bytesPerSecond) {
        this.router = router;
        this.sessions = sessions;
        this.bytesPerSecond = bytesPerSecond;
        thread.start();
    }

    /** How many items were read so far. */
    long items() {
        return items.get();
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        throw new IllegalStateException("a status has items only");
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
        buffer.getBytes(item, copy, 0, length);
        bytes += length;
    }

    private void run() {
        try {
            while (!isClosed) {
                readOne();
            }
        } catch (final RuntimeException | Error thrown) {
            fault = thrown;
        }
    }

    private void readOne() {
        try (StatusReport report = router.ask(Filter.ofTenant(GrowthCalls.TENANT))) {
            while (!report.isReady() && !isClosed) {
                LockSupport.parkNanos(LOOK_AGAIN_NS);
            }
            final long startNs = System.nanoTime();
            bytes = 0;
            long read = 0;
            int count = A_READ;
            while (A_READ == count && !isClosed) {
                count = report.read(this, A_READ);
                items.addAndGet(count);
                read += count;
                awaitLine(startNs);
            }
            if (!isClosed && read < sessions - 2) {
                throw new IllegalStateException("a status of " + read + " items, there are " + sessions + " sessions");
            }
        }
    }

    private void awaitLine(final long startNs) {
        final double dueNs = bytes * NS_PER_SECOND / bytesPerSecond;
        while (System.nanoTime() - startNs < dueNs && !isClosed) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** Waits until it ends, when it has to stop by itself. */
    void awaitEnd() {
        while (thread.isAlive()) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /**
     * Ends it.
     *
     * @throws IllegalStateException when it had to stop earlier.
     */
    @Override
    public void close() {
        isClosed = true;
        awaitEnd();
        if (null != fault) {
            throw new IllegalStateException("the status could not be read", fault);
        }
    }
}
