package io.strowger.persistence;

import java.io.File;
import java.nio.file.Path;

/**
 * Sees to it that the disk is never written full. The journal's files are mapped and sparse: a page that the disk has no room for ends the
 * process, or is lost in silence, wherever the page happens to be touched. So some room is left alone, and the journal takes nothing more
 * in time, until there is room again.
 *
 * <pre>
 *   usable bytes   |&lt;----- reserve -----&gt;|&lt;- allowance -&gt;| ...
 *                   index pages, heads,     appended before
 *                   what others write       the next look
 * </pre>
 *
 * <p>The disk is looked at once an allowance, which is never more than the reserve, or than the one block it is for: so others may take as
 * much as the journal between two looks. The journal's writer thread only; allocates nothing.
 */
final class SpaceGuard {
    private static final long MAX_ALLOWANCE = 16L << 20;

    private final Disk disk;
    private final File directory;
    private final long reserve;
    private long allowance;

    /**
     * A guard that has not looked yet.
     *
     * @param directory of the journal's files.
     * @param reserve   bytes to be left alone.
     */
    SpaceGuard(final Disk disk, final Path directory, final long reserve) {
        this.disk = disk;
        this.directory = directory.toFile();
        this.reserve = reserve;
    }

    /**
     * Whether so many bytes more may be appended now.
     */
    boolean hasRoom(final int length) {
        if (length > allowance) {
            final long free = disk.usableBytes(directory) - reserve;
            if (length > free) {
                allowance = 0;
                return false;
            }
            allowance = Math.max(length, Math.min(free, Math.min(MAX_ALLOWANCE, reserve)));
        }
        allowance -= length;
        return true;
    }
}
