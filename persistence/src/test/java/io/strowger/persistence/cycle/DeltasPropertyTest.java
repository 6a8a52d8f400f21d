package io.strowger.persistence.cycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Records packed and unpacked in memory that ends where they do: nothing is written beyond, whatever the packed bytes are. */
class DeltasPropertyTest {
    private static final int HEADER = BlockLayout.HEADER_LENGTH;
    private static final int GUARD = 64;
    private static final byte MARK = 0x5A;

    private final Deltas deltas = new Deltas();

    @Property(tries = 300)
    void shouldGiveTheSameRecordsWhenPackedAndUnpacked(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ByteBuffer plain = records(random, 1 + random.nextInt(60));
        final ByteBuffer packed = packed(plain);
        assertEquals(plain.capacity(), deltas.plainLength(packed, packed.capacity()));
        final ByteBuffer again = ByteBuffer.allocateDirect(plain.capacity());
        assertTrue(deltas.unpack(packed, packed.capacity(), again, plain.capacity()));
        assertEquals(plain.slice(HEADER, plain.capacity() - HEADER), again.slice(HEADER, plain.capacity() - HEADER));
    }

    @Test
    void shouldRefuseOrUnpackWithinBoundsWhenBytesAreForged() {
        int refused = 0;
        final int tries = 20_000;
        final Random random = new Random(7);
        for (int i = 0; i < tries; i++) {
            final ByteBuffer plain = records(random, 1 + random.nextInt(6));
            final ByteBuffer forged = forged(random, packed(plain));
            final int length = random.nextInt(4) > 0 ? plain.capacity() : HEADER + random.nextInt(2 * plain.capacity());
            final ByteBuffer whole = ByteBuffer.allocateDirect(length + 2 * GUARD);
            for (int at = 0; at < whole.capacity(); at++) {
                whole.put(at, MARK);
            }
            final boolean isUnpacked = deltas.unpack(forged, forged.capacity(), whole.slice(GUARD, length), length);
            for (int at = 0; at < GUARD; at++) {
                assertEquals(MARK, whole.get(at));
                assertEquals(MARK, whole.get(GUARD + length + at));
            }
            if (isUnpacked) {
                assertEquals(length, deltas.plainLength(forged, forged.capacity()));
            } else {
                refused++;
            }
        }
        assertTrue(refused > tries / 4 && refused < tries, "refused " + refused);
    }

    private ByteBuffer packed(final ByteBuffer plain) {
        final ByteBuffer target = ByteBuffer.allocateDirect(Deltas.mostPacked(plain.capacity()));
        final int length = deltas.pack(plain, 0, plain.capacity(), target);
        assertTrue(length > HEADER);
        return target.slice(0, length);
    }

    private static ByteBuffer forged(final Random random, final ByteBuffer packed) {
        final int length = 0 == random.nextInt(4) ? HEADER + random.nextInt(packed.capacity() - HEADER) + 1 : packed.capacity();
        final ByteBuffer forged = ByteBuffer.allocateDirect(length);
        forged.put(0, packed, 0, length);
        for (int i = random.nextInt(4); i > 0; i--) {
            final int at = HEADER + random.nextInt(length - HEADER);
            forged.put(at, (byte)(random.nextBoolean() ? random.nextInt() : forged.get(at) ^ 1 << random.nextInt(8)));
        }
        return forged;
    }

    /** Records of few shapes that differ in some bytes; some have neither signal nor event, some are long. */
    private static ByteBuffer records(final Random random, final int count) {
        final ByteBuffer bytes = ByteBuffer.allocate(HEADER + count * 2_048).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        for (int i = 0; i < count; i++) {
            final int kind = random.nextInt(6);
            final int signal = 5 == kind ? 900 + random.nextInt(100) : 29 * kind;
            final int event = 0 == random.nextInt(3) ? 40 : 0;
            final int end = bytes.position() + 24 + (signal + 7) / 8 * 8 + (event + 7) / 8 * 8;
            bytes.putShort((short)signal).putShort((short)event).putInt(1).putLong(i).putLong(1_000 + i);
            while (bytes.position() < end) {
                bytes.put((byte)(0 == random.nextInt(5) ? random.nextInt() : kind));
            }
        }
        final ByteBuffer plain = ByteBuffer.allocateDirect(bytes.position());
        plain.put(0, bytes, 0, bytes.position());
        return plain;
    }
}
