package io.strowger.ops.ingest;

import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One recorded connection, read in the pieces in which it arrived.
 */
final class StreamFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final ArrivalTimes times;
    private final EpochNanoClock clock;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long position;
    private int chunk;

    StreamFile(final Path path, final EpochNanoClock clock) {
        this.path = path;
        this.clock = clock;
        this.times = ArrivalTimes.beside(path);
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new FailedException("can't read " + path + ": " + e.getMessage());
        }
    }

    /**
     * Reads the next piece: never beyond the end of a chunk, so that its bytes have one arrival time.
     *
     * @return bytes that stand at 0 of {@link #buffer()}, 0 at the end.
     */
    int next() {
        if (null != times) {
            while (chunk < times.count() - 1 && position >= times.end(chunk)) {
                chunk++;
            }
        }
        final boolean last = null == times || chunk >= times.count() - 1;
        bytes.clear().limit(last ? BUFFER_BYTES : (int)Math.min(BUFFER_BYTES, times.end(chunk) - position));
        try {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, position + bytes.position());
            }
        } catch (final IOException e) {
            throw new FailedException("can't read " + path + " behind byte " + position + ": " + e.getMessage());
        }
        position += bytes.position();
        return bytes.position();
    }

    /** The bytes of the last piece. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the last piece ends. */
    long position() {
        return position;
    }

    /**
     * When the last piece arrived, or would the first one if none was read yet.
     *
     * @return nanoseconds since 1970: as recorded, else now.
     */
    long arrivalTimeNs() {
        return null == times || 0 == times.count() ? clock.nanoTime() : times.timeNs(chunk);
    }

    /** How long the file is now. */
    long length() {
        try {
            return channel.size();
        } catch (final IOException e) {
            throw new FailedException("can't read " + path + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new FailedException("can't close " + path + ": " + e.getMessage());
        }
    }
}
