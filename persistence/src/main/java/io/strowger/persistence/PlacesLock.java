package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The lock between who begins to need a place of a journal and who removes places: each looks where the other is and acts on that, so only
 * one of them may at a time.
 *
 * <pre>
 *   a new cursor   ├── where does the journal begin? ── the cursor is on the disk ──┤
 *   retention                                     waits                             ├── which cursors are there? ── the ledger ──┤
 * </pre>
 *
 * <p>It lies in {@code DIR/PLACES}, made by every writer, so that a tail that may only read the journal's folder can take it.
 */
public final class PlacesLock {
    private static final String FILE_NAME = "PLACES";
    private static final long TIMEOUT_NS = TimeUnit.MINUTES.toNanos(1);

    private PlacesLock() {
    }

    /**
     * Taken while a cursor begins: nothing is removed until it is closed. Waits.
     *
     * @param directory of the journal.
     * @throws JournalException when something is being removed for more than a minute.
     */
    public static LockFile toBegin(final Path directory) {
        return take(directory, true);
    }

    /**
     * Taken while places are removed: no cursor begins until it is closed. Waits.
     *
     * @param directory of the journal.
     * @throws JournalException when a cursor has been beginning for more than a minute.
     */
    public static LockFile toRemove(final Path directory) {
        return take(directory, false);
    }

    /** Makes the file, where it is not there. Never opens one that is there: to close that would give back a lock of this process. */
    static void make(final Path directory) throws IOException {
        try {
            Files.createFile(directory.resolve(FILE_NAME));
        } catch (final FileAlreadyExistsException there) {
            // as it should be
        }
    }

    private static LockFile take(final Path directory, final boolean isShared) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            make(directory);
            final LockFile lock = LockFile.await(file, isShared, TIMEOUT_NS);
            if (null == lock) {
                throw new JournalException("retention, or a cursor that begins, has held " + file + " for too long");
            }
            return lock;
        } catch (final IOException ex) {
            throw new JournalException("can't lock " + file + ": " + ex.getMessage(), ex);
        }
    }
}
