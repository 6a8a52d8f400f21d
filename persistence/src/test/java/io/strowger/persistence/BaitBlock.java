package io.strowger.persistence;

import io.strowger.router.journal.Journal;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes blocks whose signals carry the bytes of another whole block, at each alignment.
 */
final class BaitBlock {
    private final UnsafeBuffer signal;
    private final BlockWriter writer = new BlockWriter(4096);

    BaitBlock(final byte[] bait) {
        signal = new UnsafeBuffer(new byte[bait.length + 16]);
        signal.putBytes(4, bait);
    }

    void append(final Journal journal, final int blocks) {
        for (int i = 0; i < blocks; i++) {
            writer.reset();
            writer.beginInput(signal, 0, signal.capacity(), Blocks.START_NS);
            writer.endInput(Outcome.NO_CHANGE);
            writer.beginInput(signal, 4, signal.capacity() - 4, Blocks.START_NS);
            writer.endInput(Outcome.NO_CHANGE);
            journal.append(writer.buffer(), 0, writer.finish());
        }
    }
}
