package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/** The ring gives the blocks back in order, whole, and always has room again when it is empty. */
class HeldBlocksPropertyTest {
    private static final int LONGEST = 300;

    @Property(tries = 300)
    void shouldGiveBackWhatWasPutInWhateverItsLength(@ForAll final long seed) {
        final Random random = new Random(seed);
        final HeldBlocks held = new HeldBlocks(1 + random.nextInt(10 * LONGEST), LONGEST);
        final Deque<byte[]> expected = new ArrayDeque<>();
        long sequence = 0;
        boolean wasFull = false;
        for (int step = 0; step < 2_000; step++) {
            assertTrue(held.hasRoom() || !expected.isEmpty(), "no room in an empty ring");
            wasFull |= !held.hasRoom();
            if (held.hasRoom() && random.nextInt(100) < 55) {
                final byte[] bytes = new byte[BlockLayout.HEADER_LENGTH + random.nextInt(LONGEST - BlockLayout.HEADER_LENGTH + 1)];
                random.nextBytes(bytes);
                final UnsafeBuffer block = new UnsafeBuffer(bytes);
                block.putInt(BlockLayout.LENGTH_OFFSET, bytes.length, ByteOrder.LITTLE_ENDIAN);
                block.putLong(BlockLayout.FIRST_SEQUENCE_OFFSET, sequence + 1, ByteOrder.LITTLE_ENDIAN);
                block.putInt(BlockLayout.COUNT_OFFSET, 2, ByteOrder.LITTLE_ENDIAN);
                sequence += 2;
                held.add(block, bytes.length);
                expected.add(bytes);
            } else if (!expected.isEmpty()) {
                assertEquals(sequence - 2L * (expected.size() - 1), held.lastSequence(), "seed " + seed);
                final byte[] found = new byte[held.blockLength()];
                held.buffer().getBytes(held.offset(), found);
                assertArrayEquals(expected.remove(), found, "seed " + seed);
                held.remove();
            }
            assertEquals(expected.isEmpty(), held.isEmpty());
        }
        assertTrue(wasFull, "seed " + seed);
    }
}
