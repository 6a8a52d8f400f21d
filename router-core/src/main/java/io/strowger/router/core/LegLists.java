package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.util.Arrays;

/**
 * What a source's lists of legs have told: the one that is open, and those whose ends are walked, at most one for each medium.
 *
 * <pre>
 *   begin ──► items are counted ──► end ──► walked, with all that was counted ──► done: source.resynchronised
 *                                            │
 *                                            └─ something was lost meanwhile: the walk goes on, but nothing is as the source says
 * </pre>
 */
final class LegLists {
    /** Counted: sessions listed. */
    static final int LISTED = 0;
    /** Sessions that were not listed and have ended. */
    static final int ENDED = 1;
    /** Sessions that were not known and have begun. */
    static final int INFERRED = 2;
    /** Sessions that were not as listed. */
    static final int CORRECTED = 3;
    /** Sessions listed whose end is known: they stay ended. */
    static final int DISPUTED = 4;

    private static final int COUNTS = 5;
    private static final int MEDIA = 6;

    private final int[][] counts;
    private final int[][] walkCounts;
    private final int[] openMedia;
    private final int[][] walksFrom;
    private final boolean[] isTruth;

    LegLists(final int sources) {
        counts = new int[COUNTS][sources + 1];
        walkCounts = new int[COUNTS][sources + 1];
        openMedia = new int[sources + 1];
        walksFrom = new int[MEDIA][sources + 1];
        for (final int[] from : walksFrom) {
            Arrays.fill(from, Snapshots.NONE);
        }
        isTruth = new boolean[sources + 1];
    }

    /**
     * A list begins.
     *
     * @param media of its legs, {@link Codes#NULL} for all.
     */
    void begin(final int source, final int media) {
        openMedia[source] = media;
        for (final int[] count : counts) {
            count[source] = 0;
        }
    }

    /**
     * The open list ends, and is walked.
     *
     * @param generation in which it began.
     */
    void end(final int source, final int generation) {
        final int media = openMedia[source];
        for (int i = 0; i < MEDIA; i++) {
            if (Codes.NULL == media || i == media) {
                walksFrom[i][source] = generation;
            }
        }
        isTruth[source] |= Codes.NULL == media || Codes.CALL == media;
        for (int i = 0; i < COUNTS; i++) {
            walkCounts[i][source] += counts[i][source];
        }
    }

    /** The walk has been round, or is void. */
    void done(final int source) {
        isTruth[source] = false;
        for (final int[] from : walksFrom) {
            from[source] = Snapshots.NONE;
        }
        for (final int[] count : walkCounts) {
            count[source] = 0;
        }
    }

    /** Generation in which the list of the medium began whose end is walked; {@link Snapshots#NONE} when none is. */
    int walksFrom(final int source, final int media) {
        return walksFrom[media][source];
    }

    /** Whether what is walked tells all the calls that there are: a list of them has ended, and nothing was lost since. */
    boolean isTruth(final int source) {
        return isTruth[source];
    }

    /** Something was or may have been lost: only a list that ends from now on tells what there is. */
    void lost(final int source) {
        isTruth[source] = false;
    }

    /** One more of what the open list leads to. */
    void count(final int source, final int what) {
        counts[what][source]++;
    }

    /** A session has ended because the walked list did not show it. */
    void countEnded(final int source) {
        walkCounts[ENDED][source]++;
    }

    /** What the walked lists have led to. */
    int counted(final int source, final int what) {
        return walkCounts[what][source];
    }

    long hash(final int source, final long seed) {
        long hash = Texts.hash(openMedia[source] | (isTruth[source] ? 1L << 32 : 0), seed);
        for (final int[] from : walksFrom) {
            hash = Texts.hash(from[source], hash);
        }
        for (int i = 0; i < COUNTS; i++) {
            hash = Texts.hash(counts[i][source] | (long)walkCounts[i][source] << 32, hash);
        }
        return hash;
    }

    void write(final StateOutput out, final int source) {
        out.putInt(openMedia[source]);
        out.putByte(isTruth[source] ? 1 : 0);
        for (final int[] from : walksFrom) {
            out.putInt(from[source]);
        }
        for (int i = 0; i < COUNTS; i++) {
            out.putInt(counts[i][source]);
            out.putInt(walkCounts[i][source]);
        }
    }

    void read(final StateInput in, final int source) {
        openMedia[source] = in.getInt();
        isTruth[source] = 0 != in.getByte();
        for (final int[] from : walksFrom) {
            from[source] = in.getInt();
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i][source] = in.getInt();
            walkCounts[i][source] = in.getInt();
        }
    }
}
