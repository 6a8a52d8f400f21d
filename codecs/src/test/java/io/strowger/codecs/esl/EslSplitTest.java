package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactHashes;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The same bytes give the same facts in whatever pieces they come and however often the sink refuses; nothing is allocated for them; both
 * forms of the captures tell the same.
 */
final class EslSplitTest {
    private static final int WARM_UP = 30;
    private static final int PIECE = 4096;
    private static final String STREAM = "rx(\\.2)?\\.raw";

    @Property(tries = 300)
    void shouldGiveTheSameFactsInAnyPieces(
        @ForAll("streams") final String stream, @ForAll @IntRange(min = 1, max = 60) final int piece, @ForAll final long seed) {
        final byte[] bytes = Esl.utf8(stream);
        assertEquals(inPieces(bytes, Math.max(1, bytes.length), null), inPieces(bytes, piece, new Random(seed)));
    }

    @Property(tries = 500)
    void shouldSurviveDamageAndFindTheFramesBehindIt(@ForAll("streams") final String stream, @ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = Esl.utf8(stream + "\n\n");
        for (int i = random.nextInt(8); i > 0; i--) {
            final int at = random.nextInt(bytes.length);
            // a length that is damaged takes the frames behind it along: only other bytes are touched
            if (bytes[at] < '0' || bytes[at] > '9') {
                bytes[at] = "\n:%{}\"\\x".getBytes(StandardCharsets.US_ASCII)[random.nextInt(8)];
            }
        }
        final String next = Esl.frame("api/response", "x") + Esl.plain(Esl.caller("CHANNEL_HOLD"));
        final FactLog log = Esl.translate(new String(bytes, StandardCharsets.UTF_8) + next.repeat(8));
        assertEquals("Hold", log.facts().get(log.facts().size() - 1).template());
    }

    @Test
    void shouldGiveTheSameFactsOfACaptureInAnyPieces() {
        final byte[] bytes = CapturedStreams.read(Esl.captures("freeswitch", STREAM).get(0));
        final List<Long> whole = inPieces(bytes, bytes.length, null);
        for (final int piece : new int[] {1, 7, 333, 4096}) {
            assertEquals(whole, inPieces(bytes, piece, new Random(piece)), "pieces of " + piece);
        }
    }

    @Test
    void shouldTellTheSameFromThePlainAndTheJsonCapture() {
        int compared = 0;
        for (final Path plain : Esl.captures("freeswitch", STREAM)) {
            final Path json = plain.resolveSibling("json").resolve(plain.getFileName().toString());
            if (Files.isRegularFile(json)) {
                final List<String> fromPlain = new ArrayList<>(
                    Esl.fieldsOf(Esl.translate(new EslTranslator(Esl.SETTINGS), CapturedStreams.read(plain))));
                final List<String> fromJson = Esl.fieldsOf(Esl.translate(new EslTranslator(Esl.SETTINGS), CapturedStreams.read(json)));
                // the answers to commands were recorded on the plain connection only
                fromPlain.removeIf(fact -> fact.startsWith("SourceSnapshot"));
                assertEquals(String.join("\n", fromPlain), String.join("\n", fromJson), plain.toString());
                compared++;
            }
        }
        assertTrue(compared > 10, "compared: " + compared);
    }

    @Test
    void shouldUnderstandEveryFrameOfTheCaptures() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        for (final Path path : Esl.captures("freeswitch", STREAM)) {
            Esl.translate(translator, CapturedStreams.read(path));
        }
        for (final Counter counter : List.of(Counter.MALFORMED, Counter.TOO_LARGE, Counter.IDENTITY_TOO_LONG,
            Counter.WITHOUT_NATIVE_ID)) {
            assertEquals(0, translator.counters().get(counter), counter.name());
        }
        assertEquals(2, translator.counters().get(Counter.UNKNOWN_EVENTS), "router::lookup, plain and JSON");
    }

    @Test
    void shouldAllocateNothingOverTheCaptures() {
        final List<UnsafeBuffer> streams = new ArrayList<>();
        Esl.captures("freeswitch", STREAM).forEach(path -> streams.add(new UnsafeBuffer(CapturedStreams.read(path))));
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        final long[] count = new long[1];
        final SignalSink sink = (buffer, offset, length) -> {
            count[0]++;
            return true;
        };
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < streams.size(); j++) {
                feed(translator, j, streams.get(j), sink);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(count[0] > 10_000, "facts: " + count[0]);
        assertEquals(0, least, "bytes allocated in the best of " + WARM_UP + " rounds over all captures");
    }

    /** Streams of other people's test data. */
    @Test
    void shouldUnderstandForeignStreams() {
        for (final Path path : Esl.captures("foreign", "esl_.*\\.txt")) {
            final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
            final FactLog log = Esl.translate(translator, CapturedStreams.read(path));
            assertTrue(log.of("LegSeen").size() + log.of("Hangup").size() > 0, path + ": " + log.templates());
            assertEquals(0, translator.counters().get(Counter.MALFORMED), path.toString());
        }
    }

    private static void feed(final EslTranslator translator, final int connection, final UnsafeBuffer stream, final SignalSink sink) {
        translator.connected(connection);
        for (int at = 0; at < stream.capacity(); at += PIECE) {
            translator.onBytes(stream, at, Math.min(PIECE, stream.capacity() - at), Esl.ARRIVAL_NS, sink);
        }
    }

    private static List<Long> inPieces(final byte[] stream, final int piece, final Random refusals) {
        return FactHashes.inPieces(new EslTranslator(Esl.SETTINGS), stream, piece, Esl.ARRIVAL_NS, refusals);
    }

    @Provide
    Arbitrary<String> streams() {
        final Arbitrary<String> text = Arbitraries.of("", "x", "ä%41:\n", "\"\\", "101", "a".repeat(300));
        final Arbitrary<String> name = Arbitraries.of("CHANNEL_CREATE", "CHANNEL_HANGUP", "CHANNEL_BRIDGE", "CHANNEL_STATE", "NO_SUCH");
        final Arbitrary<String> event = name.flatMap(event1 -> text.map(value -> value.isEmpty()
            ? Esl.plain(Esl.caller(event1, "Core-UUID", "c"))
            : Esl.json(Esl.callee(event1, "Caller-Caller-ID-Name", value))));
        final Arbitrary<String> list = Arbitraries.of(EslListTest.CHANNELS, EslListTest.CHANNELS_JSON, EslListTest.CALLS, "\n0 total.\n")
            .map(body -> Esl.frame("api/response", body));
        final Arbitrary<String> other = Arbitraries.of("Content-Type: auth/request\n\n", "\r\n", Esl.frame("log/data", "x\n\ny"),
            Esl.frame("text/disconnect-notice", "The system is being shut down.\n"));
        return Arbitraries.oneOf(event, event, list, other).list().ofMaxSize(8).map(parts -> String.join("", parts));
    }
}
