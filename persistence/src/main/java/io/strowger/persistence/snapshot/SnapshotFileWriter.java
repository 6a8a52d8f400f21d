package io.strowger.persistence.snapshot;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a snapshot's file from start to end. One thread.
 */
final class SnapshotFileWriter implements StateOutput.ChunkHandler {
    private final FileChannel channel;
    private final SnapshotFormat format = new SnapshotFormat();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SnapshotFormat.CHUNK_HEADER_LENGTH + SnapshotFormat.MAX_CHUNK_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int crc;

    SnapshotFileWriter(final FileChannel channel) {
        this.channel = channel;
    }

    void begin(final SnapshotHeader header) throws IOException {
        bytes.clear();
        bytes.putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION).putInt(0);
        drain();
        final FoldLimits limits = header.limits();
        final ByteBuffer chunk = ByteBuffer.allocate(SnapshotFormat.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.sequence()).putLong(header.chain()).putLong(header.journalTimeNs())
            .putInt(limits.sessions()).putInt(limits.users()).putInt(limits.groups()).putInt(limits.sources())
            .putInt(limits.actions()).putInt(limits.actionsPerTenant()).putInt(limits.blockSize());
        onChunk(new UnsafeBuffer(chunk.array()), 0, SnapshotFormat.HEADER_LENGTH);
    }

    @Override
    public void onChunk(final DirectBuffer chunk, final int offset, final int length) {
        buffer.putBytes(SnapshotFormat.CHUNK_HEADER_LENGTH, chunk, offset, length);
        bytes.limit(SnapshotFormat.CHUNK_HEADER_LENGTH + length).position(SnapshotFormat.CHUNK_HEADER_LENGTH);
        crc = format.crc(crc, bytes);
        bytes.putInt(0, length).putInt(Integer.BYTES, crc);
        try {
            drain();
        } catch (final IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    void end() throws IOException {
        onChunk(buffer, 0, 0);
        channel.force(true);
    }

    private void drain() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }
}
