package io.strowger.router.pipeline;

import io.strowger.router.replay.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the journal has the signals of the sources that ask for acknowledgements: shown by the core thread behind each append, read by
 * any thread.
 *
 * <p>The core thread writes, and a connection's thread adds and removes its source; only sources that are asked for cost anything.
 */
public final class SourceProgress {
    /** No signal of the source is in the journal. */
    public static final long NONE = -1;

    private static final SourceWatch[] NOBODY = new SourceWatch[0];

    private final AtomicReference<SourceWatch[]> watched = new AtomicReference<>(NOBODY);
    private final AtomicLongArray sequences;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Nobody asks yet.
     *
     * @param sources most sources.
     */
    SourceProgress(final int sources) {
        sequences = new AtomicLongArray(sources + 1);
        for (int source = 0; source <= sources; source++) {
            sequences.setPlain(source, NONE);
        }
    }

    /**
     * From now on the progress of a source is shown.
     *
     * @param last source sequence that the journal has, {@link #NONE} for none.
     * @return what the fold refuses of the source from now on; {@link #forget} it in the end.
     */
    public SourceWatch watch(final int source, final long last) {
        sequences.accumulateAndGet(source, last, Math::max);
        final SourceWatch watch = new SourceWatch(source);
        watched.updateAndGet(before -> {
            final SourceWatch[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = watch;
            return after;
        });
        return watch;
    }

    /** Most sources, and so the greatest number of one. */
    public int capacity() {
        return sequences.length() - 1;
    }

    /** A number for a connection, that no other has had since the router was launched. */
    public int nextConnection() {
        return connections.incrementAndGet();
    }

    /** One that asked for its source does no longer. */
    public void forget(final SourceWatch watch) {
        watched.updateAndGet(before -> {
            final List<SourceWatch> after = new ArrayList<>(List.of(before));
            after.remove(watch);
            return after.toArray(NOBODY);
        });
    }

    /**
     * Last source sequence of a watched source whose signal is in the journal.
     *
     * @return {@link #NONE} when there is none.
     */
    public long last(final int source) {
        return sequences.getAcquire(source);
    }

    /** The fold refused a signal: those who watch its source hear of it before it is acknowledged. Core thread. */
    void refuse(final int source, final int reason, final long sequence) {
        for (final SourceWatch watch : watched.getAcquire()) {
            if (source == watch.source()) {
                watch.refuse(reason, sequence);
            }
        }
    }

    /** Shows how far the journal has come. Core thread, behind an append. */
    void publish(final Fold fold) {
        for (final SourceWatch watch : watched.getAcquire()) {
            final long last = fold.lastSourceSequence(watch.source());
            if (last > sequences.getPlain(watch.source())) {
                sequences.setRelease(watch.source(), last);
            }
        }
    }
}
