package io.strowger.bench.growth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of files that the kernel keeps: brought to the disk and dropped, for a start that finds nothing in memory.
 *
 * <p>Dropped through {@code dd}, which has the kernel's {@code posix_fadvise}; of these files alone, nobody else on the machine has to
 * read anything again. A file that somebody has mapped stays.
 */
final class PageCache {
    private static final int READ_BYTES = 1 << 20;
    private static final double NS_PER_SECOND = 1e9;
    private static final double MB = 1e6;

    private PageCache() {
    }

    /**
     * Drops all files below a folder.
     *
     * @return false when this machine can't do it.
     */
    static boolean drop(final Path folder) throws IOException {
        boolean isDropped = true;
        for (final Path file : files(folder)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            isDropped &= advise(file);
        }
        return isDropped;
    }

    /** Reads all files below a folder from start to end. Returns MB (of 10^6 bytes) a second. */
    static double read(final Path folder) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(READ_BYTES);
        long total = 0;
        final long start = System.nanoTime();
        for (final Path file : files(folder)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                int count = 0;
                while (count >= 0) {
                    total += count;
                    bytes.clear();
                    count = channel.read(bytes);
                }
            }
        }
        return total / MB * NS_PER_SECOND / (System.nanoTime() - start);
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean advise(final Path file) throws IOException {
        try {
            return 0 == new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none").inheritIO().start().waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
