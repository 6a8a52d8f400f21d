package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.ReadyBoard;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.NullJournal;
import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.RecordLayout;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * From admission to tap and subscriber, a signal costs no byte of heap.
 */
class RouterAllocationTest {
    private static final int WINDOWS = 4;
    private static final int WARM_UP = 1_000_000;
    private static final int MEASURED = 500_000;
    private static final int FEW_TURNS = 50;

    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[1024]);
    private final EventHandler handler = this::see;
    private final ReadyBoard board = new ReadyBoard(1);
    private long seen;

    @Test
    void shouldAllocateNothingWhenSignalsFlowFromAdmissionToTap() {
        measure(Routers.invoker(new NullJournal()), false);
    }

    @Test
    void shouldAllocateNothingWhenTheWallClockStampsAndSubscribersPoll() {
        measure(Routers.invoker(new NullJournal()).journalTime(JournalTime.WALL), true);
    }

    @Test
    void shouldAllocateNothingWhenTheJournalIsSyncedAndBlocksAreHeldUntilThen() {
        measure(Routers.invoker(new NullJournal()).durability(Durability.DURABLE).visibility(Durability.DURABLE), true);
    }

    /** So few turns that they are interpreted: what is not allocated here is no object that a compiler has to prove away. */
    @Test
    void shouldAllocateNothingInTheTurnsOfADurableRouterBeforeTheyAreCompiled() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (Router router = Router.launch(Routers.invoker(new NullJournal()).durability(Durability.DURABLE))) {
            Routers.settle(router);
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS; window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int turn = 0; turn < FEW_TURNS; turn++) {
                    router.poll();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + FEW_TURNS + " turns");
        }
    }

    private void measure(final RouterContext context, final boolean isSubscribed) {
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        final int length = new EventSignal().encode(encoded);
        signal.putBytes(0, encoded, 0, length);
        context.ringCapacity(1024).channelCapacityBytes(64 * 1024).blockSizeLimit(64 * 1024).tap(this::see);
        try (Router router = Router.launch(context)) {
            final Channel channel = router.openChannel();
            final Subscription subscription = isSubscribed ? router.subscribe(Filter.ofTenant(1).withUser("102")) : null;
            if (isSubscribed) {
                assertEquals(0, board.watch(subscription));
            }
            run(router, channel, subscription, length, WARM_UP);
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS; window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(router, channel, subscription, length, MEASURED);
                // what the JIT compiler allocates once, while it replaces code, is not in each of them
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + MEASURED + " signals");
            Routers.settle(router);
            if (isSubscribed) {
                poll(subscription);
            }
            final long all = WARM_UP + (long)WINDOWS * MEASURED;
            assertEquals(all, router.lastSequence());
            assertEquals(isSubscribed ? 2 * all : all, seen, "every event by the tap, and by the subscriber who is never behind");
        }
    }

    private void run(final Router router, final Channel channel, final Subscription subscription, final int length, final int count) {
        for (int i = 0; i < count; i++) {
            while (channel.offer(signal, 0, length) < 0) {
                turn(router, subscription);
            }
            if (0 == (i & 7)) {
                turn(router, subscription);
            }
        }
    }

    /** Polls the subscription when the board tells that there is something, until there is nothing: it may not fall behind. */
    private void turn(final Router router, final Subscription subscription) {
        router.poll();
        if (null != subscription && ReadyBoard.NO_PLACE != board.nextReady(0)) {
            poll(subscription);
        }
    }

    private void poll(final Subscription subscription) {
        while (subscription.poll(handler, 16) > 0) {
            Thread.onSpinWait();
        }
    }

    private void see(final DirectBuffer buffer, final int record) {
        seen += RecordLayout.eventLength(buffer, record) > 0 ? 1 : 0;
    }
}
