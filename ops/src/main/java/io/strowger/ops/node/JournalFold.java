package io.strowger.ops.node;

import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.core.StateVisitor;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * A follower with a fold of its own: the state at a position, while the router goes on. One thread.
 *
 * <p>A fold stands only behind an input with all its derived records, which always lie in one block.
 */
public final class JournalFold {
    private static final int BLOCKS_A_POLL = 64;

    private final BlockWriter out;
    private final RecordCursor records = new RecordCursor();
    private final Core core;
    private final Journal journal;
    private long position;
    private long journalTimeNs;

    /**
     * An empty fold, made as the one that wrote the journal.
     *
     * @param journal to be folded.
     */
    public JournalFold(final Journal journal) {
        final FoldLimits limits = FoldLimits.of(journal);
        this.journal = journal;
        out = new BlockWriter(limits.blockSize());
        core = new Core(new CoreSettings(limits.sessions(), limits.users(), limits.groups(), limits.sources(), journal.hashSeed()), out);
    }

    /**
     * Folds the journal from its start.
     *
     * @param until    last sequence to fold; when a fold can't stand there, it ends before the input that it belongs to.
     * @param progress told the position from time to time.
     * @throws MissingRecordsException when records up to there are missing.
     */
    public void run(final long until, final LongConsumer progress) {
        MissingRecordsException.check(journal, until);
        if (0 == until) {
            return;
        }
        final boolean[] end = new boolean[1];
        try (JournalCursor blocks = journal.openCursor(1)) {
            int count;
            do {
                count = blocks.poll((buffer, offset, length) -> {
                    end[0] = !onBlock(buffer, offset, until);
                    return !end[0];
                }, BLOCKS_A_POLL);
                progress.accept(position);
            } while (count > 0 && !end[0]);
        }
    }

    /** Last sequence folded. */
    public long position() {
        return position;
    }

    /** Journal time there, in nanoseconds since 1970. */
    public long journalTimeNs() {
        return journalTimeNs;
    }

    /** Walks the state there. */
    public void visit(final StateVisitor visitor) {
        core.visit(visitor);
    }

    /** Returns whether the fold goes on behind the block. */
    private boolean onBlock(final DirectBuffer buffer, final int offset, final long until) {
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
                return false;
            }
            fold(buffer, input, last);
        }
        return position < until;
    }

    private void fold(final DirectBuffer buffer, final int record, final long last) {
        journalTimeNs = RecordLayout.journalTime(buffer, record);
        if (RecordLayout.CONTINUE == RecordLayout.type(buffer, record)) {
            core.payOwed(journalTimeNs);
        } else {
            core.apply(buffer, record + RecordLayout.SIGNAL_OFFSET, RecordLayout.signalLength(buffer, record), journalTimeNs);
        }
        if (out.sequence() != last) {
            throw new JournalException("the fold gives other records than the journal has before sequence " + (last + 1)
                + ": strowger replay names the first difference");
        }
        out.reset();
        position = last;
    }
}
