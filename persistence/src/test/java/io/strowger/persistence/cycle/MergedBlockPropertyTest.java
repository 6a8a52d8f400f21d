package io.strowger.persistence.cycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.EventKeys;
import io.strowger.router.record.Outcome;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Blocks that are merged are byte for byte the block that one writer would have made of all their records. */
class MergedBlockPropertyTest {
    private static final int CAPACITY = 64 * 1024;
    /** As far as the writer looks into an event. */
    private static final int EVENT_LENGTH = 128;

    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[512]);

    @Property(tries = 200)
    void shouldBeTheBlockThatOneWriterMakes(@ForAll final long seed, @ForAll @IntRange(min = 1, max = 20) final int blocks) {
        final BlockWriter whole = new BlockWriter(CAPACITY);
        final BlockWriter parts = new BlockWriter(CAPACITY);
        final MergedBlock merged = new MergedBlock(CAPACITY);
        // one that held something before
        parts.startBehind(0, 0);
        record(parts, new Random(~seed));
        merged.add(parts.buffer(), 0, parts.finish());
        merged.finish();
        merged.clear();
        assertEquals(0, merged.length());

        final long last = new Random(seed).nextInt(1000);
        whole.startBehind(last, seed);
        parts.startBehind(last, seed);
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i <= block % 3; i++) {
                record(whole, new Random(seed + 31L * block + i));
                record(parts, new Random(seed + 31L * block + i));
            }
            merged.add(parts.buffer(), 0, parts.finish());
            parts.reset();
        }

        assertArrayEquals(bytes(whole.buffer(), whole.finish()), bytes(merged.buffer(), merged.finish()));
    }

    private void record(final BlockWriter writer, final Random random) {
        final int length = 8 + random.nextInt(200);
        for (int i = 0; i < length; i++) {
            signal.putByte(i, (byte)random.nextInt());
        }
        writer.beginInput(signal, 0, length, random.nextLong() >>> 1);
        final boolean hasEvent = random.nextBoolean();
        if (hasEvent) {
            writer.beginEvent();
            for (int i = 0; i < EVENT_LENGTH; i += Long.BYTES) {
                writer.buffer().putLong(writer.eventOffset() + i, random.nextLong());
            }
            writer.endEvent(EVENT_LENGTH, 1 + random.nextInt(9), random.nextLong(), EventKeys.NONE);
        }
        writer.endInput(hasEvent ? Outcome.APPLIED : Outcome.NO_CHANGE);
    }

    private static byte[] bytes(final DirectBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
