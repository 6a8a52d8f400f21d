package io.strowger.router.journal;

import org.agrona.DirectBuffer;

/**
 * Receives the blocks of a journal in order.
 */
@FunctionalInterface
public interface BlockHandler {
    /**
     * Takes one whole block, as laid out in {@link io.strowger.router.record.BlockLayout}. The bytes may change once this returns.
     *
     * @param buffer holds the block.
     * @param offset of its header.
     * @param length of header and records.
     * @return true to go on, false to stop behind this block.
     */
    boolean onBlock(DirectBuffer buffer, int offset, int length);
}
