package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Names and listings within a journal's folder.
 */
final class JournalDirectory {
    /** How the name of a cycle file ends. */
    static final String CYCLE_SUFFIX = ".cq4";

    /** Chronicle's own file in a generation. */
    static final String CHRONICLE_METADATA = "metadata.cq4t";

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
}
