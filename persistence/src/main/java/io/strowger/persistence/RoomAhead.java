package io.strowger.persistence;

import java.nio.file.Path;
import net.openhft.posix.PosixAPI;

/**
 * Has the disk give the cycle file its room before it is written to, so that nobody else can take it in between: neither a page of the
 * mapping nor a write then finds a disk full that has said yes.
 *
 * <pre>
 *   0                     end of what is written     reach asked for        given
 *   |--- blocks, heads, index arrays ---|-- block, index arrays --|-- step --|   holes
 *   |------------------- the disk has given all of this -------------------- |
 * </pre>
 *
 * <p>Where the file system or the platform gives no room ahead (fallocate), nothing is done, and what keeps the disk from being full is
 * {@link SpaceGuard} alone. The writer's thread only, or before it begins and after it has ended. A reach that is there costs a comparison;
 * allocates when the file is another than before.
 */
final class RoomAhead implements AutoCloseable {
    /** Linux: the file gets no longer by it. */
    private static final int KEEP_SIZE = 1;
    /** Linux: the room is given back. */
    private static final int PUNCH_HOLE = 2;
    private static final int WRITE_ONLY = 1;
    private static final int NO_SPACE = 28;
    private static final int OVER_QUOTA = 122;
    private static final int NONE = -1;

    private final long step;
    private boolean isHad = true;
    private int file = NONE;
    private long given;

    /**
     * No file yet.
     *
     * @param step bytes to ask for at a time, beyond what is needed.
     */
    RoomAhead(final long step) {
        this.step = step;
    }

    /**
     * Goes on to another file, of which nothing is known to be given.
     *
     * @param used bytes of the file before that will ever be used: it gives back the rest.
     */
    void onFile(final Path next, final long used) {
        if (isHad && NONE != file && given > used) {
            call(KEEP_SIZE | PUNCH_HOLE, used, given - used);
        }
        close();
        try {
            file = isHad ? PosixAPI.posix().open(next.toString(), WRITE_ONLY, 0) : NONE;
        } catch (final RuntimeException | LinkageError ex) {
            isHad = false;
        }
        isHad &= file >= 0;
    }

    /**
     * Whether the file has its room from its first byte on to another.
     *
     * @return false when the disk is full; true also when room can't be had ahead here.
     */
    boolean reaches(final long end) {
        return end <= given || !isHad || NONE == file || reach(end + step) || reach(end) || !isHad;
    }

    /**
     * Gives a small file all its room.
     */
    static void fill(final Path path) {
        try (RoomAhead room = new RoomAhead(0)) {
            room.onFile(path, 0);
            // when there is none, nothing is lost that was there before
            final boolean isGiven = room.reaches(path.toFile().length());
            assert isGiven || room.isHad;
        }
    }

    private boolean reach(final long end) {
        final boolean isGiven = call(KEEP_SIZE, given, end - given);
        if (isGiven) {
            given = end;
        }
        return isGiven;
    }

    private boolean call(final int mode, final long from, final long length) {
        try {
            if (0 == PosixAPI.posix().fallocate(file, mode, from, length)) {
                return true;
            }
            final int error = PosixAPI.posix().lastError();
            isHad = NO_SPACE == error || OVER_QUOTA == error;
        } catch (final RuntimeException | LinkageError ex) {
            isHad = false;
        }
        return false;
    }

    /** Gives the file back, and nothing of its room. */
    @Override
    public void close() {
        if (file >= 0) {
            final int closed = PosixAPI.posix().close(file);
            assert 0 == closed;
        }
        file = NONE;
        given = 0;
    }
}
