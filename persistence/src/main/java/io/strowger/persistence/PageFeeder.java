package io.strowger.persistence;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/**
 * Takes the page faults of the journal's fresh pages off the writer thread.
 *
 * <pre>
 *    mapping of a chunk
 *   +----------------+--------------------------+- - - - - - - - - +
 *   | written        | fed: pages there, zero   |                  |
 *   +----------------+--------------------------+- - - - - - - - - +
 *                    ^ position                 ^ at most so far ahead
 * </pre>
 *
 * <p>A fault on a fresh page of a sparse file costs microseconds, and tens of milliseconds where the device reads far ahead. So the
 * mapping is told that reading ahead is of no use (MADV_RANDOM), and a thread has the kernel make pages ahead of the writer
 * (MADV_POPULATE_WRITE, Linux 5.14; elsewhere nothing happens, and the writer has its faults as ever). Only pages are made, no byte is
 * changed: it can't harm what the writer does at the same time, and a full disk is an error code here. It begins once a mapping has taken
 * {@value #MIN_WRITTEN} bytes: a journal of a few records costs no more disk than it needs. An idle feeder sleeps.
 *
 * <p>One thread writes and closes; the feeder has its own.
 */
final class PageFeeder implements AutoCloseable {
    /** Bytes made in one call. */
    static final long STEP = 2L << 20;

    /** Written into a mapping before it is fed. */
    static final long MIN_WRITTEN = 4L << 20;

    private static final int MADV_POPULATE_WRITE = 23;
    private static final long PAGE = 4096;

    private final PosixAPI posix = PosixAPI.posix();
    private final long ahead;
    private final Thread thread = new Thread(this::run, "strowger-journal-pages");
    private Mapping mapping;
    private volatile Mapping published;
    private final AtomicLong fedBytes = new AtomicLong();
    private volatile boolean isClosed;

    /**
     * A feeder that sleeps.
     *
     * @param ahead bytes to be ahead of the writer; space that the journal takes before it needs it.
     */
    PageFeeder(final long ahead) {
        this.ahead = ahead;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The writer will write here next. Writer thread; allocates when the mapping is another than before.
     *
     * @param start    address of the mapping.
     * @param end      address behind it.
     * @param position address of the next write.
     */
    void onWrite(final long start, final long end, final long position) {
        if (null == mapping || mapping.start != start || mapping.end != end) {
            mapping = new Mapping(start, end, position);
        }
        if (position - mapping.first >= MIN_WRITTEN && position - mapping.wokenAt >= STEP) {
            mapping.position = position;
            mapping.wokenAt = position;
            published = mapping;
            LockSupport.unpark(thread);
        }
    }

    /**
     * Bytes fed so far. Any thread.
     */
    long fedBytes() {
        return fedBytes.get();
    }

    /**
     * Ends the thread, before the mapping is gone. Repeated calls do nothing.
     */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException ex) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Mapping own = null;
        long fed = 0;
        while (!isClosed) {
            final Mapping current = published;
            if (current != own) {
                own = current;
                fed = Math.min(own.end, (own.position & -PAGE) + STEP);
                // refused: then it stays as it was
                posix.madvise(own.start, own.end - own.start, MAdviseFlag.MADV_RANDOM.value());
            }
            if (null == own || fed >= Math.min(own.end, own.position + ahead)) {
                LockSupport.park(this);
            } else {
                fed = feed(own, Math.max(fed, own.position & -PAGE));
            }
        }
    }

    /** Returns how far the mapping is fed now; all of it when the kernel can't, or has no room. */
    private long feed(final Mapping own, final long from) {
        final long length = Math.min(STEP, own.end - from) & -PAGE;
        if (0 == length || 0 != posix.madvise(from, length, MADV_POPULATE_WRITE)) {
            return own.end;
        }
        fedBytes.addAndGet(length);
        return from + length;
    }

    /** A mapped chunk, and where its writer is. */
    private static final class Mapping {
        private final long start;
        private final long end;
        private final long first;
        private long wokenAt;
        private volatile long position;

        Mapping(final long start, final long end, final long position) {
            this.start = start;
            this.end = end;
            this.first = position;
            this.wokenAt = position;
            this.position = position;
        }
    }
}
