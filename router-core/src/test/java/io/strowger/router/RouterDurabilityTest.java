package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.DiskJournal;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.journal.Durability;
import io.strowger.router.journal.PositionException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A router that syncs its journal: who syncs, what is seen when, and what becomes of it when the disk is slow or fails.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouterDurabilityTest {
    private final DiskJournal journal = new DiskJournal(new MemoryJournal());
    private final List<Throwable> fatal = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> shown = Collections.synchronizedList(new ArrayList<>());
    private final EventSignal signal = new EventSignal();
    private final CountDownLatch release = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldShowNothingAnywhereBeforeItIsOnTheDisk(final ThreadingMode mode) {
        try (Router router = Router.launch(durable(mode))) {
            final Channel channel = router.openChannel();
            offer(channel, 1);
            Spin.until(() -> 1 == shown.size());
            journal.beside(this::hold);
            final Subscription live = router.subscribe(Filter.ofEveryTenant());
            final Subscription late = router.subscribe(Filter.ofEveryTenant(), 1);
            offer(channel, 4);
            Spin.until(() -> 5 == router.lastSequence());
            assertTrue(router.digest() != 0, "status is that of the journal");
            assertEquals(1, router.durableSequence());
            assertEquals(0, live.poll(this::see, 10));
            assertEquals(1, late.catchUp((block, record) -> { }, 10));
            assertEquals(0, late.catchUp(this::see, 10));
            assertEquals(1, assertThrows(PositionException.class, () -> router.subscribe(Filter.ofEveryTenant(), 3)).last());
            assertEquals(List.of(1L), shown);

            release.countDown();
            Spin.until(() -> 5 == shown.size());
            final List<Long> polled = new ArrayList<>();
            Spin.until(() -> 4 == take(live, polled));
            // it may reach the journal's end, and be live, at any of them
            Spin.until(() -> 8 == take(late, polled));
            assertEquals(List.of(2L, 3L, 4L, 5L, 2L, 3L, 4L, 5L), polled);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), shown);
    }

    @Test
    void shouldShowNothingBeforeItIsOnTheDiskWhenLaggardsReadTheJournalTogether() {
        final List<Long> got = new ArrayList<>();
        try (Router router = Router.launch(durable(ThreadingMode.SHARED).sharedCatchUp(true))) {
            final Channel channel = router.openChannel();
            offer(channel, 1);
            Spin.until(() -> 1 == shown.size());
            journal.beside(this::hold);
            final Subscription late = router.subscribe(Filter.ofEveryTenant(), 1);
            offer(channel, 4);
            Spin.until(() -> 5 == router.lastSequence());
            Spin.until(() -> 1 == take(late, got));
            for (int i = 0; i < 1_000; i++) {
                assertEquals(1, take(late, got));
            }
            release.countDown();
            Spin.until(() -> 5 == take(late, got));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), got);
    }

    private static int take(final Subscription subscription, final List<Long> got) {
        final EventHandler handler = (block, record) -> got.add(RecordLayout.sequence(block, record));
        if (ReturnCode.NEEDS_CATCH_UP == subscription.poll(handler, 10)) {
            subscription.catchUp(handler, 10);
        }
        return got.size();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldSyncOnAThreadOfItsOwnAndNotOnTheCores(final ThreadingMode mode) {
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode).durability(Durability.DURABLE).tap(this::see))) {
            journal.beside(this::hold);
            final Channel channel = router.openChannel();
            offer(channel, 3);
            // visible when accepted: the core goes on while the disk is held
            Spin.until(() -> 3 == shown.size());
            assertEquals(0, router.durableSequence());
            release.countDown();
            Spin.until(() -> 3 == router.durableSequence());
        }
        assertEquals("strowger-durability", journal.syncThread().getName());
        assertEquals(3, journal.durable());
    }

    @Test
    void shouldSyncAtTheCloseOnlyWhenNothingElseIsAskedFor() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            offer(router.openChannel(), 3);
            Routers.settle(router);
            assertEquals(0, journal.memory().syncs());
            assertEquals(0, router.durableSequence());
        }
        assertEquals(1, journal.memory().syncs());
    }

    @Test
    void shouldBringToTheDiskFirstWhatItFinds() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            offer(router.openChannel(), 3);
        }
        final DiskJournal found = new DiskJournal(journal.memory().reopened());
        try (Router router = Router.launch(Routers.invoker(found).durability(Durability.DURABLE).visibility(Durability.DURABLE))) {
            assertEquals(3, found.durable());
            assertEquals(3, router.durableSequence());
            assertEquals(3, router.subscribe(Filter.ofEveryTenant(), 1).catchUp(this::see, 10));
            assertEquals(0, router.subscribe(Filter.ofEveryTenant(), 4).catchUp(this::see, 10));
        }
    }

    @Test
    void shouldTakeAlongInOneSyncWhatCameDuringTheOneBefore() {
        try (Router router = Router.launch(durable(ThreadingMode.SHARED))) {
            journal.beside(this::hold);
            final Channel channel = router.openChannel();
            for (int i = 0; i < 50; i++) {
                offer(channel, 1);
                final int last = i + 1;
                Spin.until(() -> last == router.lastSequence());
            }
            release.countDown();
            Spin.until(() -> 50 == router.durableSequence());
            // the first may not have begun before everything had come
            assertTrue(router.counters().get(RouterCounter.SYNCS) <= 2, () -> router.counters().toString());
            assertEquals(50, router.counters().get(RouterCounter.DURABLE_SEQUENCE));
            assertEquals(0, router.counters().get(RouterCounter.DURABLE_LAG));
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldFailAndShowNothingWhenASyncThrows(final ThreadingMode mode) {
        final Error fault = new InternalError("Input/output error");
        try (Router router = Router.launch(durable(mode))) {
            final Subscription live = router.subscribe(Filter.ofEveryTenant());
            final Subscription late = router.subscribe(Filter.ofEveryTenant(), 1);
            journal.memory().failSync(fault);
            Routers.offerTheLast(router.openChannel(), signal);
            Spin.until(() -> {
                if (ThreadingMode.INVOKER == mode) {
                    router.poll();
                }
                return router.isClosed();
            });
            assertEquals(ReturnCode.CLOSED, live.poll(this::see, 10));
            assertEquals(ReturnCode.CLOSED, late.catchUp(this::see, 10));
            assertSame(fault, router.failure());
            assertEquals(0, router.durableSequence());
        }
        assertEquals(List.of(fault), fatal);
        assertEquals(List.of(), shown);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldSyncAndShowEverythingWhenClosed(final ThreadingMode mode) {
        final Router router = Router.launch(durable(mode));
        offer(router.openChannel(), 7);
        router.close();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), shown);
        assertEquals(7, journal.durable());
        assertEquals(List.of(), fatal);
    }

    @Test
    void shouldTakeNoSignalsAndLoseNoneWhenTheDiskIsSlow() {
        final List<Long> expected = new ArrayList<>();
        try (Router router = Router.launch(durable(ThreadingMode.SHARED).heldCapacityBytes(1 << 20))) {
            journal.beside(this::hold);
            final Channel channel = router.openChannel();
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            while (router.counters().get(RouterCounter.HELD_FULL) < 10) {
                final int length = signal.encode(buffer);
                while (channel.offer(buffer, 0, length) < 0 && router.counters().get(RouterCounter.HELD_FULL) < 10) {
                    Spin.once();
                }
            }
            final long taken = channel.offer(buffer, 0, signal.encode(buffer));
            final long journaled = router.lastSequence();
            assertTrue(ReturnCode.BACK_PRESSURED == taken || taken > journaled, "taken " + taken + " journaled " + journaled);
            assertTrue(router.digest() != 0, "the core answers");
            assertEquals(journaled, router.lastSequence());
            assertEquals(List.of(), shown);
            release.countDown();
        }
        LongStream.rangeClosed(1, journal.durable()).forEach(expected::add);
        assertTrue(journal.durable() > 1_000, "records " + journal.durable());
        assertEquals(expected, shown);
        assertEquals(List.of(), fatal);
    }

    @Test
    void shouldFailInBoundedTimeWhenTheDiskHangsAtTheClose() {
        final Router router = Router.launch(durable(ThreadingMode.SHARED).closeTimeoutNs(TimeUnit.MILLISECONDS.toNanos(50)));
        journal.beside(this::hold);
        offer(router.openChannel(), 1);
        router.close();
        assertEquals(1, fatal.size());
        assertEquals(List.of(), shown);
        release.countDown();
    }

    @Test
    void shouldRefuseToShowBehindASyncThatNobodyDoes() {
        assertThrows(IllegalArgumentException.class, () -> Router.launch(Routers.invoker(journal).visibility(Durability.DURABLE)));
        assertThrows(IllegalArgumentException.class, () -> Router.launch(Routers.invoker(journal).heldCapacityBytes(0)));
    }

    private RouterContext durable(final ThreadingMode mode) {
        return Routers.echo(journal).threadingMode(mode).durability(Durability.DURABLE).visibility(Durability.DURABLE)
            .fatalHandler(fatal::add).tap(this::see);
    }

    private void offer(final Channel channel, final int count) {
        for (int i = 0; i < count; i++) {
            Routers.offer(channel, signal);
        }
    }

    private void see(final DirectBuffer block, final int record) {
        shown.add(RecordLayout.sequence(block, record));
    }

    private void hold() {
        try {
            release.await();
        } catch (final InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
