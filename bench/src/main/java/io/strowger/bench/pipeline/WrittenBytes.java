package io.strowger.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much this process has made the kernel write to disks: pages of files that it made dirty, however it wrote to them.
 */
final class WrittenBytes {
    private static final Path IO = Path.of("/proc/self/io");
    private static final String FIELD = "write_bytes: ";

    private WrittenBytes() {
    }

    /**
     * Reads it.
     *
     * @return bytes so far.
     */
    static long now() {
        try {
            return Files.readAllLines(IO).stream().filter(line -> line.startsWith(FIELD))
                .mapToLong(line -> Long.parseLong(line.substring(FIELD.length()))).findFirst().orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
