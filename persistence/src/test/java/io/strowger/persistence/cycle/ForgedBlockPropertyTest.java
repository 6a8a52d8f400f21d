package io.strowger.persistence.cycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.agrona.concurrent.UnsafeBuffer;

/** Packed blocks that are forged under the checksum of the plain one: a fault in words, or the very block. */
class ForgedBlockPropertyTest {
    private static final int RECORDS = 20;
    private static final int PLAIN_OFFSET = BlockLayout.PLAIN_LENGTH_OFFSET;

    private static Path path;

    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[1024]);

    @BeforeContainer
    static void make() throws IOException {
        path = Files.createTempFile("forged", ".cq4");
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.delete(path);
    }

    @Property(tries = 100)
    void shouldGiveThePlainBlockWhenNothingIsForged(@ForAll final long seed) throws IOException {
        final byte[] plain = plain(new Random(seed));
        final byte[] packed = packed(plain);
        final BlockCheck check = new BlockCheck();
        assertNull(check(check, packed));
        assertNull(check.checkRecords(0, true));
        final byte[] copy = new byte[BlockLayout.length(check.copy(), 0)];
        check.copy().getBytes(0, copy);
        assertArrayEquals(plain, copy);
    }

    @Property(tries = 1_000)
    void shouldNameAFaultWhenPackedBytesAreForged(@ForAll final long seed) throws IOException {
        final Random random = new Random(seed);
        final byte[] plain = plain(random);
        final byte[] whole = packed(plain);
        final byte[] forged = forged(random, whole);
        final BlockCheck check = new BlockCheck();
        String fault = check(check, forged);
        if (null == fault) {
            fault = check.checkRecords(0, true);
        }
        if (null == fault) {
            // nothing was forged after all
            assertArrayEquals(whole, forged);
            final byte[] records = new byte[plain.length - BlockLayout.HEADER_LENGTH];
            check.copy().getBytes(BlockLayout.HEADER_LENGTH, records);
            assertEquals(plain.length, BlockLayout.length(check.copy(), 0));
            assertEquals(ByteBuffer.wrap(plain, BlockLayout.HEADER_LENGTH, records.length).slice(), ByteBuffer.wrap(records));
        }
    }

    @Property(tries = 100)
    void shouldRefuseAPlainLengthBeforeItIsBelievedWhenItCannotBe(@ForAll final long seed, @ForAll final int plainLength)
        throws IOException {
        final byte[] block = packed(plain(new Random(seed)));
        final int most = BlockLayout.HEADER_LENGTH + (block.length - BlockLayout.HEADER_LENGTH) * Deltas.MOST_OF_A_BYTE;
        final int right = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(PLAIN_OFFSET);
        for (final int length : new int[] {plainLength, 0, -1, BlockLayout.HEADER_LENGTH, block.length, most + 1, Integer.MIN_VALUE,
            Integer.MAX_VALUE, BlockLayout.MAX_LENGTH, BlockLayout.MAX_LENGTH + 1}) {
            final String fault = check(new BlockCheck(), with(block, length));
            if (length <= block.length || length > most) {
                assertEquals("a plain length that can't be", fault);
            }
        }
        for (final int length : new int[] {right - 1, right + 1, most, block.length + 1}) {
            assertEquals("its packed bytes are not what its header says", check(new BlockCheck(), with(block, length)));
        }
        assertNull(check(new BlockCheck(), with(block, right)));
        assertNotNull(check(new BlockCheck(), with(block, right + 8)));
    }

    /** Changes bytes, cuts, lengthens, or puts noise in place of what is packed, or another plain length. */
    private static byte[] forged(final Random random, final byte[] whole) {
        final int header = BlockLayout.HEADER_LENGTH;
        final byte[] block = switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(whole, header + random.nextInt(whole.length - header));
            case 1 -> Arrays.copyOf(whole, whole.length + 1 + random.nextInt(40));
            default -> whole.clone();
        };
        switch (random.nextInt(4)) {
            case 0 -> {
                for (int i = header; i < block.length; i++) {
                    block[i] = (byte)random.nextInt();
                }
            }
            case 1 -> set(block, PLAIN_OFFSET, block.length + 1 + random.nextInt(8_000));
            default -> {
                for (int i = 1 + random.nextInt(3); i > 0 && block.length > header; i--) {
                    block[header + random.nextInt(block.length - header)] ^= (byte)(1 << random.nextInt(8));
                }
            }
        }
        set(block, BlockLayout.LENGTH_OFFSET, block.length);
        return block;
    }

    private byte[] plain(final Random random) {
        final BlockWriter writer = new BlockWriter(4096);
        for (int i = 0; i < RECORDS; i++) {
            final int length = 200 + 50 * random.nextInt(3);
            final int fresh = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                // behind a header that all have
                signal.putByte(j, j >= 8 && j < 8 + fresh ? (byte)random.nextInt() : (byte)('a' + j % 8));
            }
            writer.beginInput(signal, 0, length, 1 + i);
            writer.endInput(Outcome.NO_CHANGE);
        }
        final byte[] block = new byte[writer.finish()];
        writer.buffer().getBytes(0, block);
        return block;
    }

    private static byte[] packed(final byte[] plain) {
        final UnsafeBuffer source = new UnsafeBuffer(ByteBuffer.allocateDirect(plain.length));
        source.putBytes(0, plain);
        final BlockBytes packed = new BlockBytes();
        packed.grow(Deltas.mostPacked(plain.length));
        final int length = new Deltas().pack(source.byteBuffer(), 0, plain.length, packed.bytes());
        assertTrue(length < plain.length, "it does not get smaller");
        packed.copyHeader(source, 0);
        packed.encoding(BlockLayout.ENCODING_DELTAS, length, plain.length);
        final byte[] block = new byte[length];
        packed.buffer().getBytes(0, block);
        return block;
    }

    private static byte[] with(final byte[] block, final int plainLength) {
        final byte[] other = block.clone();
        set(other, PLAIN_OFFSET, plainLength);
        return other;
    }

    private static void set(final byte[] block, final int offset, final int value) {
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    }

    private static String check(final BlockCheck check, final byte[] block) throws IOException {
        Files.write(path, block);
        try (CycleFile file = CycleFile.open(path, 1 << 20)) {
            assertTrue(file.covers(0, block.length));
            return check.check(file, file.offset(0), block.length);
        }
    }
}
