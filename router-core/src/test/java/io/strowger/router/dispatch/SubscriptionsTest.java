package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** No feed stays with the core whose subscriber is gone. */
class SubscriptionsTest {
    private final RecordWindow window = new RecordWindow(1024);
    private final Dispatcher dispatcher = new Dispatcher(window, new RouterCounters(), fault -> { });
    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final Subscriptions subscriptions = new Subscriptions(dispatcher, window, journal, commands, 15);

    /**
     * pains.md F9: what nobody has subscribed to is journaled and shown to taps, and costs neither a look-up nor a copy: whoever looks for
     * somebody reads the event's type first, which this block does not let him; and what is copied moves the window on.
     */
    @Test
    void shouldTouchNeitherTheEventNorTheWindowWhenNobodySubscribes() {
        final RouterCounters counters = new RouterCounters();
        final Dispatcher alone = new Dispatcher(window, counters, fault -> { });
        new Blocks(journal).add(new EventSignal().tenant(1).user("102"), 1).append();
        final UnreadableEvent block = new UnreadableEvent(journal.block(0));
        final long before = window.append(block, 0, 8);
        final long step = window.append(block, 0, 8) - before;
        final List<Integer> shown = new ArrayList<>();
        alone.addTap((buffer, record) -> shown.add(record));
        alone.onBlock(block, 0, block.capacity());
        assertEquals(List.of(BlockLayout.HEADER_LENGTH), shown);
        assertEquals(1, counters.get(RouterCounter.EVENTS));
        assertEquals(0, counters.get(RouterCounter.DELIVERIES));
        assertEquals(before + 2 * step, window.append(block, 0, 8), "something was copied into the window");

        final SubscriptionFeed anothers = new SubscriptionFeed(Filter.ofTenant(2), 15);
        alone.join(anothers);
        assertThrows(IllegalStateException.class, () -> alone.onBlock(block, 0, block.capacity()));
        alone.leave(anothers);
        alone.onBlock(block, 0, block.capacity());
    }

    @Test
    void shouldFeedNobodyWhenTheCoreDidNotAnswerTheSubscriber() {
        commands.isSilent = true;
        assertThrows(IllegalStateException.class, () -> subscriptions.fromNow(Filter.ofTenant(1)));
        commands.runAll();
        assertFalse(dispatcher.hasSubscriptions());
    }

    @Test
    void shouldFeedNobodyWhenTheSubscriberLeftBeforeItsJoinRan() {
        final Subscription subscription = subscriptions.from(Filter.ofTenant(1), 1);
        assertEquals(0, subscription.catchUp((buffer, record) -> { }, 1));
        subscription.close();
        commands.runAll();
        assertFalse(dispatcher.hasSubscriptions());
    }

    @Test
    void shouldForgetTheFeedLaterWhenTheQueueWasFullAtTheClose() {
        final Subscription first = subscriptions.fromNow(Filter.ofTenant(1));
        assertTrue(dispatcher.hasSubscriptions());
        commands.isFull = true;
        first.close();
        commands.isFull = false;
        final Subscription second = subscriptions.fromNow(Filter.ofTenant(2));
        second.close();
        commands.runAll();
        assertFalse(dispatcher.hasSubscriptions());
    }

    @Test
    void shouldFeedNobodyWhenAnothersCommandForgetsTheFeedBeforeItsOwnJoinRuns() {
        final Subscription late = subscriptions.from(Filter.ofTenant(1), 1);
        final Subscription other = subscriptions.from(Filter.ofTenant(2), 1);
        other.catchUp((buffer, record) -> { }, 1);
        late.catchUp((buffer, record) -> { }, 1);
        commands.isFull = true;
        late.close();
        other.close();
        commands.runAll();
        assertFalse(dispatcher.hasSubscriptions());
    }

    /** The way to a core that turns when the test says so. */
    private static final class Commands implements CoreCommands {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private boolean isFull;
        private boolean isSilent;

        @Override
        public boolean offer(final Runnable command) {
            return !isFull && queue.add(command);
        }

        /** As the contract has it: a command that is given up never runs. */
        @Override
        public void call(final Runnable command) {
            if (isSilent) {
                throw new IllegalStateException("the core thread does not answer");
            }
            runAll();
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

        void runAll() {
            for (Runnable command = queue.poll(); null != command; command = queue.poll()) {
                command.run();
            }
        }
    }

    /** A block of one record whose event's single bytes nobody may look at. */
    private static final class UnreadableEvent extends UnsafeBuffer {
        private final int event;

        UnreadableEvent(final UnsafeBuffer block) {
            super(block);
            event = RecordLayout.eventOffset(this, BlockLayout.HEADER_LENGTH);
        }

        @Override
        public byte getByte(final int index) {
            if (index >= event) {
                throw new IllegalStateException("byte " + index + " of the event is read");
            }
            return super.getByte(index);
        }
    }
}
