package io.strowger.codecs.kamailio;

import static io.strowger.codecs.kamailio.Kamailio.event;
import static io.strowger.codecs.kamailio.Kamailio.netstring;
import static io.strowger.codecs.kamailio.Kamailio.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactHashes;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.lang.management.ManagementFactory;
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
 * The same bytes give the same facts in whatever pieces they come and however often the sink refuses; nothing is allocated for them.
 */
final class KamailioSplitTest {
    private static final int WARM_UP = 40;

    @Property(tries = 300)
    void shouldGiveTheSameFactsInAnyPieces(
        @ForAll("streams") final String stream, @ForAll @IntRange(min = 1, max = 40) final int piece, @ForAll final long seed) {
        final byte[] bytes = Kamailio.utf8(stream);
        assertEquals(inPieces(bytes, Math.max(1, bytes.length), null), inPieces(bytes, piece, new Random(seed)));
    }

    @Property(tries = 300)
    void shouldFindTheNextNetstringAfterAnyNoise(@ForAll("noise") final String noise) {
        final FactLog log = Kamailio.translate("3:abc,x" + noise + ",,,}," + netstring(event("invite")) + netstring(event("notfound")));
        assertTrue(log.templates().contains("Hangup"), log.templates().toString());
    }

    @Test
    void shouldUnderstandEveryMessageOfTheCaptures() {
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);
        for (final Path path : Kamailio.captures("evapi-rx(\\.2)?\\.raw")) {
            Kamailio.translate(translator, CapturedStreams.read(path));
        }
        for (final Counter counter : Counter.values()) {
            if (counter != Counter.BLOCKS && counter != Counter.FACTS && counter != Counter.NOISE) {
                assertEquals(0, translator.counters().get(counter), counter.name());
            }
        }
        assertEquals(267, translator.counters().get(Counter.BLOCKS));
        assertEquals(1, translator.counters().get(Counter.NOISE));
    }

    @Test
    void shouldAllocateNothingOverTheCaptures() {
        final List<UnsafeBuffer> streams = new ArrayList<>();
        Kamailio.captures(".*\\.raw").forEach(path -> streams.add(new UnsafeBuffer(CapturedStreams.read(path))));
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);
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
                translator.connected(j);
                translator.onBytes(streams.get(j), 0, streams.get(j).capacity(), Kamailio.ARRIVAL_NS, sink);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(count[0] > 10_000, "facts: " + count[0]);
        assertEquals(0, least, "bytes allocated in the best of " + WARM_UP + " rounds over all captures");
    }

    private static List<Long> inPieces(final byte[] stream, final int piece, final Random refusals) {
        return FactHashes.inPieces(new KamailioTranslator(Kamailio.SETTINGS), stream, piece, Kamailio.ARRIVAL_NS, refusals);
    }

    @Provide
    Arbitrary<String> streams() {
        final Arbitrary<String> netstrings = Arbitraries.of(
            netstring(event("invite", "ftag", "é")), netstring(event("dialog:start")), "\n", "x,", "7:{\"a\":1},", "0:,", "2:{},",
            netstring(event("hold", "ftag", "a", "ttag", "b"))).list().ofMaxSize(12).map(parts -> "1:x," + String.join("", parts));
        final Arbitrary<String> requests = Arbitraries.of(
            post(event("dialog:end")), post("{"), "\r\n", "GET / HTTP/1.1\r\n\r\n", "PUT /a b HTTP/1.0\nContent-length : 2\n\n{}",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", post(event("ringing", "status", "180")))
            .list().ofMaxSize(12).map(parts -> "GET / HTTP/1.1\r\n\r\n" + String.join("", parts));
        return Arbitraries.oneOf(netstrings, requests);
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of("12", ":", ",", "}", "\"", "event", "invite", "\n", "x", "0:,", "\"x\"").list().ofMaxSize(30)
            .map(parts -> String.join("", parts));
    }
}
