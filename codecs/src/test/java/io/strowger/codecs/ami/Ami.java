package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

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

    /** Captured streams: skipped when they are absent. */
    static List<Path> captures() {
        return CapturedStreams.of("asterisk", "rx(\\.2)?\\.raw", 40);
    }

    /** One captured scenario. */
    static byte[] capture(final String scenario) {
        return CapturedStreams.read(CapturedStreams.folder("asterisk").resolve(scenario).resolve("rx.raw"));
    }
}
