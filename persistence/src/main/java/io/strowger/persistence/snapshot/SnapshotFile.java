package io.strowger.persistence.snapshot;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.snapshot.Snapshot;
import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.state.StateInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a snapshot's file from start to end, each chunk held against its CRC before anything of it is used. One thread.
 */
final class SnapshotFile implements Snapshot {
    private final Path path;
    private final FileChannel channel;
    private final SnapshotFormat format = new SnapshotFormat();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SnapshotFormat.MAX_CHUNK_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final Runnable onWhole;
    private final SnapshotHeader header;
    private int crc;
    private boolean isAtEnd;

    private SnapshotFile(final Path path, final FileChannel channel, final Runnable onWhole) throws IOException {
        this.path = path;
        this.channel = channel;
        this.onWhole = onWhole;
        this.header = readHeader();
    }

    /**
     * Opens a file and reads its header.
     *
     * @param onWhole run once all of it was read and every byte found good.
     * @throws SnapshotException when it isn't one.
     */
    static SnapshotFile open(final Path path, final Runnable onWhole) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return new SnapshotFile(path, channel, onWhole);
        } catch (final IOException fault) {
            closeQuietly(channel);
            throw new SnapshotException("can't read " + path + ": " + fault.getMessage(), fault);
        } catch (final SnapshotException fault) {
            closeQuietly(channel);
            throw fault;
        }
    }

    @Override
    public SnapshotHeader header() {
        return header;
    }

    @Override
    public StateInput state() {
        return new StateInput(this::next);
    }

    /**
     * Reads all of it.
     *
     * @throws SnapshotException when a byte of it is not as it was written.
     */
    void readThrough() {
        final UnsafeBuffer chunk = new UnsafeBuffer(0, 0);
        while (!isAtEnd) {
            next(chunk);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private SnapshotHeader readHeader() throws IOException {
        read(SnapshotFormat.PREFIX_LENGTH);
        if (SnapshotFormat.MAGIC != bytes.getLong(0)) {
            throw new SnapshotException(path + " is no snapshot");
        }
        if (SnapshotFormat.VERSION != bytes.getInt(Long.BYTES)) {
            throw new SnapshotException(path + " is of version " + bytes.getInt(Long.BYTES) + ", this reads version "
                + SnapshotFormat.VERSION);
        }
        if (SnapshotFormat.HEADER_LENGTH != readChunk()) {
            throw damaged("its header has another length");
        }
        return new SnapshotHeader(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16),
            new FoldLimits(bytes.getInt(24), bytes.getInt(28), bytes.getInt(32), bytes.getInt(36), bytes.getInt(40), bytes.getInt(44),
                bytes.getInt(48)));
    }

    private boolean next(final UnsafeBuffer chunk) {
        try {
            final boolean wasAtEnd = isAtEnd;
            final int length = wasAtEnd ? 0 : readChunk();
            isAtEnd = 0 == length;
            if (isAtEnd && !wasAtEnd) {
                onWhole.run();
            }
            chunk.wrap(buffer, 0, length);
            return !isAtEnd;
        } catch (final IOException fault) {
            throw new SnapshotException("can't read " + path + ": " + fault.getMessage(), fault);
        }
    }

    /** Reads one chunk to the buffer's start; returns its length, 0 at the end. */
    private int readChunk() throws IOException {
        read(SnapshotFormat.CHUNK_HEADER_LENGTH);
        final int length = bytes.getInt(0);
        final int stated = bytes.getInt(Integer.BYTES);
        if (length < 0 || length > SnapshotFormat.MAX_CHUNK_LENGTH) {
            throw damaged("a chunk of " + length + " bytes");
        }
        read(length);
        crc = format.crc(crc, bytes);
        if (stated != crc) {
            throw damaged("a chunk has the CRC " + Integer.toHexString(crc) + ", stated is " + Integer.toHexString(stated));
        }
        return length;
    }

    private void read(final int length) throws IOException {
        bytes.clear().limit(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw damaged("it ends too early");
            }
        }
        bytes.flip();
    }

    private SnapshotException damaged(final String how) throws IOException {
        return new SnapshotException(path + " is damaged before byte " + channel.position() + ": " + how);
    }

    private static void closeQuietly(final FileChannel channel) {
        try {
            if (null != channel) {
                channel.close();
            }
        } catch (final IOException ignored) {
            // it was open for reading only
        }
    }
}
