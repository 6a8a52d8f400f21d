package io.strowger.router.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Keeps a copy of every block that goes to the journal behind it.
 */
final class RecordingJournal implements Journal {
    private final Journal journal;
    private final List<byte[]> blocks;

    RecordingJournal(final Journal journal, final List<byte[]> blocks) {
        this.journal = journal;
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
        return journal.append(block, offset, length);
    }

    @Override
    public long firstSequence() {
        return journal.firstSequence();
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long lastChain() {
        return journal.lastChain();
    }

    @Override
    public long hashSeed() {
        return journal.hashSeed();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        return journal.openCursor(fromSequence);
    }

    @Override
    public void sync() {
        journal.sync();
    }

    @Override
    public void close() {
        journal.close();
    }
}
