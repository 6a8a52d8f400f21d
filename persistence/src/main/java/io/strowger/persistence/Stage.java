package io.strowger.persistence;

import io.strowger.persistence.cycle.MergedBlock;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Short blocks on their way to the queue, where they will be one: in the file they survive the process, in memory they become that one.
 *
 * <p>The writer's thread only. Allocates when it is made; nothing afterwards.
 */
final class Stage implements AutoCloseable {
    /** A longer block gains nothing here, in bytes. */
    static final int MOST_OF_A_BLOCK = 8 * 1024;

    private final StagedFile file;
    private final MergedBlock merged = new MergedBlock(StagedFile.LENGTH);
    private LockFile lock;

    /** A stage on a file whose blocks stay until {@link #begin}, which must come before the first block. */
    Stage(final Path path) {
        file = StagedFile.open(path);
    }

    /**
     * Begins empty.
     *
     * @param newLock of what is staged: held until the close.
     */
    void begin(final LockFile newLock) {
        lock = newLock;
        clear();
    }

    /** Whether a block can be staged behind what is. */
    boolean fits(final int length) {
        return length <= MOST_OF_A_BLOCK && file.fits(length);
    }

    /** Takes a block. */
    void add(final DirectBuffer block, final int offset, final int length) {
        file.add(block, offset, length);
        merged.add(block, offset, length);
    }

    boolean isEmpty() {
        return 0 == merged.length();
    }

    /** Length in bytes of all blocks as one, 0 when there are none. */
    int length() {
        return merged.length();
    }

    /** Makes one of them. It stands there until {@link #clear}. */
    MergedBlock finished() {
        merged.finish();
        return merged;
    }

    /** Forgets them: they are in the queue. */
    void clear() {
        file.clear();
        merged.clear();
    }

    @Override
    public void close() {
        file.close();
        if (null != lock) {
            lock.close();
        }
    }
}
