package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.ConflatedSubscription;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StrictSubscription;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a subscription makes of limits below 1, of its thread's interrupts, and of being closed or polled from within its own handler.
 */
class SubscriptionEndTest {
    private static final Filter ALL = Filter.ofTenant(1);

    private final InterruptedFiles journal = new InterruptedFiles(new MemoryJournal());
    private final EventSignal signal = new EventSignal();
    private final List<Long> got = new ArrayList<>();
    private final EventHandler take = (buffer, record) -> got.add(RecordLayout.sequence(buffer, record));
    private Router router = Router.launch(Routers.invoker(journal));
    private Channel channel = router.openChannel();

    @AfterEach
    void close() {
        Thread.interrupted();
        router.close();
    }

    @Test
    void shouldRefuseALimitBelowOneAndLoseNothingByIt() {
        final Subscription live = router.subscribe(ALL);
        feed(40);
        assertLimitRefused(live);
        settle(live);
        assertEquals(sequences(1, 40), got);
    }

    @Test
    void shouldRefuseALimitBelowOneInTheSharedPassAndLoseNothingByIt() {
        router.close();
        router = Router.launch(Routers.invoker(new MemoryJournal()).sharedCatchUp(true));
        channel = router.openChannel();
        feed(40);
        final Subscription lagging = router.subscribe(ALL, 1);
        for (int i = 0; i < 100; i++) {
            assertLimitRefused(lagging);
            router.poll();
        }
        settle(lagging);
        assertEquals(sequences(1, 40), got);
    }

    @Test
    void shouldRefuseALimitBelowOneBehindTheEndToo() {
        final Subscription live = router.subscribe(ALL);
        feed(10);
        router.close();
        assertLimitRefused(live);
        assertEquals(10, live.poll(take, 100));
        assertEquals(ReturnCode.CLOSED, live.poll(take, 100));
        live.close();
        assertLimitRefused(live);
    }

    @Test
    void shouldRefuseALimitBelowOneWhateverThePolicyIs() {
        final StrictSubscription strict = new StrictSubscription(router.subscribe(ALL));
        final ConflatedSubscription conflated = new ConflatedSubscription(router.subscribe(ALL), 100);
        feed(40);
        assertThrows(IllegalArgumentException.class, () -> strict.poll(take, 0));
        assertThrows(IllegalArgumentException.class, () -> conflated.poll((buffer, record, folded) -> { }, 0));
        assertEquals(7, strict.poll(take, 7));
        while (strict.poll(take, 7) > 0) {
            assertTrue(got.size() <= 40);
        }
        assertEquals(ReturnCode.DISCONNECTED, strict.poll(take, 1));
        assertEquals(40, got.size() + strict.unsent());
        assertThrows(IllegalArgumentException.class, () -> strict.poll(take, -1));
    }

    @Test
    void shouldGoOnCatchingUpWhenItsThreadIsInterruptedBefore() {
        feed(40);
        final Subscription lagging = router.subscribe(ALL, 1);
        Thread.currentThread().interrupt();
        settle(lagging);
        assertEquals(sequences(1, 40), got);
        assertTrue(Thread.interrupted(), "the interrupt is the caller's");
    }

    @Test
    void shouldGoOnCatchingUpWhenItsThreadIsInterruptedWhileItReads() {
        feed(40);
        final Subscription lagging = router.subscribe(ALL, 1);
        assertTrue(lagging.catchUp(take, 5) >= 5);
        journal.interruptNextRead();
        settle(lagging);
        assertEquals(sequences(1, 40), got);
        assertTrue(Thread.interrupted(), "the interrupt is the caller's");
    }

    @Test
    void shouldShowTheHandlerTheInterruptAndLeaveItToIt() {
        feed(40);
        final Subscription lagging = router.subscribe(ALL, 1);
        Thread.currentThread().interrupt();
        final List<Boolean> seen = new ArrayList<>();
        lagging.catchUp((buffer, record) -> seen.add(Thread.interrupted()), 3);
        assertTrue(seen.remove(0));
        assertFalse(seen.contains(true), "the handler has taken it");
        assertFalse(Thread.interrupted());
        lagging.catchUp((buffer, record) -> Thread.currentThread().interrupt(), 3);
        assertTrue(Thread.interrupted());
        settle(lagging);
        assertFalse(lagging.isLagging());
    }

    @Test
    void shouldGoOnWhenAReadHasFailedOnce() {
        feed(40);
        final Subscription lagging = router.subscribe(ALL, 1);
        lagging.catchUp(take, 5);
        journal.closeOpenCursors();
        assertThrows(JournalException.class, () -> lagging.catchUp(take, 5));
        settle(lagging);
        assertEquals(sequences(1, 40), got);
    }

    @Test
    void shouldDeliverNothingMoreWhenItIsClosedWithinItsHandler() {
        final Subscription live = router.subscribe(ALL);
        feed(12);
        assertEquals(3, live.poll(closing(live, 3), 100));
        assertEquals(3, got.size());
        assertEquals(4, live.nextSequence());
        assertEquals(ReturnCode.CLOSED, live.poll(take, 100));
        final Subscription lagging = router.subscribe(ALL, 1);
        got.clear();
        assertEquals(3, lagging.catchUp(closing(lagging, 3), 100));
        assertEquals(sequences(1, 3), got);
        assertEquals(0, journal.openCursors());
        assertEquals(ReturnCode.CLOSED, lagging.catchUp(take, 100));
    }

    @Test
    void shouldStandBehindTheOnlyEventThatIsDeliveredWhenItIsClosedWithinItAndTheRingHasRunOver() {
        final Subscription live = router.subscribe(ALL);
        feed(40);
        assertEquals(1, live.poll(closing(live, 1), 100));
        assertEquals(2, live.nextSequence());
    }

    @Test
    void shouldKeepTheJournalOpenUntilItsHandlerHasReturnedWhenThatClosesIt() {
        signal.events(8);
        Routers.feed(router, channel, signal, 2, sequence -> { });
        final Subscription lagging = router.subscribe(ALL, 1);
        lagging.catchUp((buffer, record) -> {
            lagging.close();
            assertEquals(1, journal.openCursors(), "what the handler looks at is still there");
            take.onEvent(buffer, record);
        }, 100);
        assertEquals(1, got.size());
        assertEquals(0, journal.openCursors());
    }

    @Test
    void shouldLetGoOfTheFilesWhenItsHandlerClosesItAndThrows() {
        feed(12);
        final Subscription lagging = router.subscribe(ALL, 1);
        assertThrows(IllegalStateException.class, () -> lagging.catchUp((buffer, record) -> {
            lagging.close();
            throw new IllegalStateException("of the handler");
        }, 100));
        assertEquals(0, journal.openCursors());
    }

    @Test
    void shouldDeliverNothingMoreInTheSharedPassWhenItIsClosedWithinItsHandler() {
        router.close();
        router = Router.launch(Routers.invoker(new MemoryJournal()).sharedCatchUp(true));
        channel = router.openChannel();
        feed(12);
        final Subscription lagging = router.subscribe(ALL, 1);
        final EventHandler handler = closing(lagging, 3);
        int code = 0;
        for (int i = 0; i < 100 && ReturnCode.CLOSED != code; i++) {
            code = lagging.poll(handler, 100);
            assertTrue(ReturnCode.NEEDS_CATCH_UP != code);
            router.poll();
        }
        assertEquals(sequences(1, 3), got);
        assertEquals(4, lagging.nextSequence());
        assertEquals(ReturnCode.CLOSED, code);
    }

    @Test
    void shouldRefuseToBePolledFromWithinItsHandler() {
        feed(12);
        final Subscription lagging = router.subscribe(ALL, 1);
        assertThrows(IllegalStateException.class, () -> lagging.catchUp((buffer, record) -> lagging.catchUp(take, 10), 100));
        assertThrows(IllegalStateException.class, () -> lagging.catchUp((buffer, record) -> lagging.poll(take, 10), 100));
        settle(lagging);
        assertEquals(sequences(1, 12), got);
    }

    @Test
    void shouldDeliverNothingMoreOfWhatIsConflatedWhenItIsClosedWithinItsHandler() {
        final ConflatedSubscription conflated = new ConflatedSubscription(router.subscribe(ALL), 100);
        feed(8);
        final List<Long> latest = new ArrayList<>();
        final ConflatedHandler handler = (buffer, record, folded) -> {
            latest.add(RecordLayout.sequence(buffer, record));
            if (2 == latest.size()) {
                conflated.close();
            }
        };
        assertEquals(2, conflated.poll(handler, 100));
        assertEquals(2, latest.size());
        assertEquals(ReturnCode.CLOSED, conflated.poll(handler, 100));
        assertEquals(2, latest.size());
        assertEquals(0, conflated.waiting());
    }

    @Test
    void shouldRefuseToBePolledFromWithinItsHandlerWhenItIsConflated() {
        final ConflatedSubscription conflated = new ConflatedSubscription(router.subscribe(ALL), 100);
        feed(8);
        final ConflatedHandler count = (buffer, record, folded) -> got.add(folded);
        assertThrows(IllegalStateException.class, () -> conflated.poll((buffer, record, folded) -> conflated.poll(count, 10), 10));
        assertEquals(8, conflated.poll(count, 100));
    }

    @Test
    void shouldBeClosedAndNotDisconnectedWhenWhoIsStrictClosesItself() {
        final StrictSubscription strict = new StrictSubscription(router.subscribe(ALL));
        feed(40);
        assertEquals(3, strict.poll(closing(strict, 3), 100));
        assertEquals(ReturnCode.CLOSED, strict.poll(take, 100));
        assertEquals(3, got.size());
        assertEquals(0, strict.unsent());
    }

    private EventHandler closing(final AutoCloseable closed, final int count) {
        return (buffer, record) -> {
            take.onEvent(buffer, record);
            if (count == got.size()) {
                closeQuietly(closed);
            }
        };
    }

    private static void closeQuietly(final AutoCloseable closed) {
        try {
            closed.close();
        } catch (final Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private void assertLimitRefused(final Subscription subscription) {
        assertThrows(IllegalArgumentException.class, () -> subscription.poll(take, 0));
        assertThrows(IllegalArgumentException.class, () -> subscription.catchUp(take, 0));
        assertThrows(IllegalArgumentException.class, () -> subscription.poll(take, -1));
    }

    private void feed(final int count) {
        for (int i = 0; i < count; i++) {
            signal.ids("s" + i, "c");
            Routers.feed(router, channel, signal, 1, sequence -> { });
        }
    }

    private void settle(final Subscription subscription) {
        for (int i = 0; i < 300; i++) {
            router.poll();
            if (ReturnCode.NEEDS_CATCH_UP == subscription.poll(take, 7)) {
                subscription.catchUp(take, 7);
            }
        }
    }

    private static List<Long> sequences(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
