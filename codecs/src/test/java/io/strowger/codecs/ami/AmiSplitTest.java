package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactHashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The same bytes give the same facts in whatever pieces they come, and however often the sink refuses.
 */
final class AmiSplitTest {
    private static final String MIXED = """
        Asterisk Call Manager/9.0.0
        Response: Success
        ActionID: a1
        Message: Authentication accepted

        Event: FullyBooted
        Privilege: system,all
        Uptime: 140

        Response: Success
        ActionID: a2
        EventList: start
        Message: Channels will follow

        Event: CoreShowChannel
        ActionID: a2
        Channel: PJSIP/101-00000001
        Uniqueid: 1.1
        Linkedid: 1.1

        Event: Foo

        Event: CoreShowChannelsComplete
        ActionID: a2
        ListItems: 1

        Response: Success
        Message: no end
        Event: DialBegin
        Channel: PJSIP/101-00000001
        ChannelState: 4
        Uniqueid: 1.1
        DestChannel: PJSIP/102-00000002
        DestUniqueid: 1.2

        Response: Follows
        Privilege: Command
        text

        more text
        --END COMMAND--

        No such command.


        Event: Hangup
        Uniqueid: 1.1

        """;

    @Test
    void shouldGiveTheSameFactsWhereverTwoPiecesMeet() {
        final byte[] stream = withLooseEnds();
        final List<Long> whole = inOnePiece(stream);
        assertEquals(9, whole.size());
        for (int at = 0; at <= stream.length; at++) {
            final FactHashes hashes = new FactHashes(null);
            final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
            final UnsafeBuffer bytes = new UnsafeBuffer(stream);
            translator.onBytes(bytes, 0, at, Ami.ARRIVAL_NS, hashes);
            translator.onBytes(bytes, at, stream.length - at, Ami.ARRIVAL_NS, hashes);
            assertEquals(whole, hashes.values(), "split at " + at);
            assertEquals(stream.length, translator.position(), "split at " + at);
        }
    }

    @Test
    void shouldGiveTheSameFactsByteByByte() {
        final byte[] stream = withLooseEnds();
        assertEquals(inOnePiece(stream), inPieces(stream, new Random(1), 1, false));
        final byte[] call = Ami.capture("01-answered-call");
        assertEquals(inOnePiece(call), inPieces(call, new Random(1), 1, false));
    }

    @Test
    void shouldGiveTheSameFactsAtEachSplitOfCapturedStreams() {
        for (final String scenario : List.of("02-busy/lean", "30-registrations", "18-message", "22b-ami-auth/filtered")) {
            final byte[] stream = Ami.capture(scenario);
            final List<Long> whole = inOnePiece(stream);
            final UnsafeBuffer bytes = new UnsafeBuffer(stream);
            final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
            for (int at = 0; at <= stream.length; at++) {
                final FactHashes hashes = new FactHashes(null);
                translator.connected(0);
                translator.onBytes(bytes, 0, at, Ami.ARRIVAL_NS, hashes);
                translator.onBytes(bytes, at, stream.length - at, Ami.ARRIVAL_NS, hashes);
                assertEquals(whole, hashes.values(), scenario + " split at " + at);
            }
        }
    }

    @Test
    void shouldGiveTheSameFactsInRandomPiecesToASinkThatRefuses() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (final Path path : Ami.captures()) {
            final byte[] stream = CapturedStreams.read(path);
            final List<Long> whole = inOnePiece(stream);
            for (final int most : new int[] {7, 700, 70_000}) {
                assertEquals(whole, inPieces(stream, random, most, true), path + ", pieces up to " + most + ", seed " + seed);
            }
        }
    }

    @Test
    void shouldGiveTheSameFactsFromMemoryOutsideTheHeap() {
        final byte[] stream = withLooseEnds();
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(stream.length + 3));
        direct.putBytes(3, stream);
        final FactHashes hashes = new FactHashes(null);
        assertEquals(stream.length, new AmiTranslator(Ami.SETTINGS).onBytes(direct, 3, stream.length, Ami.ARRIVAL_NS, hashes));
        assertEquals(inOnePiece(stream), hashes.values());
    }

    @Test
    void shouldReportABlockThatIsTooLargeTheSameInAnyPieces() {
        final String block = "Event: Foo\r\nA: " + "x".repeat(2000) + "\r\n\r\n";
        final byte[] stream = Ami.raw("Event: Hangup\r\nUniqueid: 1\r\n\r\n" + block + "\r\nEvent: Hangup\r\nUniqueid: 2\r\n\r\n");
        for (int max = 520; max < block.length() + 2; max++) {
            final AmiSettings settings = Ami.SETTINGS.withMaxBlockLength(max);
            final FactHashes whole = new FactHashes(null);
            Ami.feed(new AmiTranslator(settings), stream, whole);
            assertEquals(3, whole.values().size());
            final FactHashes pieces = new FactHashes(null);
            final AmiTranslator translator = new AmiTranslator(settings);
            for (int at = 0; at < stream.length; at += 61) {
                translator.onBytes(new UnsafeBuffer(stream), at, Math.min(61, stream.length - at), Ami.ARRIVAL_NS, pieces);
            }
            assertEquals(whole.values(), pieces.values(), "limit " + max);
            assertEquals(stream.length, translator.position());
        }
    }

    private static byte[] withLooseEnds() {
        return Ami.raw(new String(Ami.stream(MIXED), StandardCharsets.ISO_8859_1)
            + "\n\r\nEvent: Hangup\r\nUniqueid: a\nb\r\n\n");
    }

    private static List<Long> inOnePiece(final byte[] stream) {
        final FactHashes hashes = new FactHashes(null);
        Ami.feed(new AmiTranslator(Ami.SETTINGS), stream, hashes);
        return hashes.values();
    }

    private static List<Long> inPieces(final byte[] stream, final Random random, final int most, final boolean refuses) {
        final FactHashes hashes = new FactHashes(refuses ? random : null);
        final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        int at = 0;
        while (at < stream.length) {
            final int length = 1 + random.nextInt(Math.min(most, stream.length - at));
            final int taken = translator.onBytes(bytes, at, length, Ami.ARRIVAL_NS, hashes);
            assertTrue(taken == length || refuses, "only a refusal leaves bytes");
            at += taken;
        }
        assertEquals(stream.length, translator.position());
        return hashes.values();
    }
}
