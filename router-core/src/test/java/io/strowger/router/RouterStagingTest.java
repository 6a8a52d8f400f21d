package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StrictSubscription;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.LegSignals;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.fixture.StagingJournal;
import io.strowger.router.journal.Durability;
import io.strowger.router.journal.JournalException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks that are staged: where, and that nobody who reads the journal misses what was shown. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RouterStagingTest {
    private static final int ROUNDS = 60;

    private final StagingJournal journal = new StagingJournal(new MemoryJournal());
    private final EventSignal signal = new EventSignal();
    private final LegSignals legs = new LegSignals();

    @Test
    void shouldStageNothingWhereTheCallerTurnsTheRouter() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            Routers.offer(router.openChannel(), signal);
            router.poll();
            assertEquals(1, journal.flushed().lastSequence());
        }
        assertEquals(0, journal.flushes());
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldStageNothingWhereEverythingIsSynced(final ThreadingMode mode) {
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode).durability(Durability.DURABLE))) {
            Routers.offer(router.openChannel(), signal);
            Spin.until(() -> 1 == router.durableSequence());
        }
        assertEquals(0, journal.flushes());
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldShowReadersOfTheJournalWhatNothingComesBehind(final ThreadingMode mode) {
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode))) {
            final Channel channel = router.openChannel();
            for (int i = 1; i <= ROUNDS; i++) {
                final long last = i;
                Routers.offer(channel, signal);
                Spin.until(() -> last == journal.flushed().lastSequence());
            }
        }
        assertEquals(ROUNDS, journal.flushes());
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldAnswerWithAllThatWasShownWhenTheJournalIsFoldedForIt(final ThreadingMode mode) {
        try (Router router = Router.launch(new RouterContext().journal(journal).threadingMode(mode).journalTime(JournalTime.SOURCE)
            .sessionCapacity(1_000).userCapacity(100).sharedCatchUp(false))) {
            final Channel channel = router.openChannel();
            final Subscription shown = router.subscribe(Filter.ofTenant(1));
            assertTrue(channel.offer(legs.buffer(), 0, legs.hello(1)) > 0);
            for (int i = 1; i <= ROUNDS; i++) {
                assertTrue(channel.offer(legs.buffer(), 0, seen(i)) > 0);
                final long[] last = new long[1];
                while (0 == last[0]) {
                    Spin.once();
                    shown.poll((block, record) -> last[0] = RecordLayout.sequence(block, record), 1);
                }
                try (StatusReport report = router.ask(Filter.ofTenant(1))) {
                    assertTrue(report.position() >= last[0], "round " + i + ": " + report.position() + " behind " + last[0]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldCountAllThatWasNotSentToWhoIsCutOff(final ThreadingMode mode) {
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode))) {
            final Channel channel = router.openChannel();
            for (int i = 0; i < ROUNDS; i++) {
                final List<Long> got = new ArrayList<>();
                final long before = router.lastSequence();
                try (StrictSubscription strict = new StrictSubscription(router.subscribe(Filter.ofTenant(1)))) {
                    for (int j = 0; j < 20; j++) {
                        while (router.lastSequence() < before + j) {
                            Spin.once();
                        }
                        Routers.offer(channel, signal);
                    }
                    Spin.until(() -> before + 20 == router.lastSequence());
                    int code = 1;
                    while (ReturnCode.DISCONNECTED != code) {
                        code = strict.poll((block, record) -> got.add(RecordLayout.sequence(block, record)), 100);
                    }
                    assertEquals(20, got.size() + strict.unsent(), "round " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldFlushAndSyncAtTheClose(final ThreadingMode mode) {
        final Router router = Router.launch(Routers.echo(journal).threadingMode(mode));
        final Channel channel = router.openChannel();
        for (int i = 0; i < 10; i++) {
            Routers.offer(channel, signal);
        }
        router.close();
        assertEquals(10, journal.flushed().lastSequence());
        assertEquals(1, journal.flushed().syncs());
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldFailWhenAFlushDoes(final ThreadingMode mode) {
        final JournalException fault = new JournalException("input/output error");
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode))) {
            final Channel channel = router.openChannel();
            journal.failFlush(fault);
            Routers.offerTheLast(channel, signal);
            Spin.until(router::isClosed);
            assertEquals(fault, router.failure());
        }
    }

    /** It joins the core's feed where the journal has just been flushed: the block it reads last is not the one it is fed first. */
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldBringEveryEventOnceToWhoReadsTheJournalAndJoins(final ThreadingMode mode) {
        try (Router router = Router.launch(Routers.echo(journal).threadingMode(mode))) {
            final Channel channel = router.openChannel();
            final List<Long> got = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                got.clear();
                final long before = router.lastSequence();
                try (Subscription subscription = router.subscribe(Filter.ofTenant(1), before + 1)) {
                    for (int j = 0; j < 3; j++) {
                        Routers.offer(channel, signal);
                        read(subscription, got);
                    }
                    while (got.size() < 3) {
                        Spin.once();
                        read(subscription, got);
                    }
                }
                assertEquals(LongStream.rangeClosed(before + 1, before + 3).boxed().toList(), got);
            }
        }
    }

    private static void read(final Subscription subscription, final List<Long> got) {
        if (ReturnCode.NEEDS_CATCH_UP == subscription.poll((block, record) -> got.add(RecordLayout.sequence(block, record)), 10)) {
            subscription.catchUp((block, record) -> got.add(RecordLayout.sequence(block, record)), 10);
        }
    }

    private int seen(final int number) {
        return legs.seen(1 + number, 1 + number, "call-" + number, "101");
    }
}
