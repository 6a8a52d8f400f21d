package io.strowger.persistence.tail;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Disk;
import io.strowger.persistence.LockFile;
import io.strowger.persistence.PlacesLock;
import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Reads a journal record by record, live or cold, beside its writer in any process, and remembers under a name how far it got.
 *
 * <p>At least once: after any death the records behind the last {@link #commit} come again. The first open puts the cursor on the disk, so
 * that is so from the start on. One tail at a time has a name; any number of names tail one journal.
 *
 * <p>Each block is checked before its records are handed over: checksum, dense records, output chain. They are handed over from a copy, so
 * that nothing done to the file meanwhile reaches a handler or the position. Sequences that a repair has recorded
 * as lost are passed over, which shows as a jump. A journal that a repair has moved is followed there.
 *
 * <p>One thread at a time. Polling allocates nothing for a record; it may when it looks for new files, at the journal's end and where a
 * file or a mapping of it ends.
 */
public final class JournalTail implements AutoCloseable {
    /** Looks for a repair at one of these many idle polls: that reads a file, and a tail that keeps up is idle between any two blocks. */
    private static final int GENERATION_INTERVAL = 64;

    private final Path directory;
    private final CursorFile file;
    private final LockFile lock;
    private final RecordCursor records = new RecordCursor();
    private final TailRecord record = new TailRecord();
    private final BlockHandler blockHandler = this::onBlock;
    /** Null before the first poll and behind a fault: it is opened at the position. */
    private JournalCursor blocks;
    private int generation;
    private int idlePolls;
    /** Whether the record at hand is still to be handed over. */
    private boolean isPending;
    private long position;
    private NamedCursor committed;
    /** The block at hand. */
    private long block;
    private int blockCrc;
    /** The block with the last record that was handed over. */
    private long doneBlock;
    private int doneBlockCrc;
    /** Within a call that hands over. */
    private boolean isInside;
    private boolean isClosed;

    private JournalTail(final Path directory, final CursorFile file, final LockFile lock) {
        this.directory = directory;
        this.file = file;
        this.lock = lock;
    }

    /**
     * Goes on where the cursor of this name stands, or begins with the first record that is kept when there is none.
     *
     * @see #open(Path, String, TailStart)
     */
    public static JournalTail open(final Path directory, final String cursor) {
        return open(directory, cursor, TailStart.beginning());
    }

    /**
     * Goes on where the cursor of this name stands.
     *
     * @param directory of the journal.
     * @param cursor    its name: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, no dot first.
     * @param start     where to begin when there is no such cursor yet.
     * @throws io.strowger.router.journal.PositionException when the position is too old (it tells the first that is kept)
     *     or beyond the end (it tells the next).
     * @throws CursorException  when another tail has the cursor, its file is damaged, or the journal is not the one that was read with it.
     * @throws JournalException when there is no journal, or it is damaged at this place.
     */
    public static JournalTail open(final Path directory, final String cursor, final TailStart start) {
        return open(directory, new CursorFile(directory, cursor), start, false);
    }

    /**
     * Begins at a place whatever the cursor of this name says, and puts it there: to read again, or to go on behind a typed error.
     *
     * @throws io.strowger.router.journal.PositionException when the journal does not have the place; the cursor is then as it was.
     * @throws CursorException  when another tail has the cursor.
     * @throws JournalException when there is no journal, or it is damaged at this place.
     */
    public static JournalTail restart(final Path directory, final String cursor, final TailStart start) {
        return open(directory, new CursorFile(directory, cursor), start, true);
    }

    /**
     * Hands over the next records, as far as they are there. Never waits.
     *
     * @param handler takes each; what it throws comes out of this call, and the record is the next again. It may close the tail, and is
     *                then called no more.
     * @param limit   most records in this call, from 1.
     * @return how many were handed over; 0 at the journal's end, where later ones will still come.
     * @throws io.strowger.router.journal.PositionException when the next record was removed before it was read.
     * @throws JournalException when the journal is damaged at this place; a later poll goes on once it is repaired. Also when the tail is
     *     closed.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException when the handler calls it.
     */
    public int poll(final TailHandler handler, final int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1: " + limit);
        }
        if (isClosed) {
            throw new JournalException("the tail is closed");
        }
        if (isInside) {
            throw new IllegalStateException("a tail can't be polled from within its own handler");
        }
        isInside = true;
        try {
            return handOver(handler, limit);
        } finally {
            isInside = false;
            if (isClosed) {
                // not before: the handler may look at the record
                release();
            }
        }
    }

    private int handOver(final TailHandler handler, final int limit) {
        int count = 0;
        while (count < limit && !isClosed && isNextAtHand()) {
            final long sequence = records.sequence();
            handler.onRecord(record);
            isPending = false;
            position = sequence + 1;
            doneBlock = block;
            doneBlockCrc = blockCrc;
            count++;
        }
        return count;
    }

    /**
     * Remembers that every record handed over so far is done. When this returns that survives the machine; it costs a write to the disk,
     * so it is for once a batch.
     *
     * <p>Within a handler it speaks of the records before the one at hand.
     *
     * @throws JournalException when it can't be written: the last commit stands, and the next one tries again.
     */
    public void commit() {
        if (isClosed) {
            throw new JournalException("the tail is closed");
        }
        if (position != committed.position()) {
            keep();
        }
    }

    /** Sequence of the next record, should there be no gap. */
    public long position() {
        return position;
    }

    /** What {@link #position} was at the last commit. */
    public long committedPosition() {
        return committed.position();
    }

    /**
     * Closes the journal's files and gives the name free; from within the handler, behind it. What was not committed comes again. Repeated
     * calls do nothing.
     */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            if (!isInside) {
                release();
            }
        }
    }

    private void release() {
        isPending = false;
        closeBlocks();
        lock.close();
    }

    private static JournalTail open(final Path directory, final CursorFile file, final TailStart start, final boolean isRestart) {
        if (!ChronicleJournal.exists(directory)) {
            throw new JournalException("no journal at " + directory);
        }
        final JournalTail tail = new JournalTail(directory, file, file.lock());
        try {
            tail.begin(isRestart ? null : file.read(), start);
        } catch (final RuntimeException | Error ex) {
            tail.close();
            throw ex;
        }
        return tail;
    }

    private void begin(final NamedCursor cursor, final TailStart start) {
        committed = cursor;
        if (null == cursor) {
            beginAt(start);
        } else {
            position = cursor.position();
            doneBlock = cursor.block();
            doneBlockCrc = cursor.blockCrc();
            openBlocks();
        }
    }

    /** Until the cursor is on the disk retention does not know of it: it may not run between the look and that. */
    private void beginAt(final TailStart start) {
        final LockFile places = PlacesLock.toBegin(directory);
        try {
            try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
                position = start.in(journal);
            }
            openBlocks();
            keep();
        } finally {
            places.close();
        }
    }

    private void keep() {
        final NamedCursor next = new NamedCursor(file.name(), position, doneBlock, doneBlockCrc, System.currentTimeMillis());
        file.write(next);
        committed = next;
    }

    private boolean isNextAtHand() {
        while (!isPending) {
            if (records.next()) {
                isPending = records.sequence() >= position;
                record.wrap(records.buffer(), records.record());
            } else if (!isNextBlockAtHand()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Goes to the next block. What fails is tried once more on the files as they are now: an interrupt has closed them, a repair has moved
     * them, or it must be told that what is next was removed.
     */
    private boolean isNextBlockAtHand() {
        // kept for the caller: it would close the files
        boolean isInterrupted = Thread.interrupted();
        boolean isFresh = false;
        try {
            while (true) {
                try {
                    if (null == blocks) {
                        isFresh = true;
                        openBlocks();
                    }
                    if (blocks.poll(blockHandler, 1) > 0) {
                        return true;
                    }
                    if (!isMoved()) {
                        return false;
                    }
                    closeBlocks();
                } catch (final JournalException | InternalError ex) {
                    closeBlocks();
                    final boolean isInterruptedNow = Thread.interrupted();
                    isInterrupted |= isInterruptedNow;
                    if (isFresh && !isInterruptedNow) {
                        throw fault(ex);
                    }
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A page of a mapping that the file does not have any more is told as an InternalError, and that anywhere behind its reading. */
    private JournalException fault(final Throwable ex) {
        return ex instanceof JournalException told ? told
            : new JournalException("journal damaged: " + directory + ", expected sequence " + position + ": " + Disk.NO_PAGE, ex);
    }

    private boolean isMoved() {
        return 0 == (idlePolls++ & (GENERATION_INTERVAL - 1)) && generation != ChronicleJournal.generation(directory);
    }

    private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        records.wrap(buffer, offset);
        block = BlockLayout.firstSequence(buffer, offset);
        blockCrc = BlockLayout.crc(buffer, offset);
        return true;
    }

    private void openBlocks() {
        generation = ChronicleJournal.generation(directory);
        try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
            blocks = journal.openCursor(present(journal, position));
            if (doneBlock >= journal.firstSequence() && doneBlock == present(journal, doneBlock) && !isDoneIn(journal)) {
                throw new CursorException(file.name(), CursorException.Reason.OTHER_JOURNAL, "stands at " + position
                    + " in another journal, or in one that lost its end and went on: "
                    + "sequence " + doneBlock + " is not what was read there");
            }
        }
    }

    /**
     * Whether the block with the last record that is done still stands where it was read.
     */
    private boolean isDoneIn(final Journal journal) {
        try (JournalCursor cursor = journal.openCursor(doneBlock)) {
            final boolean[] isSame = new boolean[1];
            cursor.poll((buffer, offset, length) -> {
                isSame[0] = doneBlock == BlockLayout.firstSequence(buffer, offset) && doneBlockCrc == BlockLayout.crc(buffer, offset);
                return false;
            }, 1);
            return isSame[0];
        } catch (final PositionException ex) {
            // it was removed just now: nothing speaks against it
            return true;
        }
    }

    /**
     * The sequence itself, or the one behind those that are lost with it.
     */
    private static long present(final Journal journal, final long sequence) {
        for (final SequenceRange range : journal.missing()) {
            if (range.first() <= sequence && sequence <= range.last()) {
                return range.last() + 1;
            }
        }
        return sequence;
    }

    private void closeBlocks() {
        if (null != blocks) {
            blocks.close();
            blocks = null;
        }
    }
}
