package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.json.JsonSignalException;
import io.strowger.codecs.json.SignalJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A sink that has no room gets the same signal again, none is lost, and none is counted twice. */
class RefusingSinkTest {
    private static final int SIGNALS = 20;
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    private final List<String> taken = new ArrayList<>();
    private final SignalSink taking = (buffer, offset, length) -> {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        taken.add(SignalLayout.sourceSequence(buffer, offset) + new String(bytes, StandardCharsets.ISO_8859_1));
        return true;
    };

    @Property(tries = 50)
    void shouldGiveTheSameLinesWhateverTheSinkRefuses(@ForAll final long seed) {
        check(jsonl(), new JsonlDialect(1, 1), new JsonlDialect(1, 1), seed);
    }

    @Property(tries = 50)
    void shouldGiveTheSameSbeSignalsWhateverTheSinkRefuses(@ForAll final long seed) throws JsonSignalException {
        check(sbe(), new SbeDialect(1, 1), new SbeDialect(1, 1), seed);
    }

    @Test
    void shouldNotEndAConnectionWhoseLastSignalIsNotTaken() throws JsonSignalException {
        assertUnfinished(jsonl(), new JsonlDialect(1, 1));
        assertUnfinished(sbe(), new SbeDialect(1, 1));
    }

    private void check(final byte[] stream, final Dialect all, final Dialect piecemeal, final long seed) {
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        taken.clear();
        all.connected(0);
        assertEquals(stream.length, all.onBytes(bytes, 0, stream.length, ARRIVAL_NS, taking));
        all.disconnected();
        final List<String> wanted = List.copyOf(taken);
        assertEquals(SIGNALS, wanted.size());

        final Random random = new Random(seed);
        final SignalSink refusing = (buffer, offset, length) -> random.nextBoolean() && taking.offer(buffer, offset, length);
        taken.clear();
        piecemeal.connected(0);
        int at = 0;
        while (at < stream.length) {
            at += piecemeal.onBytes(bytes, at, Math.min(1 + random.nextInt(500), stream.length - at), ARRIVAL_NS, refusing);
        }
        piecemeal.disconnected();
        assertEquals(wanted, taken);
        assertEquals(all.understood(), piecemeal.understood());
        assertEquals(all.complaints(), piecemeal.complaints());
        assertEquals(all.badPlaces(), piecemeal.badPlaces());
    }

    private void assertUnfinished(final byte[] stream, final Dialect dialect) {
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        dialect.connected(0);
        final int first = dialect.onBytes(bytes, 0, stream.length, ARRIVAL_NS, (buffer, offset, length) -> false);
        assertTrue(first < stream.length);
        assertThrows(IllegalStateException.class, dialect::disconnected);
        dialect.connected(1);
        assertEquals(stream.length, dialect.onBytes(bytes, 0, stream.length, ARRIVAL_NS, taking));
        dialect.disconnected();
        assertEquals(SIGNALS, taken.size());
        taken.clear();
    }

    /** With a bad line and an empty one. */
    private static byte[] jsonl() {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < SIGNALS; i++) {
            lines.append(line(i)).append(3 == i ? "\n[]\n \r\n" : "\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sbe() throws JsonSignalException {
        final SignalJson json = new SignalJson();
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < SIGNALS; i++) {
            final int length = json.read(line(i), signal, 0);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
            bytes.write(signal.byteArray(), 0, length);
        }
        return bytes.toByteArray();
    }

    private static String line(final int number) {
        return "{\"specversion\":\"1.0\",\"type\":\"signal.hangup\",\"time\":\"2026-11-25T16:00:00Z\",\"data\":{\"nativeId\":\"leg-"
            + number + "\",\"causeCode\":16}}";
    }
}
