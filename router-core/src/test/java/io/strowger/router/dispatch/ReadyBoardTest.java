package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks at the board misses nothing, and looks at nobody in vain. */
class ReadyBoardTest {
    private static final int FEEDS = 16;
    private static final int OFFERS = 200_000;
    private static final int RING = 15;

    private final Dispatcher dispatcher = new Dispatcher(new RecordWindow(1 << 16), new RouterCounters(), fault -> { });
    private final CoreHere core = new CoreHere();
    private final MemoryJournal journal = new MemoryJournal();
    private final Subscriptions subscriptions =
        new Subscriptions(dispatcher, new RecordWindow(1024), journal, core, RING);
    private final ReadyBoard board = new ReadyBoard(2);
    private int shown;

    @Test
    void shouldTellOfTheSubscriptionThatWasFed() {
        final int first = board.watch(subscriptions.fromNow(Filter.ofTenant(1)));
        final int second = board.watch(subscriptions.fromNow(Filter.ofTenant(2)));
        assertEquals(List.of(first, second), ready());
        show(2);
        assertEquals(second, board.nextReady(0));
        assertEquals(ReadyBoard.NO_PLACE, board.nextReady(0));
        show(1);
        show(2);
        assertEquals(List.of(first, second), ready());
        assertEquals(List.of(), ready());
    }

    @Test
    void shouldTellOfTheSubscriptionThatIsFedNoMore() {
        final Subscription subscription = subscriptions.fromNow(Filter.ofTenant(1));
        final int place = board.watch(subscription);
        assertEquals(List.of(place), ready());
        for (int i = 0; i < RING; i++) {
            show(1);
        }
        assertEquals(List.of(place), ready());
        show(1);
        assertEquals(List.of(place), ready());
        assertTrue(0 != subscription.feed().missedFrom());
        show(1);
        assertEquals(List.of(), ready());
    }

    @Test
    void shouldHaveAPlaceAgainWhenOneWasGivenBack() {
        final int first = board.watch(subscriptions.fromNow(Filter.ofTenant(1)));
        final int second = board.watch(subscriptions.fromNow(Filter.ofTenant(2)));
        assertEquals(ReadyBoard.NO_PLACE, board.watch(subscriptions.fromNow(Filter.ofTenant(3))));
        assertEquals(2, board.size());
        show(1);
        board.forget(first);
        assertEquals(1, board.size());
        assertEquals(first, board.watch(subscriptions.fromNow(Filter.ofTenant(3))));
        assertEquals(List.of(first, second), ready());
        show(3);
        assertEquals(List.of(first), ready());
    }

    @Test
    void shouldTellOfWhatWasFedBeforeItIsWatched() {
        final Subscription subscription = subscriptions.fromNow(Filter.ofTenant(1));
        show(1);
        final int place = board.watch(subscription);
        assertEquals(List.of(place), ready());
        assertTrue(subscription.feed().ring().size() > 0);
    }

    @Test
    void shouldHaveNoPlaceWhenTheCoreCannotBeTold() {
        final Subscription subscription = subscriptions.fromNow(Filter.ofTenant(1));
        core.isFull = true;
        assertEquals(ReadyBoard.NO_PLACE, board.watch(subscription));
        assertEquals(0, board.size());
        core.isFull = false;
        assertEquals(0, board.watch(subscription));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldMissNothingWhenFedAndLookedAtAtOnce() throws InterruptedException {
        final long seed = 20_261_127L;
        final ReadyBoard shared = new ReadyBoard(FEEDS);
        final List<Subscription> watched = new ArrayList<>();
        for (int i = 0; i < FEEDS; i++) {
            watched.add(subscriptions.fromNow(Filter.ofTenant(1)));
            assertEquals(i, shared.watch(watched.get(i)));
        }
        final Looker looker = new Looker(shared, watched);
        final Thread thread = new Thread(looker);
        thread.start();
        final Random random = new Random(seed);
        final long[] sent = new long[FEEDS];
        for (int i = 0; i < OFFERS; i++) {
            final int feed = random.nextInt(FEEDS);
            // a full ring means that the looker owes a look: one that was missed would leave it full
            while (!watched.get(feed).feed().offer(sent[feed] + 1, 0, 0)) {
                Spin.once();
            }
            sent[feed]++;
        }
        for (int i = 0; i < FEEDS; i++) {
            while (watched.get(i).feed().ring().size() > 0) {
                Spin.once();
            }
        }
        looker.isOver = true;
        thread.join();
        assertEquals(null, looker.fault.get(), "seed " + seed);
        for (int i = 0; i < FEEDS; i++) {
            assertEquals(sent[i], looker.taken[i], "feed " + i + ", seed " + seed);
        }
    }

    private List<Integer> ready() {
        final List<Integer> places = new ArrayList<>();
        for (int place = board.nextReady(0); ReadyBoard.NO_PLACE != place; place = board.nextReady(place + 1)) {
            places.add(place);
        }
        return places;
    }

    private void show(final int tenant) {
        new Blocks(journal).add(new EventSignal().tenant(tenant).user("102"), 1).append();
        final UnsafeBuffer block = new UnsafeBuffer(journal.block(shown++));
        dispatcher.onBlock(block, 0, block.capacity());
    }

    /** Takes what is in the rings of the feeds that the board names, and of no others. */
    private static final class Looker implements Runnable {
        private final ReadyBoard board;
        private final List<Subscription> watched;
        private final long[] taken = new long[FEEDS];
        private final AtomicReference<String> fault = new AtomicReference<>();
        private volatile boolean isOver;

        Looker(final ReadyBoard board, final List<Subscription> watched) {
            this.board = board;
            this.watched = watched;
        }

        @Override
        public void run() {
            while (!isOver) {
                for (int place = board.nextReady(0); ReadyBoard.NO_PLACE != place; place = board.nextReady(place + 1)) {
                    take(place);
                }
            }
        }

        private void take(final int place) {
            final ControlledMessageHandler handler = (type, buffer, index, length) -> {
                final long sequence = buffer.getLong(index + SubscriptionFeed.SEQUENCE_OFFSET);
                if (sequence != taken[place] + 1) {
                    fault.compareAndSet(null, "feed " + place + ": " + sequence + " behind " + taken[place]);
                }
                taken[place] = sequence;
                return ControlledMessageHandler.Action.CONTINUE;
            };
            // a read stops at the ring's edge
            while (watched.get(place).feed().ring().controlledRead(handler) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** The core on the caller's thread. */
    private static final class CoreHere implements CoreCommands {
        private boolean isFull;

        @Override
        public boolean offer(final Runnable command) {
            if (!isFull) {
                command.run();
            }
            return !isFull;
        }

        @Override
        public void call(final Runnable command) {
            command.run();
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public boolean hasFailed() {
            return false;
        }
    }
}
