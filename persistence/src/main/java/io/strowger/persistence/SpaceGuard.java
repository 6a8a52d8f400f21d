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
 * much as the journal between two looks. An allowance is good for {@value #MAX_AGE_MS} ms: where little is appended, what was free at the
 * last look says nothing. Against who fills the disk within that time stands {@link RoomAhead}. The journal's writer thread only; allocates
 * nothing.
 */
final class SpaceGuard {
    /** How long what was seen of the disk holds, in milliseconds. */
    static final long MAX_AGE_MS = 100;

    private static final long MAX_ALLOWANCE = 16L << 20;
    private static final long MAX_AGE_NS = MAX_AGE_MS * 1_000_000;

    private final Disk disk;
    private final File directory;
    private final long reserve;
    private long allowance;
    private long lookedNs;

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
        final long nowNs = disk.nanoTime();
        if (length > allowance || nowNs - lookedNs >= MAX_AGE_NS) {
            lookedNs = nowNs;
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

    /** Lets what was seen of the disk hold no longer. */
    void forget() {
        allowance = 0;
    }
}
