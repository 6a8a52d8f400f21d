package io.strowger.router.pipeline;

import io.strowger.router.journal.Durability;
import io.strowger.router.replay.Fold;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How far the journal has the signals of the sources that ask for acknowledgements: shown by the core thread behind each append, read by
 * any thread.
 *
 * <pre>
 *   core thread             durability thread                               connections
 *   append ──► accepted ──► noted ── end read, journal synced ──► durable ──► acknowledged
 * </pre>
 *
 * <p>Where an acknowledgement promises no more than accepted, what is accepted is acknowledged. What is noted before the end is read lies
 * before that end, so it is on the disk when the end is.
 *
 * <p>The core thread writes, the durability thread behind it, and a connection's thread adds and removes its source; only sources that are
 * asked for cost anything.
 */
public final class SourceProgress {
    /** No signal of the source is in the journal. */
    public static final long NONE = -1;

    private static final int[] NOBODY = new int[0];

    private final AtomicReference<int[]> watched = new AtomicReference<>(NOBODY);
    private final AtomicLongArray sequences;
    /** Those of what is on the disk; the same array where acknowledgements do not promise it. */
    private final AtomicLongArray acknowledged;
    /** The durability thread's: the sources it noted, and what it noted of each. */
    private final long[] noted;
    private int[] notedSources = NOBODY;
    private final PublishedEnd durableEnd;
    private final Durability level;
    /** By number of the source; one that never asked has none. */
    private final AtomicReferenceArray<SourceWatch> watches;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Nobody asks yet.
     *
     * @param sources    most sources.
     * @param level      what an acknowledgement promises.
     * @param durableEnd last sequence on the disk.
     */
    SourceProgress(final int sources, final Durability level, final PublishedEnd durableEnd) {
        this.level = level;
        this.durableEnd = durableEnd;
        sequences = none(sources);
        acknowledged = Durability.DURABLE == level ? none(sources) : sequences;
        noted = Durability.DURABLE == level ? new long[sources + 1] : null;
        watches = new AtomicReferenceArray<>(sources + 1);
    }

    /**
     * From now on the progress of a source is shown, until {@link #forget}.
     *
     * @return what the fold refuses of the source, with what earlier connections could not tell it.
     */
    public SourceWatch watch(final int source) {
        if (null == watches.getAcquire(source)) {
            // made only by the first connections of a source: it holds memory outside the heap
            watches.compareAndSet(source, null, new SourceWatch());
        }
        watched.updateAndGet(before -> {
            final int[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = source;
            return after;
        });
        return watches.get(source);
    }

    /** Most sources, and so the greatest number of one. */
    public int capacity() {
        return sequences.length() - 1;
    }

    /** A number for a connection, that no other has had since the router was launched. */
    public int nextConnection() {
        return connections.incrementAndGet();
    }

    /** One that asked for the source does no longer. */
    public void forget(final int source) {
        watched.updateAndGet(before -> {
            int at = 0;
            while (at < before.length && source != before[at]) {
                at++;
            }
            if (at == before.length) {
                return before;
            }
            final int[] after = new int[before.length - 1];
            System.arraycopy(before, 0, after, 0, at);
            System.arraycopy(before, at + 1, after, at, before.length - at - 1);
            return after;
        });
    }

    /** What an acknowledgement promises. */
    public Durability level() {
        return level;
    }

    /** Whether the journal up to a sequence is as safe as an acknowledgement promises. */
    public boolean isSafe(final long sequence) {
        return Durability.ACCEPTED == level || sequence <= durableEnd.sequence();
    }

    /**
     * Last source sequence of a watched source that may be acknowledged: its signal is as safe as that promises.
     *
     * @return {@link #NONE} when there is none.
     */
    public long last(final int source) {
        return acknowledged.getAcquire(source);
    }

    /** Notes how far the journal has come, before its end is read. Durability thread. */
    void note() {
        notedSources = watched.getAcquire();
        for (final int source : notedSources) {
            noted[source] = sequences.getAcquire(source);
        }
    }

    /** What was noted is on the disk. Durability thread. Returns of how many sources that is news. */
    int publishNoted() {
        int count = 0;
        for (final int source : notedSources) {
            if (noted[source] > acknowledged.getPlain(source)) {
                acknowledged.setRelease(source, noted[source]);
                count++;
            }
        }
        return count;
    }

    /** The fold refused a signal, and the journal has it: its source hears of it before it is acknowledged. Core thread. */
    void refuse(final int source, final int reason, final long sequence) {
        final SourceWatch watch = source > 0 && source < watches.length() ? watches.getAcquire(source) : null;
        if (null != watch) {
            watch.refuse(reason, sequence);
        }
    }

    /** Shows how far the journal has come. Core thread, behind an append. */
    void publish(final Fold fold) {
        for (final int source : watched.getAcquire()) {
            final long last = fold.lastSourceSequence(source);
            if (last > sequences.getPlain(source)) {
                sequences.setRelease(source, last);
            }
        }
    }

    private static AtomicLongArray none(final int sources) {
        final AtomicLongArray sequences = new AtomicLongArray(sources + 1);
        for (int source = 0; source <= sources; source++) {
            sequences.setPlain(source, NONE);
        }
        return sequences;
    }
}
