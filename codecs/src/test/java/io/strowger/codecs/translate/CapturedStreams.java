package io.strowger.codecs.translate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Captured streams that may be read where they are; a test is skipped, and says so, when they are absent.
 */
public final class CapturedStreams {
    private CapturedStreams() {
    }

    /** The captures of one kind of server. */
    public static Path folder(final String server) {
        final Path root = Path.of(System.getProperty("strowger.shared", "absent"), "captures", server);
        Assumptions.assumeTrue(Files.isDirectory(root), () -> "skipped: no captures at " + root);
        return root;
    }

    /**
     * Captured streams of one kind of server.
     *
     * @param pattern of their files' names.
     * @param least   there must be more than these.
     */
    public static List<Path> of(final String server, final String pattern, final int least) {
        try (Stream<Path> files = Files.walk(folder(server))) {
            final List<Path> found = files.filter(path -> path.getFileName().toString().matches(pattern)).sorted().toList();
            assertTrue(found.size() > least, "captures found: " + found.size());
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a stream. */
    public static byte[] read(final Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
