package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What frames that wait cost. */
class FrameBatchTest {
    private static final int CONNECTIONS = 1_000;

    private final ArrayDeque<Runnable> turnEnds = new ArrayDeque<>();
    private final BatchPool pool = new BatchPool(turnEnds::add);

    @Test
    void shouldWriteOnceForATurnAndNoMoreThanThereIs() {
        final List<ByteBuf> written = new ArrayList<>();
        final FrameWriter writer = new FrameWriter(batch(written));
        for (int i = 0; i < 100; i++) {
            writer.pong(i);
        }
        assertEquals(List.of(), written, "the turn is not over");
        assertEquals(1, turnEnds.size());
        turnEnds.poll().run();
        assertEquals(1, written.size());
        assertEquals(100 * 20, written.get(0).readableBytes());
        assertEquals(100 * 20, written.get(0).capacity(), "what waits in a socket takes no more memory than it counts");
        writer.pong(1);
        assertEquals(1, turnEnds.size(), "the next turn");
        assertEquals(1, pool.buffers());
        written.forEach(ByteBuf::release);
    }

    @Test
    void shouldHaveSoMuchMemoryAtMostHoweverManySaySomething() {
        final List<List<ByteBuf>> written = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            final List<ByteBuf> own = new ArrayList<>();
            written.add(own);
            new FrameWriter(batch(own)).pong(i);
        }
        assertEquals(BatchPool.MOST, pool.buffers());
        assertEquals(CONNECTIONS - BatchPool.MOST, written.stream().filter(own -> 1 == own.size()).count(),
            "the oldest were written first");
        turnEnds.poll().run();
        assertTrue(written.stream().allMatch(own -> 1 == own.size() && 20 == own.get(0).capacity()));
        assertEquals(BatchPool.MOST, pool.buffers());
        written.forEach(own -> own.forEach(ByteBuf::release));
    }

    @Test
    void shouldWriteAFullBatchAtOnceAndNothingWhenItIsClosed() {
        final List<ByteBuf> written = new ArrayList<>();
        final FrameBatch batch = batch(written);
        final FrameWriter writer = new FrameWriter(batch);
        for (int i = 0; i < 2_000; i++) {
            writer.pong(i);
        }
        assertEquals(1, written.size());
        assertTrue(written.get(0).readableBytes() > BatchPool.BATCH_BYTES - 200);
        batch.close();
        turnEnds.poll().run();
        assertEquals(1, written.size());
        written.forEach(ByteBuf::release);
    }

    @Test
    void shouldCutOffWhoseFramesAreLostAndNobodyElse() {
        final List<List<ByteBuf>> written = new ArrayList<>();
        final List<Integer> cut = new ArrayList<>();
        final List<FrameWriter> writers = new ArrayList<>();
        final Failing allocator = new Failing();
        for (int i = 0; i <= BatchPool.MOST; i++) {
            final int number = i;
            written.add(new ArrayList<>());
            writers.add(new FrameWriter(new FrameBatch(pool, allocator, written.get(i)::add, fault -> cut.add(number))));
        }
        for (int i = 0; i < BatchPool.MOST; i++) {
            writers.get(i).pong(i);
        }
        allocator.failures = 1;
        // has the oldest one written, which fails: that is nothing to this one
        writers.get(BatchPool.MOST).pong(1);
        assertEquals(List.of(0), cut);
        writers.get(0).pong(2);
        assertEquals(1, written.get(1).size(), "now the oldest");
        allocator.failures = 1;
        turnEnds.poll().run();
        assertEquals(List.of(0, 2), cut);
        assertEquals(List.of(), written.get(0), "nothing behind a hole");
        for (int i = 3; i <= BatchPool.MOST; i++) {
            assertEquals(1, written.get(i).size(), "those behind one that failed");
        }
        writers.get(2).pong(3);
        writers.get(3).pong(3);
        turnEnds.poll().run();
        assertEquals(List.of(), written.get(2));
        assertEquals(2, written.get(3).size());
        assertEquals(List.of(0, 2), cut, "once");
        written.forEach(own -> own.forEach(ByteBuf::release));
    }

    private FrameBatch batch(final List<ByteBuf> written) {
        return new FrameBatch(pool, UnpooledByteBufAllocator.DEFAULT, written::add, fault -> {
            throw new AssertionError(fault);
        });
    }

    /** Has no memory, so many times. */
    private static final class Failing extends AbstractByteBufAllocator {
        private int failures;

        @Override
        protected ByteBuf newHeapBuffer(final int initialCapacity, final int maxCapacity) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(final int initialCapacity, final int maxCapacity) {
            if (failures > 0) {
                failures--;
                throw new OutOfMemoryError("of a test");
            }
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
