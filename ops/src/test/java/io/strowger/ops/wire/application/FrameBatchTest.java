package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private FrameBatch batch(final List<ByteBuf> written) {
        return new FrameBatch(pool, UnpooledByteBufAllocator.DEFAULT, written::add);
    }
}
