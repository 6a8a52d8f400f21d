package io.strowger.persistence.cycle;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteOrder;

/**
 * Finds the next whole block behind a damaged place.
 *
 * <p>A signal may carry bytes that look like a block. So a find must stand behind a frame word of its own length, have a good checksum and
 * good records, and a first sequence that the bytes passed over leave room for.
 */
public final class BlockSearch {
    private static final int STEP = 4;
    private static final int LEAST = Frame.WORD_LENGTH + BlockLayout.HEADER_LENGTH;

    private final BlockCheck check = new BlockCheck();
    private final long slack;

    /**
     * A search.
     *
     * @param slack sequences that may be missing beside those in the bytes passed over.
     */
    public BlockSearch(final long slack) {
        this.slack = slack;
    }

    /**
     * Whether a file holds any good block, whatever its sequence: one without a head that does was not left unfinished, it is damaged.
     */
    public static boolean holdsAny(final CycleFile file) {
        return new BlockSearch(Long.MAX_VALUE / 2).find(file, 0, 1) >= 0;
    }

    /**
     * Looks for a block.
     *
     * @param from     first place a frame's word may stand, a multiple of 4.
     * @param expected sequence that should have come.
     * @return the place of the word of the first good block at or behind from; -1 when there is none.
     */
    public long find(final CycleFile file, final long from, final long expected) {
        final long size = file.size();
        for (long at = from; at + LEAST <= size; at += STEP) {
            if (!file.covers(at, LEAST)) {
                return -1;
            }
            final int magic = file.buffer().getInt(file.offset(at) + Frame.WORD_LENGTH, ByteOrder.LITTLE_ENDIAN);
            if (BlockLayout.MAGIC == magic && isBlock(file, at, from, expected)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isBlock(final CycleFile file, final long at, final long from, final long expected) {
        final int word = file.word(at);
        final int length = Frame.length(word);
        if (!Frame.isBlock(word) || !file.covers(at, Frame.WORD_LENGTH + length)) {
            return false;
        }
        if (null != check.check(file, file.offset(at) + Frame.WORD_LENGTH, length) || null != check.checkRecords(0, false)) {
            return false;
        }
        final long first = BlockLayout.firstSequence(check.copy(), 0);
        // the bytes passed over may have been packed
        final long room = (at - from) / Deltas.LEAST_RECORD + 1 + slack;
        return first >= expected && first - expected <= room;
    }
}
