package io.strowger.bench.peers;

import io.aeron.AeronVersion;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A media driver within the measured process, in memory, its pages touched before they are used.
 */
final class AeronDriver {
    /** Of all streams: the fewest rotations of terms that memory of a usual size allows. */
    static final String IPC = "aeron:ipc?term-length=64m";

    /** For results. */
    static final String SETTINGS = "Aeron " + AeronVersion.VERSION + ", driver in the same process, threading mode SHARED, "
        + "exclusive publication, terms of 64 MiB in memory, not sparse; bounds checks off";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MEMORY_BYTES = 2L << 30;
    private static final long MOST_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private AeronDriver() {
    }

    /**
     * Where the driver's buffers lie: in memory where there is a file system for it, with room for them.
     *
     * @param folder otherwise.
     * @return a folder that belongs to this process.
     */
    static String folder(final Path folder) {
        final Path parent = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= MEMORY_BYTES ? MEMORY : folder;
        return parent.resolve("strowger-bench-aeron-" + ProcessHandle.current().pid()).toString();
    }

    /**
     * How the driver is launched.
     *
     * @param folder of its buffers, removed at the end.
     * @return the context.
     */
    static MediaDriver.Context context(final String folder) {
        return new MediaDriver.Context().aeronDirectoryName(folder).dirDeleteOnStart(true).dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED).termBufferSparseFile(false).sharedIdleStrategy(idleStrategy());
    }

    /** Spins while there is work, gives way soon: more threads than cores are about. */
    static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(10, 10, 1_000, MOST_PARK_NS);
    }
}
