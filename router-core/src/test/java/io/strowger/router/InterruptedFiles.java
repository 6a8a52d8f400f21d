package io.strowger.router;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal whose cursors an interrupt closes for good, as it closes the files of one on a disk.
 */
final class InterruptedFiles extends ForwardingJournal {
    private final List<Cursor> cursors = new ArrayList<>();
    private boolean isInterruptDue;

    InterruptedFiles(final Journal journal) {
        super(journal);
    }

    /** Interrupts the thread that reads next, while it reads. */
    void interruptNextRead() {
        isInterruptDue = true;
    }

    /** Lets those that are open fail from now on. */
    void closeOpenCursors() {
        cursors.forEach(cursor -> cursor.isBroken = true);
    }

    int openCursors() {
        return cursors.size();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        if (Thread.currentThread().isInterrupted()) {
            throw new JournalException("its length is not known");
        }
        final Cursor cursor = new Cursor(super.openCursor(fromSequence));
        cursors.add(cursor);
        return cursor;
    }

    /** One that may be closed from beneath. */
    private final class Cursor implements JournalCursor {
        private final JournalCursor cursor;
        private boolean isBroken;

        Cursor(final JournalCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public int poll(final BlockHandler handler, final int blockLimit) {
            int count = 0;
            int last = 1;
            while (last > 0 && count < blockLimit) {
                if (isInterruptDue) {
                    isInterruptDue = false;
                    Thread.currentThread().interrupt();
                }
                isBroken |= Thread.currentThread().isInterrupted();
                if (isBroken) {
                    throw new JournalException("its length is not known");
                }
                final boolean[] goesOn = new boolean[1];
                last = cursor.poll((buffer, offset, length) -> goesOn[0] = handler.onBlock(buffer, offset, length), 1);
                count += last;
                last = goesOn[0] ? last : 0;
            }
            return count;
        }

        @Override
        public void close() {
            cursors.remove(this);
            cursor.close();
        }
    }
}
