package io.strowger.persistence;

import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The blocks of a generation that are still kept, while retention removes the oldest. A file that goes between being listed and being
 * opened is no fault: it is looked again, and what is asked for is then there or too old.
 *
 * <p>Any thread.
 */
final class KeptBlocks {
    private final Path generation;
    private final Gaps gaps;
    private final StagedBlocks staged;

    /**
     * The blocks in the files, and those behind them.
     *
     * @param staged by a dead writer, behind the files.
     */
    KeptBlocks(final Path generation, final Gaps gaps, final StagedBlocks staged) {
        this.generation = generation;
        this.gaps = gaps;
        this.staged = staged;
    }

    /**
     * First sequence that is kept.
     *
     * @return 1 for an empty journal.
     */
    long firstSequence() {
        return again(() -> {
            final RemovalLedger ledger = RemovalLedger.read(generation);
            return null != ledger ? gaps.next(ledger.first()) : Math.max(1, locator().firstSequence());
        });
    }

    /**
     * Opens a cursor, once the position is known to be in the journal.
     *
     * @param last      sequence in the journal.
     * @param lastBlock last sequence of a block in the files, 0 when there is none.
     */
    JournalCursor openCursor(final long from, final long last, final long lastBlock) {
        return again(() -> open(from, last, lastBlock));
    }

    /**
     * What is said to one whose next record was removed.
     *
     * @return null when it was not.
     */
    PositionException tooOld(final long position) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        return null == ledger || position >= ledger.first() ? null : new PositionException(position, firstSequence(), lastSequence());
    }

    private JournalCursor open(final long from, final long last, final long lastBlock) {
        final long first = firstSequence();
        if (from < first || from > last + 1) {
            throw new PositionException(from, first, last);
        }
        final long present = gaps.next(from);
        if (present != from && from <= last) {
            throw new JournalException("position " + from + " is lost; the journal goes on at " + present);
        }
        return new FileCursor(generation, gaps, 0 == lastBlock ? null : locator().locate(Math.min(from, lastBlock)), from, staged);
    }

    /**
     * Opens a cursor near the end that hands over nothing: it only passes blocks.
     */
    FileCursor openAtEnd() {
        return again(() -> new FileCursor(generation, gaps, locator().lastPlace(), Long.MAX_VALUE, staged));
    }

    private long lastSequence() {
        try (FileCursor end = openAtEnd()) {
            end.poll((buffer, offset, length) -> true, 1);
            return gaps.next(end.expected()) - 1;
        }
    }

    private BlockLocator locator() {
        return new BlockLocator(JournalDirectory.cycleFiles(generation));
    }

    private <T> T again(final Supplier<T> look) {
        while (true) {
            final RemovalLedger before = RemovalLedger.read(generation);
            try {
                return look.get();
            } catch (final JournalException ex) {
                if (!(ex.getCause() instanceof NoSuchFileException) || Objects.equals(before, RemovalLedger.read(generation))) {
                    throw ex;
                }
            } catch (final InternalError ex) {
                throw new JournalException("journal damaged: " + generation + ": " + Disk.NO_PAGE, ex);
            }
        }
    }
}
