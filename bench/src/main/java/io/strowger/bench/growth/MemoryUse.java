package io.strowger.bench.growth;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What memory this process takes, in bytes.
 *
 * @param resident  of it in memory, without files: heap that was ever touched, memory off the heap, code, stacks.
 * @param files     of files in memory that it has mapped; the kernel takes them back when it needs to.
 * @param heap      in use behind a full collection.
 * @param offHeap   direct buffers.
 * @param mapped    of files, by Java's own mappings; Chronicle's own are in {@code files} alone.
 */
record MemoryUse(long resident, long files, long heap, long offHeap, long mapped) {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Collects the garbage, then looks. */
    static MemoryUse now() throws IOException {
        System.gc();
        final List<String> lines = Files.readAllLines(STATUS);
        return new MemoryUse(field(lines, "RssAnon"), field(lines, "RssFile"),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), pool("direct"), pool("mapped"));
    }

    /**
     * A field of {@code /proc/self/status} that is told in kB.
     *
     * @return bytes, 0 when there is none of that name.
     */
    static long field(final List<String> lines, final String name) {
        for (final String line : lines) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D+", "")) << 10;
            }
        }
        return 0;
    }

    private static long pool(final String name) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals(name))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
