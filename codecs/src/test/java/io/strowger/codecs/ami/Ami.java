package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.FactLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;

/**
 * Streams for the tests: written by hand, or captured from a real server.
 */
final class Ami {
    /** Arrival time of all bytes of a test, in nanoseconds. */
    static final long ARRIVAL_NS = 1_795_624_150_682_276_000L;

    /** Source and tenant of all tests. */
    static final AmiSettings SETTINGS = AmiSettings.of(3, 7);

    private Ami() {
    }

    /** A text block with each line ended by CRLF; an empty line ends a block. */
    static byte[] stream(final String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The text as it is, a byte a character. */
    static byte[] raw(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The facts of a stream in one piece. */
    static FactLog translate(final byte[] stream) {
        final FactLog log = new FactLog();
        feed(new AmiTranslator(SETTINGS), stream, log);
        return log;
    }

    /** The facts of a text block. */
    static FactLog translate(final String text) {
        return translate(stream(text));
    }

    /** Feeds a stream in one piece to a sink that always has room. */
    static void feed(final AmiTranslator translator, final byte[] stream, final SignalSink sink) {
        final int taken = translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, ARRIVAL_NS, sink);
        assertEquals(stream.length, taken, "a sink with room takes all");
    }

    /** Captured streams that may be read where they are; the test is skipped, and says so, when they are absent. */
    static List<Path> captures() {
        final Path root = shared();
        try (Stream<Path> files = Files.walk(root)) {
            final List<Path> found = files.filter(path -> path.getFileName().toString().matches("rx(\\.2)?\\.raw")).sorted().toList();
            assertTrue(found.size() > 40, "captures found: " + found.size());
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One captured scenario. */
    static byte[] capture(final String scenario) {
        return read(shared().resolve(scenario).resolve("rx.raw"));
    }

    static byte[] read(final Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path shared() {
        final Path root = Path.of(System.getProperty("strowger.shared", "absent"), "captures", "asterisk");
        Assumptions.assumeTrue(Files.isDirectory(root), () -> "skipped: no captures of a real server at " + root);
        return root;
    }
}
