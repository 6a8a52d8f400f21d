package io.strowger.router.follower;

import io.strowger.codecs.SignalSink;
import io.strowger.router.core.StateVisitor;
import io.strowger.router.dispatch.ItemSource;
import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.replay.CoreFold;
import io.strowger.router.snapshot.Recovery;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.snapshot.SnapshotStore;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

/**
 * Tails a journal and folds it once more, so that the state can be asked for while the router goes on: at its end, or at any place before.
 *
 * <pre>
 *   newest good snapshot ──► own fold ◄── inputs of the journal, one by one
 *                               │
 *                               ├──► {@link #visit}: what there is at {@link #position()}
 *                               └──► {@link #writeSnapshot()}
 * </pre>
 *
 * <p>It begins behind the newest snapshot that is not beyond where it is to stop, and goes only forward. It stands only behind an input
 * with all its derived records. At the end of each block the output chain is held against the journal's.
 *
 * <p>One thread.
 */
public final class Follower implements ItemSource, AutoCloseable {
    private static final int BLOCKS_A_POLL = 64;

    private final Journal journal;
    private final SnapshotStore snapshots;
    private final FoldLimits limits;
    private final CoreFold fold;
    private final BlockWriter out;
    private final RecordCursor records = new RecordCursor();
    private final BlockHandler blockHandler = this::onBlock;
    private final long startedAt;
    private JournalCursor cursor;
    private long until;
    private long position;
    private long journalTimeNs;
    private boolean isStopped;
    private boolean isIndexed;
    /** Within an input: a fold that was thrown out of it stands nowhere. */
    private boolean isFolding;
    private boolean isDifferent;

    private Follower(final Journal journal, final SnapshotStore snapshots, final FoldLimits limits, final Recovery.Start start) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.limits = limits;
        this.fold = (CoreFold)start.fold();
        this.out = start.out();
        this.position = start.replay().position();
        this.startedAt = position;
        this.journalTimeNs = start.replay().journalTimeNs();
    }

    /**
     * A follower that has folded nothing but a snapshot, if there is one that helps.
     *
     * @param journal      to be followed; its limits are the fold's.
     * @param snapshots    of the journal, null for none.
     * @param until        last sequence that it will be asked for, {@link Long#MAX_VALUE} for the end.
     * @param errorHandler told of each snapshot that was passed over.
     */
    public static Follower open(final Journal journal, final SnapshotStore snapshots, final long until, final ErrorHandler errorHandler) {
        return new Follower(journal, snapshots, FoldLimits.of(journal),
            Recovery.intoCores(journal, snapshots, errorHandler).begin(until));
    }

    /**
     * Folds the journal up to a place.
     *
     * @param last     sequence to fold; when a fold can't stand there, it ends before the input that it belongs to. One before
     *                 {@link #position()} does nothing.
     * @param progress told the position from time to time.
     * @throws MissingRecordsException when records up to there are missing.
     * @throws JournalException        when the journal is not what the fold makes of its inputs.
     */
    public void run(final long last, final LongConsumer progress) {
        final long end = Math.min(last, journal.lastSequence());
        if (end <= position) {
            return;
        }
        MissingRecordsException.check(journal, position + 1, end);
        isStopped = false;
        try {
            int count = 1;
            while (count > 0 && !isStopped && position < end) {
                count = read(end, BLOCKS_A_POLL);
                progress.accept(position);
            }
        } finally {
            // a block that it stopped within is to be read again
            close();
        }
    }

    /**
     * Folds what the journal has behind it, a few blocks at most: for a follower that goes on for ever.
     *
     * @param blocks most blocks in this call.
     * @return how many it has folded, 0 at the journal's end.
     * @throws MissingRecordsException when the next records are missing.
     * @throws JournalException        when the journal is not what the fold makes of its inputs.
     */
    public int follow(final int blocks) {
        if (null == cursor) {
            MissingRecordsException.check(journal, position + 1, journal.lastSequence());
        }
        return read(Long.MAX_VALUE, blocks);
    }

    /** Lets go of the journal's files; {@link #run} and {@link #follow} take them again. */
    @Override
    public void close() {
        final JournalCursor last = cursor;
        cursor = null;
        if (null != last) {
            last.close();
        }
    }

    /** Whether it can go on, whatever was thrown: false behind a fault of the fold itself. */
    boolean isIntact() {
        return !isFolding;
    }

    /** Whether its fold has given other records than the journal has. */
    boolean isDifferent() {
        return isDifferent;
    }

    /** Lets go of its memory too, gigabytes where sessions are millions: of no use any more. */
    public void discard() {
        try {
            close();
        } finally {
            fold.close();
        }
    }

    /** Last sequence folded. */
    @Override
    public long position() {
        return position;
    }

    /** Where it began: the sequence of a snapshot, or 0. */
    public long startedAt() {
        return startedAt;
    }

    /** How many records of the journal it has not folded yet. */
    public long lag() {
        return journal.lastSequence() - position;
    }

    /** Journal time at its position, in nanoseconds since 1970. */
    public long journalTimeNs() {
        return journalTimeNs;
    }

    /** Digest of the state at its position. */
    public long digest() {
        return fold.digest();
    }

    /** Walks the state at its position. */
    public void visit(final StateVisitor visitor) {
        fold.visit(visitor);
    }

    /** Keeps from now on which sessions each user has. {@link #userItems} does so the first time it is called. */
    public void indexUsers() {
        if (!isIndexed) {
            fold.indexUsers();
            isIndexed = true;
        }
    }

    @Override
    public boolean items(final int tenant, final SignalSink sink) {
        return fold.items(tenant, position, sink);
    }

    @Override
    public boolean userItems(final int tenant, final DirectBuffer user, final SignalSink sink) {
        indexUsers();
        return fold.userItems(tenant, user, position, sink);
    }

    /**
     * Writes a snapshot of where it stands, which must be the end of a block: so everywhere but where {@link #run} was told to stop.
     *
     * @throws io.strowger.router.snapshot.SnapshotException when it can't be written.
     */
    public void writeSnapshot() {
        snapshots.write(new SnapshotHeader(position, out.chain(), journalTimeNs, limits), fold::write);
    }

    private int read(final long last, final int blocks) {
        until = last;
        isStopped = false;
        if (null == cursor) {
            cursor = journal.openCursor(position + 1);
        }
        return cursor.poll(blockHandler, blocks);
    }

    /** Returns whether the fold goes on behind the block. */
    private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        records.wrap(buffer, offset);
        boolean more = records.next();
        while (more) {
            final int input = records.record();
            long last;
            do {
                last = records.sequence();
                more = records.next();
            } while (more && RecordLayout.DERIVED == RecordLayout.type(buffer, records.record()));
            if (last > until) {
                isStopped = true;
                return false;
            }
            if (last > position) {
                fold(buffer, input, last);
            }
        }
        if (out.chain() != BlockLayout.chain(buffer, offset)) {
            throw difference(position);
        }
        return position < until;
    }

    private void fold(final DirectBuffer buffer, final int record, final long last) {
        isFolding = true;
        journalTimeNs = RecordLayout.journalTime(buffer, record);
        if (RecordLayout.CONTINUE == RecordLayout.type(buffer, record)) {
            fold.payOwed(journalTimeNs);
        } else {
            fold.apply(buffer, record + RecordLayout.SIGNAL_OFFSET, RecordLayout.signalLength(buffer, record), journalTimeNs);
        }
        if (out.sequence() != last) {
            throw difference(last + 1);
        }
        out.reset();
        position = last;
        isFolding = false;
    }

    private JournalException difference(final long before) {
        isDifferent = true;
        return new JournalException("the fold gives other records than the journal has before sequence " + before
            + ": strowger replay names the first difference");
    }
}
