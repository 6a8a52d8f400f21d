package io.strowger.bench.jmh;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finished blocks of steady traffic with 10 thousand sessions, as the core writes them: a number at a time, each behind the one before,
 * the first one from sequence 1. One thread.
 */
final class BlockSource {
    /** From here on a block is full; it ends behind the input that goes beyond. */
    static final int BLOCK_LENGTH = 64 * 1024;

    private static final int SESSIONS = 10_000;
    private static final long SEED = 20_261_125L;
    private static final int LONGEST_BLOCK = BLOCK_LENGTH + 512 * 1024;
    private static final int SPARE = 1024;
    private static final int POOL_BYTES = 32 << 20;
    private static final int SIGNALS = 20_000;

    private final SignalPool pool = new SignalPool(POOL_BYTES);
    private final Traffic traffic = Traffic.ofCaptures(SESSIONS, SEED);
    private final BlockWriter writer = new BlockWriter(BLOCK_LENGTH);
    private final Core core = new Core(new CoreSettings(2 * SESSIONS, SPARE, SPARE, SPARE, SEED), writer);
    private final RecordCursor cursor = new RecordCursor();
    private final UnsafeBuffer buffer;
    private final int[] offsets;
    private final int[] lengths;
    private int count;
    private int place;
    private int taken;
    private long timeNs;

    /**
     * A source before its first blocks.
     *
     * @param capacity blocks at a time.
     */
    BlockSource(final int capacity) {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect((capacity - 1) * 2 * BLOCK_LENGTH + LONGEST_BLOCK));
        offsets = new int[capacity];
        lengths = new int[capacity];
        while (traffic.preload(pool)) {
            rewind();
            while (taken < pool.count()) {
                fold();
                if (writer.isFull()) {
                    writer.reset();
                }
            }
        }
        rewind();
        writer.startBehind(0, 0);
    }

    /** Makes the next blocks; those before are gone. */
    void refill() {
        count = 0;
        while (count < offsets.length) {
            if (taken == pool.count()) {
                traffic.fill(pool, SIGNALS);
                rewind();
            }
            fold();
            if (writer.isFull()) {
                add();
                writer.reset();
            }
        }
    }

    /** Holds the blocks. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Number of blocks. */
    int count() {
        return count;
    }

    /** Where a block from 0 stands. */
    int offset(final int block) {
        return offsets[block];
    }

    /** Length of a block from 0. */
    int length(final int block) {
        return lengths[block];
    }

    /** Records in a block from 0. */
    int records(final int block) {
        return BlockLayout.count(buffer, offsets[block]);
    }

    /** Events in a block from 0. */
    int events(final int block) {
        int events = 0;
        cursor.wrap(buffer, offsets[block]);
        while (cursor.next()) {
            events += cursor.hasEvent() ? 1 : 0;
        }
        return events;
    }

    /** Walks a block and adds up the sequences of its events. */
    long sumOfEventSequences(final int block) {
        long sum = 0;
        cursor.wrap(buffer, offsets[block]);
        while (cursor.next()) {
            if (cursor.hasEvent()) {
                sum += RecordLayout.sequence(buffer, cursor.record());
            }
        }
        return sum;
    }

    private void rewind() {
        place = 0;
        taken = 0;
    }

    private void fold() {
        core.apply(pool.buffer(), pool.signal(place), pool.length(place), ++timeNs);
        place = pool.next(place);
        taken++;
    }

    private void add() {
        final int offset = 0 == count ? 0 : (offsets[count - 1] + lengths[count - 1] + Long.BYTES - 1) & -Long.BYTES;
        offsets[count] = offset;
        lengths[count] = writer.finish();
        buffer.putBytes(offset, writer.buffer(), 0, lengths[count]);
        count++;
    }
}
