package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What must not depend on which threads turn the router.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RouterModesTest {
    private static final int SIGNALS = 3_000;
    private static final int MANY = 50_000;

    @Test
    void shouldGiveTheSameChainAndDigestWhenTheSameSignalsFlowInAnyMode() {
        final String expected = run(ThreadingMode.INVOKER);
        assertEquals(expected, run(ThreadingMode.SHARED));
        assertEquals(expected, run(ThreadingMode.SPLIT));
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldJournalExactlyWhatWasTakenWhenTheRouterIsClosedMeanwhile(final ThreadingMode mode) throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            final MemoryJournal journal = new MemoryJournal();
            final Router router = Router.launch(Routers.echo(journal).threadingMode(mode));
            final Channel channel = router.openChannel();
            final long[] taken = new long[1];
            final Thread offering = new Thread(() -> taken[0] = offerUntilClosed(channel));
            offering.start();
            while (router.lastSequence() < round) {
                Spin.once();
            }
            router.close();
            offering.join();
            assertNull(router.failure());
            assertEquals(taken[0], journal.lastSequence(), "round " + round);
        }
    }

    /** Such a strategy is no waker, so that by their wakers the two threads of the one mode look like the one of the other. */
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldJournalEachSignalOnceWhenThreadsIdleByAStrategyThatNobodyWakes(final ThreadingMode mode) throws InterruptedException {
        final MemoryJournal journal = new MemoryJournal();
        try (Router router = Router.launch(Routers.echo(journal).ringCapacity(256).threadingMode(mode)
            .idleStrategies(IdleStrategies.same(() -> YieldingIdleStrategy.INSTANCE)))) {
            final Thread other = new Thread(() -> offerAll(router.openChannel()));
            other.start();
            offerAll(router.openChannel());
            other.join();
            Spin.until(() -> 2 * MANY == router.lastSequence() || router.isClosed());
            assertNull(router.failure());
            assertEquals(2 * MANY, router.counters().get(RouterCounter.ADMITTED));
        }
        assertEquals(2 * MANY, journal.lastSequence());
    }

    private static void offerAll(final Channel channel) {
        final EventSignal signal = new EventSignal();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        for (int i = 0; i < MANY; i++) {
            final int length = signal.encode(buffer);
            long code = channel.offer(buffer, 0, length);
            while (ReturnCode.BACK_PRESSURED == code) {
                Spin.once();
                code = channel.offer(buffer, 0, length);
            }
            assertTrue(code > 0, () -> "signal not taken");
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldBringEveryEventOnceWhenThePollerStalls(final ThreadingMode mode) {
        final long seed = System.identityHashCode(new Object());
        final MemoryJournal journal = new MemoryJournal();
        final List<Long> got = new ArrayList<>();
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode))) {
            final Subscription subscription = router.subscribe(Filter.ofTenant(1));
            final Channel channel = router.openChannel();
            final Random random = new Random(seed);
            final EventSignal signal = new EventSignal();
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            int sent = 0;
            while (got.size() < SIGNALS) {
                for (int i = random.nextInt(60); i > 0 && sent < SIGNALS; i--) {
                    final int length = signal.encode(buffer);
                    while (channel.offer(buffer, 0, length) < 0) {
                        Spin.once();
                    }
                    sent++;
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    final int limit = 1 + random.nextInt(20);
                    if (ReturnCode.NEEDS_CATCH_UP == subscription.poll((block, record) -> got.add(sequence(block, record)), limit)) {
                        subscription.catchUp((block, record) -> got.add(sequence(block, record)), limit);
                    }
                }
            }
            assertTrue(router.counters().get(RouterCounter.LAGGING) > 0, "never lagged, seed " + seed);
        }
        for (int i = 0; i < SIGNALS; i++) {
            assertEquals(i + 1L, got.get(i), "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldIgnoreTheInterruptWhenAThreadOfTheRouterGetsOne(final ThreadingMode mode) {
        final MemoryJournal journal = new MemoryJournal();
        final boolean[] interrupted = new boolean[1];
        final RouterContext context = Routers.echo(journal).threadingMode(mode).tap((block, record) -> {
            Thread.currentThread().interrupt();
            interrupted[0] |= Thread.currentThread().isInterrupted();
        });
        try (Router router = Router.launch(context)) {
            final Channel channel = router.openChannel();
            Routers.offer(channel, new EventSignal());
            Routers.offer(channel, new EventSignal());
        }
        assertEquals(2, journal.lastSequence());
        assertEquals(false, interrupted[0]);
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldShowTheRestBeforeItSaysClosedWhenTheRouterWasClosed(final ThreadingMode mode) {
        final Router router = Router.launch(Routers.echo(new MemoryJournal()).threadingMode(mode));
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        final Channel channel = router.openChannel();
        for (int i = 0; i < 5; i++) {
            Routers.offer(channel, new EventSignal());
        }
        router.close();
        final List<Long> got = new ArrayList<>();
        assertEquals(3, subscription.poll((block, record) -> got.add(sequence(block, record)), 3));
        assertEquals(2, subscription.poll((block, record) -> got.add(sequence(block, record)), 3));
        assertEquals(ReturnCode.CLOSED, subscription.poll((block, record) -> got.add(sequence(block, record)), 3));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), got);
    }

    private static String run(final ThreadingMode mode) {
        final MemoryJournal journal = new MemoryJournal();
        final Router router = Router.launch(Routers.echo(journal).threadingMode(mode));
        final Channel channel = router.openChannel();
        final EventSignal signal = new EventSignal();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        for (int i = 0; i < SIGNALS; i++) {
            final int length = signal.timeNs(1_000L * (i ^ 5)).events(i % 4).owed(0 == i % 50 ? 8 : 0).encode(buffer);
            while (channel.offer(buffer, 0, length) < 0) {
                if (ThreadingMode.INVOKER == mode) {
                    router.poll();
                }
                Spin.once();
            }
        }
        router.close();
        assertNull(router.failure());
        assertEquals(journal.lastSequence(), router.lastSequence());
        assertEquals(journal.lastChain(), router.chain());
        return router.lastSequence() + " " + Long.toHexString(router.chain()) + " " + Long.toHexString(router.digest());
    }

    private static long offerUntilClosed(final Channel channel) {
        final EventSignal signal = new EventSignal();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length = signal.encode(buffer);
        long taken = 0;
        long code = 0;
        while (ReturnCode.CLOSED != code) {
            code = channel.offer(buffer, 0, length);
            if (code > 0) {
                taken = code;
            } else {
                Spin.once();
            }
        }
        return taken;
    }

    private static long sequence(final DirectBuffer block, final int record) {
        return RecordLayout.sequence(block, record);
    }
}
