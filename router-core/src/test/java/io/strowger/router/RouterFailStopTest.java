package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever throws beneath the router ends it, once, and nothing is shown behind it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouterFailStopTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Throwable> fatal = Collections.synchronizedList(new ArrayList<>());
    private final EventSignal signal = new EventSignal();

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAnswerClosedEverywhereWhenTheJournalThrowsAnError(final ThreadingMode mode) {
        final Error fault = new InternalError("disk full");
        final List<Integer> shown = Collections.synchronizedList(new ArrayList<>());
        final RouterContext context = Routers.echo(journal).threadingMode(mode).fatalHandler(fatal::add)
            .tap((block, record) -> shown.add(record));
        try (Router router = Router.launch(context)) {
            final Channel channel = router.openChannel();
            final Subscription subscription = router.subscribe(Filter.ofEveryTenant());
            Routers.offer(channel, signal);
            await(router, mode, () -> 1 == router.lastSequence());
            journal.failAppend(fault);
            Routers.offerTheLast(channel, signal);
            await(router, mode, router::isClosed);

            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            assertEquals(ReturnCode.CLOSED, channel.offer(buffer, 0, signal.encode(buffer)));
            assertEquals(ReturnCode.CLOSED, subscription.poll((block, record) -> shown.add(record), 10));
            assertEquals(ReturnCode.CLOSED, subscription.catchUp((block, record) -> shown.add(record), 10));
            assertThrows(IllegalStateException.class, router::digest);
            assertThrows(IllegalStateException.class, () -> router.subscribe(Filter.ofTenant(1)));
            assertSame(fault, router.failure());
        }
        assertEquals(1, shown.size());
        assertEquals(List.of(fault), fatal);
        assertEquals(1, journal.lastSequence());
        assertEquals(0, journal.syncs());
    }

    @Test
    void shouldFailWhenTheFoldThrows() {
        final RuntimeException fault = new IllegalStateException("of the fold");
        final RouterContext context = Routers.invoker(journal).fatalHandler(fatal::add)
            .foldFactory((out, hashSeed) -> new ThrowingFold(out, 3, fault));
        try (Router router = Router.launch(context)) {
            final Channel channel = router.openChannel();
            for (int i = 0; i < 3; i++) {
                Routers.offer(channel, signal);
            }
            await(router, ThreadingMode.INVOKER, router::isClosed);
            assertEquals(ReturnCode.CLOSED, router.poll());
            assertEquals(List.of(fault), fatal);
            assertEquals(2, journal.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldFailWhenTheSyncOfTheCloseThrows(final ThreadingMode mode) {
        final RuntimeException fault = new IllegalStateException("of the sync");
        journal.failSync(fault);
        final Router router = Router.launch(Routers.echo(journal).threadingMode(mode).fatalHandler(fatal::add));
        Routers.offer(router.openChannel(), signal);
        router.close();
        assertEquals(List.of(fault), fatal);
        assertSame(fault, router.failure());
        assertThrows(IllegalStateException.class, router::digest);
    }

    /** Here no sleep has an end of its own: a thread that is not woken stays. */
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldWakeEveryThreadToItsEndWhenItFails(final ThreadingMode mode) throws InterruptedException {
        final Set<Thread> asleep = ConcurrentHashMap.newKeySet();
        final RouterContext context = Routers.echo(journal).threadingMode(mode).fatalHandler(fatal::add).sharedCatchUp(true)
            .durability(Durability.DURABLE).follower(FollowerSettings.defaults())
            .idleStrategies(IdleStrategies.same(() -> new SleepingIdleStrategy(longestNs -> {
                asleep.add(Thread.currentThread());
                LockSupport.park();
            })));
        try (Router router = Router.launch(context)) {
            Spin.until(() -> (ThreadingMode.SPLIT == mode ? 5 : 4) == asleep.size());
            journal.failAppend(new InternalError("disk full"));
            Routers.offerTheLast(router.openChannel(), signal);
            for (final Thread thread : asleep) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
                assertFalse(thread.isAlive(), () -> thread.getName() + " sleeps on");
            }
        }
        assertEquals(1, fatal.size());
    }

    @Test
    void shouldFailInBoundedTimeWhenTheJournalTakesNothingAtTheClose() {
        final RouterContext context = Routers.echo(journal).threadingMode(ThreadingMode.SHARED).fatalHandler(fatal::add)
            .closeTimeoutNs(TimeUnit.MILLISECONDS.toNanos(50));
        final Router router = Router.launch(context);
        journal.refuse(Integer.MAX_VALUE);
        Routers.offer(router.openChannel(), signal);
        router.close();
        assertEquals(1, fatal.size());
        assertTrue(router.isClosed());
        assertEquals(0, journal.lastSequence());
    }

    @Test
    void shouldRunOnWhenTheFatalHandlerThrowsToo() {
        final Error fault = new InternalError("first");
        final IllegalStateException second = new IllegalStateException("of the handler");
        journal.failAppend(fault);
        try (Router router = Router.launch(Routers.invoker(journal).fatalHandler(thrown -> {
            throw second;
        }))) {
            Routers.offer(router.openChannel(), signal);
            assertEquals(ReturnCode.CLOSED, router.poll());
            assertSame(second, fault.getSuppressed()[0]);
        }
    }

    @Test
    void shouldKeepTheInterruptFromTheJournalWhenTheCallersThreadHasOne() {
        final boolean[] seen = new boolean[1];
        final Runnable watcher = () -> seen[0] |= Thread.currentThread().isInterrupted();
        final Router router = Router.launch(Routers.invoker(new WatchedJournal(journal, watcher)));
        Routers.offer(router.openChannel(), signal);
        Thread.currentThread().interrupt();
        router.poll();
        assertTrue(Thread.interrupted());
        assertEquals(1, router.lastSequence());
        Thread.currentThread().interrupt();
        router.close();
        assertTrue(Thread.interrupted());
        assertEquals(false, seen[0]);
        assertEquals(1, journal.syncs());
    }

    private static void await(final Router router, final ThreadingMode mode, final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (ThreadingMode.INVOKER == mode) {
                router.poll();
            }
            Spin.once();
        }
    }
}
