package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.NullJournal;
import io.strowger.router.pipeline.Channel;
import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

class SpillPropertyTest {
    private static final int LIMIT = 700_000;

    /** Against a plain queue: what is taken comes out whole and in order, never more than the limit is held, and empty means no bytes. */
    @Property(tries = 100)
    void shouldGiveBackInOrderWhatItTook(@ForAll final long seed) {
        final Random random = new Random(seed);
        final Spill spill = new Spill(LIMIT);
        final ArrayDeque<Integer> model = new ArrayDeque<>();
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[2_000]);
        final RouterContext context = new RouterContext().journal(new NullJournal()).threadingMode(ThreadingMode.INVOKER)
            .channelCapacityBytes(32 * 1024);
        try (Router router = Router.launch(context)) {
            final int[] drained = new int[1];
            final Channel channel = router.openChannel((buffer, offset, length) -> {
                assertEquals(model.peekFirst(), length * 1_000_000 + buffer.getInt(offset));
                drained[0]++;
                model.pollFirst();
                return 1;
            });
            for (int step = 0; step < 2_000; step++) {
                if (random.nextInt(5) > 0) {
                    final int length = 8 + random.nextInt(1_200);
                    final int mark = random.nextInt(1_000_000);
                    signal.putInt(0, mark);
                    final boolean hadRoom = spill.hasRoom(length);
                    assertEquals(hadRoom, spill.offer(signal, 0, length));
                    if (hadRoom) {
                        model.addLast(length * 1_000_000 + mark);
                    }
                } else {
                    spill.drainTo(channel);
                    router.poll();
                }
                if (0 == step % 500) {
                    while (!spill.isEmpty()) {
                        spill.drainTo(channel);
                        router.poll();
                    }
                }
                assertEquals(model.size(), spill.count());
                assertTrue(spill.bytes() <= LIMIT && spill.isEmpty() == (0 == spill.bytes()));
            }
        }
    }
}
