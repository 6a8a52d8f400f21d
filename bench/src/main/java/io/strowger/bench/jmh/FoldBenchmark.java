package io.strowger.bench.jmh;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.record.BlockWriter;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The fold of a signal into the state at a number of open sessions, and the least that any such fold must do.
 *
 * <p>{@code fold}: keyed hash, key compare, transition, and the record with its event, output chain included, of the next signals of
 * steady traffic. Blocks are emptied when full; their checksum is the journal's and not in here. {@code mapGetAndUpdate}, the yardstick: a
 * get by a random key in a presized Agrona map of that many entries, then one change in each of the two cache lines of its 128-byte record
 * off heap. What an invocation works on is made outside of the time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBenchmark {
    private static final int OPERATIONS = 100_000;
    private static final long SEED = 20_261_125L;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public long fold(final Sessions state) {
        return state.fold();
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public long mapGetAndUpdate(final Yardstick state) {
        return state.getAndUpdate();
    }

    /** A core with open sessions, and the traffic that goes on with them. */
    @State(Scope.Thread)
    public static class Sessions {
        private static final int BLOCK_LENGTH = 64 * 1024;
        private static final int POOL_BYTES = 48 << 20;
        private static final int SPARE = 1024;
        private static final int AHEAD = 16;

        /** Open sessions. */
        @Param({"10000", "1000000", "10000000"})
        private int sessions;

        private final SignalPool pool = new SignalPool(POOL_BYTES);
        private final BlockWriter writer = new BlockWriter(BLOCK_LENGTH);
        private Traffic traffic;
        private Core core;
        private long timeNs;

        @Setup(Level.Trial)
        public void preload() {
            traffic = Traffic.ofCaptures(sessions, SEED);
            core = new Core(new CoreSettings(sessions + sessions / 2 + SPARE, SPARE, SPARE, SPARE, SEED), writer);
            while (traffic.preload(pool)) {
                fold();
            }
        }

        @Setup(Level.Invocation)
        public void next() {
            traffic.fill(pool, OPERATIONS);
        }

        /** As the pipeline does it with what stands in the ring. */
        private void announce(final int first, final int count) {
            int place = first;
            for (int i = 0; i < count; i++) {
                core.expect(pool.buffer(), pool.signal(place), pool.length(place));
                place = pool.next(place);
            }
            core.warm();
        }

        private long fold() {
            final int count = pool.count();
            int place = 0;
            for (int i = 0; i < count; i++) {
                if (0 == (i & (AHEAD - 1))) {
                    announce(place, Math.min(AHEAD, count - i));
                }
                core.apply(pool.buffer(), pool.signal(place), pool.length(place), ++timeNs);
                while (core.owes()) {
                    core.payOwed(timeNs);
                }
                if (writer.isFull()) {
                    writer.reset();
                }
                place = pool.next(place);
            }
            return writer.chain();
        }
    }

    /** A bare map and bare records. */
    @State(Scope.Thread)
    public static class Yardstick {
        private static final int RECORD_LENGTH = 128;
        private static final int SECOND_LINE = 64;
        private static final int SEGMENT_BITS = 20;
        private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
        private static final float LOAD_FACTOR = 0.65f;
        private static final long MISSING = -1;

        /** Entries of the map. */
        @Param({"10000", "1000000", "10000000"})
        private int sessions;

        private final long[] picks = new long[OPERATIONS];
        private final SplittableRandom random = new SplittableRandom(SEED);
        private Long2LongHashMap slots;
        private UnsafeBuffer[] segments;

        @Setup(Level.Trial)
        public void open() {
            slots = new Long2LongHashMap((int)(sessions / LOAD_FACTOR), LOAD_FACTOR, MISSING);
            segments = new UnsafeBuffer[(sessions >>> SEGMENT_BITS) + 1];
            for (int i = 0; i < segments.length; i++) {
                segments[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(RECORD_LENGTH << SEGMENT_BITS));
            }
            for (int i = 0; i < sessions; i++) {
                slots.put(key(i), i);
                segments[i >>> SEGMENT_BITS].putLong((i & SEGMENT_MASK) * RECORD_LENGTH, key(i));
            }
        }

        @Setup(Level.Invocation)
        public void pick() {
            for (int i = 0; i < OPERATIONS; i++) {
                picks[i] = key(random.nextInt(sessions));
            }
        }

        private long getAndUpdate() {
            long sum = 0;
            for (int i = 0; i < OPERATIONS; i++) {
                final int slot = (int)slots.get(picks[i]);
                final UnsafeBuffer records = segments[slot >>> SEGMENT_BITS];
                final int record = (slot & SEGMENT_MASK) * RECORD_LENGTH;
                final long first = records.getLong(record + Long.BYTES) + 1;
                records.putLong(record + Long.BYTES, first);
                records.putLong(record + SECOND_LINE, first + records.getLong(record + SECOND_LINE));
                sum += first;
            }
            return sum;
        }

        /** Spreads the numbers over all 64 bits, each its own. */
        private static long key(final int number) {
            final long mixed = (number + 1L) * 0x9E3779B97F4A7C15L;
            return mixed ^ (mixed >>> 29);
        }
    }
}
