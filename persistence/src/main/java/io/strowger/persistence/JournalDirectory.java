package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Names and listings within a journal's folder.
 */
final class JournalDirectory {
    /** How the name of a cycle file ends. */
    static final String CYCLE_SUFFIX = ".cq4";

    /** Chronicle's own file in a generation. */
    static final String CHRONICLE_METADATA = "metadata.cq4t";

    private static final long READERS_NS = TimeUnit.SECONDS.toNanos(10);

    private final Path root;

    JournalDirectory(final Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path metadata() {
        return root.resolve("journal.properties");
    }

    Path schema() {
        return root.resolve("signals-v1.sbeir");
    }

    /** Blocks that are not in the queue yet, see {@link StagedFile}: of the writer that holds {@link #lockStaged}, else of a dead one. */
    Path staged() {
        return root.resolve("staged");
    }

    Path generation(final int number) {
        return root.resolve("gen-" + number);
    }

    /**
     * The cycle files of a generation that are kept, oldest first: their names are dates of one length.
     */
    static List<Path> cycleFiles(final Path generation) {
        final List<Path> files = allCycleFiles(generation);
        // behind the listing: what is removed meanwhile is gone from both
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null != ledger) {
            files.removeIf(ledger::isRemoved);
        }
        return files;
    }

    /**
     * The cycle files of a generation, also those that are removed and not yet deleted, oldest first.
     */
    static List<Path> allCycleFiles(final Path generation) {
        final List<Path> files;
        try {
            files = FolderListing.of(generation, "*" + CYCLE_SUFFIX);
        } catch (final IOException ex) {
            throw new JournalException(ex.getMessage(), ex);
        }
        files.sort((a, b) -> a.getFileName().compareTo(b.getFileName()));
        return files;
    }

    /**
     * The cycle file behind another.
     *
     * @param current null for the first of all.
     * @return null when there is none yet.
     */
    static Path cycleFileBehind(final Path generation, final Path current) {
        for (final Path file : cycleFiles(generation)) {
            if (null == current || file.getFileName().compareTo(current.getFileName()) > 0) {
                return file;
            }
        }
        return null;
    }

    /**
     * Takes the lock of the one writer. The operating system lets go of it when this process ends, however it ends.
     *
     * @return the lock: closing it gives it back.
     * @throws JournalException when another writer holds it.
     */
    LockFile lock() {
        final LockFile lock;
        try {
            PlacesLock.make(root);
            lock = LockFile.take(root.resolve("LOCK"));
        } catch (final IOException ex) {
            throw new JournalException("can't lock " + root + ": " + ex.getMessage(), ex);
        }
        if (null == lock) {
            throw new JournalException("journal " + root + " is open for writing already; there can be one writer only");
        }
        return lock;
    }

    /**
     * Takes the lock of what is staged, as its writer: once all that a dead one has staged is in the queue. Waits for readers, who have it
     * for the moment in which they read the file.
     *
     * @throws JournalException when readers have had it all the time.
     */
    LockFile lockStaged() {
        try {
            final LockFile lock = LockFile.await(stagedLock(), false, READERS_NS);
            if (null == lock) {
                throw new JournalException("a reader of the journal holds " + stagedLock() + " for too long: it stands still");
            }
            return lock;
        } catch (final IOException ex) {
            throw new JournalException("can't lock " + stagedLock() + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Takes the lock of what is staged, as a reader.
     *
     * @return null when a writer has it, which shows everything itself.
     * @throws IOException when it can't be told.
     */
    LockFile shareStaged() throws IOException {
        return LockFile.share(stagedLock());
    }

    private Path stagedLock() {
        return root.resolve("STAGED");
    }
}
