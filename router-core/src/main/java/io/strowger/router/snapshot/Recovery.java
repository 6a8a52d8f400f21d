package io.strowger.router.snapshot;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.replay.CoreFold;
import io.strowger.router.replay.Fold;
import io.strowger.router.replay.FoldFactory;
import io.strowger.router.replay.Replay;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * Where a fold begins: behind the newest good snapshot of its journal, or before the first record.
 *
 * <pre>
 *   newest snapshot ── of this journal, and whole? ──► its state; the journal goes on behind it
 *        │ no, or it is of records beyond the journal's end: said to the error handler
 *        v
 *   the one before it ── ... ──► an empty fold; the journal goes on from sequence 1
 *                                  │ that was removed
 *                                  v
 *                                  an error that says from where on there is a state
 * </pre>
 *
 * <p>One thread. Allocates.
 */
public final class Recovery {
    private final Journal journal;
    private final FoldLimits limits;
    private final FoldFactory factory;
    private final SnapshotStore snapshots;
    private final ErrorHandler errorHandler;

    /**
     * A recovery over a journal.
     *
     * @param limits       of the fold.
     * @param factory      makes it.
     * @param snapshots    of the journal, null for none.
     * @param errorHandler told of each snapshot that was passed over.
     */
    public Recovery(final Journal journal, final FoldLimits limits, final FoldFactory factory, final SnapshotStore snapshots,
                    final ErrorHandler errorHandler) {
        this.journal = journal;
        this.limits = limits;
        this.factory = factory;
        this.snapshots = snapshots;
        this.errorHandler = errorHandler;
    }

    /**
     * A recovery into cores, made as the one that wrote the journal.
     *
     * @param snapshots    of the journal, null for none.
     * @param errorHandler told of each snapshot that was passed over.
     */
    public static Recovery intoCores(final Journal journal, final SnapshotStore snapshots, final ErrorHandler errorHandler) {
        final FoldLimits limits = FoldLimits.of(journal);
        return new Recovery(journal, limits, (out, seed) -> CoreFold.of(limits, seed, out), snapshots, errorHandler);
    }

    /**
     * Makes a fold that stands as near before a place as there is a snapshot.
     *
     * @param until last sequence that it may stand behind.
     * @throws PositionException when the first record was removed and no good snapshot stands before that place; its first is the one
     *                           that a state can be had at.
     */
    public Start begin(final long until) {
        if (null != snapshots) {
            for (final long sequence : snapshots.sequences()) {
                final Start start = isBeyond(sequence, until) ? null : from(sequence);
                if (null != start) {
                    return start;
                }
            }
        }
        checkBeginning(until);
        return empty();
    }

    /** A snapshot is not written before the journal it is of is on the disk: one beyond the journal's end says what was lost. */
    private boolean isBeyond(final long sequence, final long until) {
        final long last = journal.lastSequence();
        if (sequence > last && until >= last) {
            errorHandler.onError(new SnapshotException("snapshot at " + sequence + " is passed over: the journal ends at " + last
                + ", so the records from " + (last + 1) + " to " + sequence + " were on the disk and are lost; a writer gives their"
                + " sequences out again: see verify, and bring the journal's files back before anything is written"));
        }
        return sequence > Math.min(until, last);
    }

    /**
     * An empty fold needs the first record. A journal whose first records a repair could not save says so itself.
     */
    private void checkBeginning(final long until) {
        final long first = journal.firstSequence();
        final List<SequenceRange> missing = journal.missing();
        if (1 == first || (!missing.isEmpty() && 1 == missing.get(0).first() && first == missing.get(0).last() + 1)) {
            return;
        }
        final long last = journal.lastSequence();
        final long[] sequences = null == snapshots ? new long[0] : snapshots.sequences();
        final long oldest = 0 == sequences.length ? 0 : sequences[sequences.length - 1];
        if (oldest > until) {
            throw new PositionException(until, oldest, last, "the records before " + first + " were removed, so the first state there is "
                + "is that of the snapshot at " + oldest);
        }
        throw new PositionException(1, first, last, "the records before " + first + " were removed, so the state can only be had from a "
            + (null == snapshots ? "snapshot on, and none were given" : "snapshot, and there is no good one"));
    }

    private Start empty() {
        final BlockWriter out = new BlockWriter(limits.blockSize());
        final Fold fold = factory.create(out, journal.hashSeed());
        return new Start(fold, out, new Replay(fold, out));
    }

    private Start from(final long sequence) {
        Start start = null;
        try (Snapshot snapshot = snapshots.open(sequence)) {
            check(journal, limits, sequence, snapshot.header());
            start = empty();
            read(start.fold(), snapshot);
            start.replay().startBehind(sequence, snapshot.header().chain(), snapshot.header().journalTimeNs());
            return start;
        } catch (final SnapshotException fault) {
            if (null != start) {
                start.fold().close();
            }
            errorHandler.onError(new SnapshotException("snapshot at " + sequence + " is passed over: " + fault.getMessage(), fault));
            return null;
        }
    }

    /** Bytes with the right sums may still be no state: where their reading first stumbles over that, is not said. */
    private static void read(final Fold fold, final Snapshot snapshot) {
        try {
            fold.read(snapshot.state());
        } catch (final SnapshotException fault) {
            throw fault;
        } catch (final RuntimeException fault) {
            throw new SnapshotException("its state can't be read: " + fault, fault);
        }
    }

    /**
     * Sees that a fold of a journal can begin with a snapshot.
     *
     * @param limits   of the fold.
     * @param sequence under which it is kept.
     * @throws SnapshotException when it can't.
     */
    public static void check(final Journal journal, final FoldLimits limits, final long sequence, final SnapshotHeader header) {
        if (sequence != header.sequence()) {
            throw new SnapshotException("it is one at " + header.sequence());
        }
        if (!limits.equals(header.limits())) {
            throw new SnapshotException("it was made with other limits: " + header.limits());
        }
        if (header.sequence() + 1 < journal.firstSequence()) {
            throw new SnapshotException("the journal begins at " + journal.firstSequence());
        }
        if (header.sequence() >= journal.firstSequence() && header.chain() != chainBehind(journal, header.sequence())) {
            throw new SnapshotException("it is not of this journal: the output chain is another one");
        }
    }

    private static long chainBehind(final Journal journal, final long sequence) {
        final long[] chain = new long[1];
        try (JournalCursor cursor = journal.openCursor(sequence)) {
            cursor.poll((buffer, offset, length) -> {
                final long last = BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset) - 1;
                chain[0] = last == sequence ? BlockLayout.chain(buffer, offset) : 0;
                return false;
            }, 1);
        } catch (final JournalException fault) {
            throw new SnapshotException("the journal can't be read where it stands: " + fault.getMessage(), fault);
        }
        return chain[0];
    }

    /**
     * A fold at its place, and what brings it further.
     *
     * @param fold   stands where the replay stands.
     * @param out    its block writer.
     * @param replay goes on behind it.
     */
    public record Start(Fold fold, BlockWriter out, Replay replay) {
    }
}
