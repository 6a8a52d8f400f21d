package io.strowger.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Makes the pages that short blocks will be copied to, by writing zeros to the file ahead of them: a page that is first touched through
 * the mapping costs several times what it costs when a write makes many at once.
 *
 * <pre>
 *     an earlier block | word | open excerpt ............. | next word |                      made
 *   --+----------------+------+----------------+-----------+-----------+---------------+-------|
 *                      |<---- its first page ->|<---------------- zeros, to a whole step ----->|
 * </pre>
 *
 * <p>It is done by the writer's thread while its excerpt is open: whatever the queue has written lies before the excerpt or is its word,
 * and what it will write comes later. So no zero can meet a byte of anybody's. Nothing is written beyond what is mapped: a file is never
 * longer for it. A disk that takes no zeros is asked again a step later; what is wrong with it the block itself will find.
 *
 * <p>The writer's thread only. Allocates when the file is another than before.
 */
final class FreshPages {
    private static final int PAGE = 4096;
    /** What one write makes: more takes longer at a time, less costs more a page. */
    static final int STEP = 64 * 1024;
    /** Behind a block: the end of its padding, what the queue clears behind it, and the word of the next. */
    private static final int BEHIND = 64;

    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);
    private final CycleChannel channel;
    private long made;

    /**
     * For one file after the other.
     *
     * @param channel to write through.
     */
    FreshPages(final CycleChannel channel) {
        this.channel = channel;
    }

    /** Where what is made ends, in the file; 0 when nothing is. */
    long made() {
        return made;
    }

    /** Another file, of which nothing is made. */
    void onFile() {
        made = 0;
    }

    /**
     * Makes what a block will touch.
     *
     * @param file     cycle file.
     * @param position in it of the block's first byte, in the excerpt that is open.
     * @param length   of the block.
     * @param mapped   end of what is mapped, in the file.
     */
    void prepare(final Path file, final long position, final int length, final long mapped) {
        final long needed = position + length + BEHIND;
        if (needed <= made) {
            return;
        }
        final long from = Math.max(made, alignUp(position, PAGE));
        final long to = Math.min(alignUp(needed, STEP), mapped);
        made = to;
        try {
            for (long at = from; at < to; at += STEP) {
                channel.write(file, zeros.limit((int)Math.min(STEP, to - at)).position(0), at);
            }
        } catch (final IOException ex) {
            // only time is lost: whether the block's own bytes are taken is looked at
        }
    }

    private static long alignUp(final long value, final int unit) {
        return (value + unit - 1) & -unit;
    }
}
