package io.strowger.router.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Keeps a copy of every block that goes to the journal behind it.
 */
final class RecordingJournal extends ForwardingJournal {
    private final List<byte[]> blocks;

    RecordingJournal(final Journal journal, final List<byte[]> blocks) {
        super(journal);
        this.blocks = blocks;
    }

    static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return copy;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        blocks.add(bytes(block, offset, length));
        return super.append(block, offset, length);
    }
}
