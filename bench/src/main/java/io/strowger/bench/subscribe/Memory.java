package io.strowger.bench.subscribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Memory of this process at a moment, in bytes.
 *
 * @param heap     in use behind a collection.
 * @param direct   of all direct buffers.
 * @param resident of the process without mapped files, 0 where the system does not tell.
 */
record Memory(long heap, long direct, long resident) {
    private static final int MOST_COLLECTIONS = 20;
    private static final long PAUSE_NS = 50_000_000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";
    private static final long KIB = 1024;

    /** Collects until no more direct buffers go, then looks. */
    static Memory afterCollection() {
        long direct = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS && directBytes() < direct; i++) {
            direct = directBytes();
            System.gc();
            // buffers are freed by a thread of their own
            LockSupport.parkNanos(PAUSE_NS);
        }
        return new Memory(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), directBytes(), residentBytes());
    }

    /** Bytes of all direct buffers, those nobody uses any more among them. */
    static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> "direct".equals(pool.getName()))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    /**
     * Whether this moment, later than another, shows no more memory in use but for what a process of the same work varies by.
     *
     * @param slack bytes that may have come in each part.
     */
    boolean isFlatSince(final Memory before, final long slack) {
        return heap <= before.heap + slack && direct <= before.direct + slack && resident <= before.resident + slack;
    }

    private static long residentBytes() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ANONYMOUS))
                .mapToLong(line -> KIB * Long.parseLong(line.substring(ANONYMOUS.length()).replace("kB", "").strip())).sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
