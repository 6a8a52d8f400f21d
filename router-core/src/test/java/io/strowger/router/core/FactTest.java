package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FactTest {
    private static final int BLOCK_LENGTH = 40;
    private static final int TEXTS = 14;
    private static final long SEED = 20_261_127;

    /** A signal of an older version ends anywhere, and its lengths may be anything: nothing behind its end is looked at. */
    @Test
    void shouldFindTheTextsAPlainWalkFindsWhereverTheSignalEnds() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            final byte[] whole = signal(random, round % 2 == 0);
            for (int length = SignalLayout.HEADER_LENGTH + BLOCK_LENGTH; length <= whole.length; length++) {
                final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
                exact.putBytes(0, whole, 0, length);
                final Fact inOrder = new Fact().wrap(exact, 0, length, 1);
                final Fact fromTheEnd = new Fact().wrap(exact, 0, length, 1);
                int at = SignalLayout.HEADER_LENGTH + BLOCK_LENGTH;
                final int[] lengths = new int[TEXTS];
                for (int text = 0; text < TEXTS; text++) {
                    final int room = length - at - Short.BYTES;
                    lengths[text] = room <= 0 ? 0 : Math.min(room, exact.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
                    assertEquals(lengths[text], inOrder.textLength(text), "text " + text + " of " + length + " bytes");
                    assertEquals(at + Short.BYTES, inOrder.textOffset(text), "text " + text + " of " + length + " bytes");
                    at = room < 0 ? at : at + Short.BYTES + lengths[text];
                }
                for (int text = TEXTS - 1; text >= 0; text--) {
                    assertEquals(lengths[text], fromTheEnd.textLength(text), "text " + text + " of " + length + " bytes");
                }
            }
        }
    }

    private static byte[] signal(final Random random, final boolean isSound) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.HEADER_LENGTH + BLOCK_LENGTH + TEXTS * 10]);
        buffer.putShort(0, (short)BLOCK_LENGTH, ByteOrder.LITTLE_ENDIAN);
        int at = SignalLayout.HEADER_LENGTH + BLOCK_LENGTH;
        for (int text = 0; text < TEXTS; text++) {
            final int length = random.nextInt(9);
            final int said = isSound || 0 != random.nextInt(TEXTS) ? length : random.nextInt(0x10000);
            buffer.putShort(at, (short)said, ByteOrder.LITTLE_ENDIAN);
            at += Short.BYTES + length;
        }
        final byte[] bytes = new byte[at];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
