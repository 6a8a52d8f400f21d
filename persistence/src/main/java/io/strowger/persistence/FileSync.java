package io.strowger.persistence;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Puts the cycle files of a generation on the disk, and their names, beside the thread that appends to them.
 *
 * <pre>
 *   day 1     day 2      day 3       day 4
 *   synced    synced,    written     newest when
 *             written    since       the sync began
 *             since
 *             └──────── forced ──────────┘         then the folder, if the newest is another than the last time
 * </pre>
 *
 * <p>Files are forced through channels of their own, never through a mapping: what was written to the mapping is in the same page cache.
 * What the appending thread does meanwhile is for the next sync; the newest file is forced again by each, because it may have grown.
 *
 * <p>Any thread, one after the other.
 */
final class FileSync {
    private final Disk disk;
    private final Path generation;
    /** Newest file of the last sync: all before it are on the disk. Null before the first, when nobody knows what is. */
    private Path synced;
    private boolean isNamed;

    /**
     * Nothing is known to be on the disk: what a dead process wrote may not be.
     *
     * @param generation whose files are synced.
     */
    FileSync(final Disk disk, final Path generation) {
        this.disk = disk;
        this.generation = generation;
    }

    /**
     * Brings everything to the disk that was appended before.
     *
     * @param newest cycle file that was written to, null when there is none.
     */
    synchronized void sync(final Path newest) throws IOException {
        if (null != newest && !newest.equals(synced)) {
            forceBefore(newest);
        }
        if (null != newest) {
            disk.force(newest);
        }
        if (!isNamed || !Objects.equals(newest, synced)) {
            disk.forceDirectory(generation);
            isNamed = true;
        }
        synced = newest;
    }

    private void forceBefore(final Path newest) throws IOException {
        for (final Path file : JournalDirectory.cycleFiles(generation)) {
            final boolean isOlder = null != synced && file.getFileName().compareTo(synced.getFileName()) < 0;
            if (!isOlder && file.getFileName().compareTo(newest.getFileName()) < 0) {
                forceIfKept(file);
            }
        }
    }

    /**
     * A file that retention removes meanwhile has nothing to be kept.
     */
    private void forceIfKept(final Path file) throws IOException {
        try {
            disk.force(file);
        } catch (final NoSuchFileException ex) {
            final RemovalLedger ledger = RemovalLedger.read(generation);
            if (null == ledger || !ledger.isRemoved(file)) {
                throw ex;
            }
        }
    }
}
