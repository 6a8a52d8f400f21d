package io.strowger.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Brings what was written to the disk, between the windows, from whatever thread.
 */
final class DiskFiles {
    private DiskFiles() {
    }

    /**
     * Forces every journal file below a folder.
     *
     * @param folder of a queue or journal.
     */
    static void force(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(false);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
