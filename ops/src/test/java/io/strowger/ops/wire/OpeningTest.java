package io.strowger.ops.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OpeningTest {
    @Test
    void shouldReadTheTokenThatWasWritten() {
        final DirectBuffer frame = Opening.frame(OpeningKind.APPLICATION, "sw_ü");
        assertEquals(OpeningAnswer.OPENED, Opening.check(frame, 0, frame.capacity(), OpeningKind.APPLICATION));
        assertEquals("sw_ü", Opening.token(frame, 0));
        final DirectBuffer without = Opening.frame(OpeningKind.SOURCE, null);
        assertEquals(OpeningAnswer.OPENED, Opening.check(without, 0, without.capacity(), OpeningKind.SOURCE));
        assertNull(Opening.token(without, 0));
        assertEquals("STRW", frame.getStringWithoutLengthAscii(0, 4));
    }

    @Test
    void shouldSayWhyAFrameIsNoOpening() {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[300]);
        final DirectBuffer good = Opening.frame(OpeningKind.SOURCE, "token");
        frame.putBytes(0, good, 0, good.capacity());
        assertEquals(OpeningAnswer.WRONG_KIND, Opening.check(frame, 0, good.capacity(), OpeningKind.APPLICATION));
        assertEquals(OpeningAnswer.NO_OPENING, Opening.check(frame, 0, good.capacity() - 1, OpeningKind.SOURCE), "the token is cut");
        assertEquals(OpeningAnswer.NO_OPENING, Opening.check(frame, 0, good.capacity() + 1, OpeningKind.SOURCE), "bytes behind it");
        assertEquals(OpeningAnswer.NO_OPENING, Opening.check(frame, 0, 3, OpeningKind.SOURCE));
        frame.putByte(4, (byte)2);
        assertEquals(OpeningAnswer.WRONG_VERSION, Opening.check(frame, 0, good.capacity(), OpeningKind.SOURCE));
        frame.putByte(0, (byte)'X');
        assertEquals(OpeningAnswer.NO_OPENING, Opening.check(frame, 0, good.capacity(), OpeningKind.SOURCE));
        final String tooLong = "x".repeat(Opening.LONGEST_TOKEN + 1);
        assertThrows(IllegalArgumentException.class, () -> Opening.frame(OpeningKind.SOURCE, tooLong));
    }

    @Test
    void shouldReadEveryAnswerAndNothingElse() {
        for (final OpeningAnswer answer : OpeningAnswer.values()) {
            assertEquals(answer, OpeningAnswer.read(answer.frame(), 0, answer.frame().capacity()));
            assertNull(OpeningAnswer.read(answer.frame(), 0, answer.frame().capacity() - 1));
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[6]);
        frame.putBytes(0, OpeningAnswer.OPENED.frame(), 0, 6);
        frame.putByte(5, (byte)200);
        assertEquals(OpeningAnswer.FAULT, OpeningAnswer.read(frame, 0, 6), "of a later server");
    }

    @Test
    void shouldTakeRandomBytesForNoOpening() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length >= 8) {
                System.arraycopy(new byte[] {'S', 'T', 'R', 'W', 1, 1}, 0, bytes, 0, 6);
            }
            final UnsafeBuffer frame = new UnsafeBuffer(bytes);
            if (OpeningAnswer.OPENED == Opening.check(frame, 0, bytes.length, OpeningKind.SOURCE)) {
                final String token = Opening.token(frame, 0);
                assertEquals(bytes.length == 8, null == token, "seed " + seed);
            }
        }
    }
}
