package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.PositionException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many who have fallen behind, and the one reading of the journal that brings them back.
 */
class CatchUpPassTest {
    private static final int USERS = 1_000;

    private final MemoryJournal journal = new MemoryJournal();
    private final List<Throwable> faults = new ArrayList<>();
    private final EventSignal signal = new EventSignal();
    private Router router;
    private Channel channel;

    @BeforeEach
    void launch() {
        router = Router.launch(Routers.invoker(journal).sharedCatchUp(true).errorHandler(faults::add));
        channel = router.openChannel();
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldBringAThousandBackInOneReadingOfTheJournal() {
        feedAllUsers(10);
        final List<LaggingReader> readers = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            readers.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + user), 1)));
        }
        final int blocks = journal.blockCount();
        settle(readers);
        for (int user = 0; user < USERS; user++) {
            assertEquals(sequencesOf(user, 10), readers.get(user).got(), "u" + user);
        }
        final long read = router.counters().get(RouterCounter.CATCH_UP_BLOCKS);
        assertTrue(read >= blocks && read <= 1.5 * blocks, () -> read + " blocks read of " + blocks);
        assertEquals(0, router.counters().get(RouterCounter.LEFT_BEHIND));
        signal.user("u7");
        Routers.feed(router, channel, signal, 1, sequence -> { });
        assertEquals(1, readers.get(7).poll());
        assertEquals(read, router.counters().get(RouterCounter.CATCH_UP_BLOCKS), "it was live");
    }

    @Test
    void shouldBringAThousandBackInOneAndAHalfReadingsWhenTheyComeOneAfterTheOther() {
        feedAllUsers(10);
        final List<LaggingReader> readers = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            readers.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + user), 1)));
        }
        final int blocks = journal.blockCount();
        for (int user = 0; user < USERS; user++) {
            readers.get(user).poll();
            if (0 == user % 25) {
                router.poll();
            }
        }
        settle(readers);
        for (int user = 0; user < USERS; user++) {
            assertEquals(sequencesOf(user, 10), readers.get(user).got(), "u" + user);
        }
        final long read = router.counters().get(RouterCounter.CATCH_UP_BLOCKS);
        assertTrue(read >= blocks && read <= 1.5 * blocks, () -> read + " blocks read of " + blocks);
        assertEquals(0, router.counters().get(RouterCounter.LEFT_BEHIND));
    }

    @Test
    void shouldNotOutrunThePollersWithItsWindow() {
        feedAllUsers(10);
        final List<LaggingReader> readers = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            readers.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + user), 1)));
            readers.get(user).poll();
        }
        for (int turn = 0; turn < 50_000; turn++) {
            router.poll();
            if (0 == turn % 300) {
                readers.forEach(LaggingReader::poll);
            }
        }
        settle(readers);
        for (int user = 0; user < USERS; user++) {
            assertEquals(sequencesOf(user, 10), readers.get(user).got(), "u" + user);
            assertFalse(readers.get(user).wasAlone(), "u" + user);
        }
        assertEquals(0, router.counters().get(RouterCounter.LEFT_BEHIND));
    }

    @Test
    void shouldEndHoweverManyComeFromTheBeginning() {
        feedAllUsers(1);
        final LaggingReader first = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 1));
        final List<LaggingReader> others = new ArrayList<>();
        int turns = 0;
        while (first.got().isEmpty() && turns < 10_000) {
            others.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + turns % USERS), 1)));
            others.get(turns++).poll();
            router.poll();
            first.poll();
        }
        final int taken = turns;
        assertTrue(taken < 200, () -> taken + " turns");
        settle(others);
        for (int i = 0; i < turns; i++) {
            assertEquals(List.of(i % USERS + 1L), others.get(i).got());
        }
    }

    @Test
    void shouldGoOnWithoutOneThatDoesNotReadAndLoseNothingOfIt() {
        feedAllUsers(1);
        final LaggingReader stalled = new LaggingReader(router.subscribe(Filter.ofTenant(1), 1));
        final LaggingReader good = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 1));
        stalled.poll();
        settle(List.of(good));
        assertEquals(List.of(1_000L), good.got());
        assertEquals(1, router.counters().get(RouterCounter.LEFT_BEHIND));
        settle(List.of(stalled));
        assertEquals(LongStream.rangeClosed(1, USERS).boxed().toList(), stalled.got());
    }

    @Test
    void shouldBeHeldForABoundedTimeByManyThatStallOneAfterTheOther() {
        router.close();
        router = Router.launch(Routers.invoker(journal).sharedCatchUp(true).errorHandler(faults::add).windowCapacityBytes(1 << 20));
        channel = router.openChannel();
        final int stalledUsers = 100;
        final int events = 40;
        final List<LaggingReader> stalled = new ArrayList<>();
        for (int user = 0; user < stalledUsers; user++) {
            signal.user("u" + user);
            Routers.feed(router, channel, signal, events, sequence -> { });
            stalled.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + user), 1)));
        }
        signal.user("u999");
        Routers.feed(router, channel, signal, 1, sequence -> { });
        final LaggingReader good = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 1));
        stalled.forEach(LaggingReader::poll);
        final int turns = turnsUntilFed(good);
        assertTrue(turns < 1_000, () -> turns + " turns");
        settle(stalled);
        stalled.forEach(reader -> assertEquals(events, reader.got().size()));
    }

    @Test
    void shouldBeHeldForABoundedTimeByACrowdThatStallsInEachHalfOfItsWindow() {
        feedAllUsers(1);
        final List<LaggingReader> stalled = new ArrayList<>();
        for (int user = 0; user < USERS - 1; user++) {
            stalled.add(new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u" + user), 1)));
        }
        final LaggingReader good = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 1));
        stalled.forEach(LaggingReader::poll);
        final int turns = turnsUntilFed(good);
        assertTrue(turns < 3_500, () -> turns + " turns");
        settle(stalled);
        for (int user = 0; user < USERS - 1; user++) {
            assertEquals(List.of(user + 1L), stalled.get(user).got());
        }
    }

    @Test
    void shouldTakeInWhoComesWhileItReads() {
        feedAllUsers(3);
        final LaggingReader first = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        first.poll();
        router.poll();
        final LaggingReader ahead = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u2"), 2_900));
        final LaggingReader behind = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u3"), 2));
        settle(List.of(first, ahead, behind));
        assertEquals(sequencesOf(1, 3), first.got());
        assertEquals(List.of(), ahead.got());
        assertEquals(sequencesOf(3, 3), behind.got());
    }

    @Test
    void shouldTellWhoeverIsTooOldAndNobodyElse() {
        feedAllUsers(1);
        final LaggingReader old = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        final LaggingReader young = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 900));
        journal.forgetBefore(500);
        old.poll();
        settle(List.of(young));
        assertEquals(List.of(1_000L), young.got());
        final PositionException thrown = assertThrows(PositionException.class, () -> settle(List.of(old)));
        assertEquals(1, thrown.position());
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldGoOnWithoutThoseWhoseRecordsAreRemovedBeneathIt() {
        feedAllUsers(3);
        final LaggingReader old = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        final LaggingReader young = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 700));
        old.poll();
        young.poll();
        router.poll();
        journal.forgetBefore(500);
        settle(List.of(young));
        assertEquals(List.of(1_000L, 2_000L, 3_000L), young.got());
        assertFalse(young.wasAlone(), "it wants nothing that is gone");
        final PositionException thrown = assertThrows(PositionException.class, () -> settle(List.of(old)));
        assertEquals(List.of(2L), old.got());
        assertEquals(17, thrown.position(), "behind what the pass has read");
        assertEquals(500, thrown.first());
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldGoOnWithoutThoseWhoseRecordsAreRemovedAsItBegins() {
        feedAllUsers(1);
        router.close();
        router = Router.launch(Routers.invoker(new TrimmedAtOpen(journal, 500)).sharedCatchUp(true).errorHandler(faults::add));
        final LaggingReader old = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        final LaggingReader young = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 700));
        old.poll();
        settle(List.of(young));
        assertEquals(List.of(1_000L), young.got());
        assertFalse(young.wasAlone(), "it wants nothing that is gone");
        final PositionException thrown = assertThrows(PositionException.class, () -> settle(List.of(old)));
        assertEquals(1, thrown.position());
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldWaitForASlowReaderOnceAndNotAtEachOfItsEvents() {
        feedAllUsers(1);
        final LaggingReader slow = new LaggingReader(router.subscribe(Filter.ofTenant(1), 1));
        final LaggingReader good = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u999"), 1));
        slow.poll();
        int turns = 0;
        while (good.got().isEmpty() && turns < 50_000) {
            router.poll();
            good.poll();
            if (0 == ++turns % 40) {
                slow.poll(1);
            }
        }
        final int taken = turns;
        assertTrue(taken < 300, () -> taken + " turns");
        settle(List.of(slow));
        assertEquals(LongStream.rangeClosed(1, USERS).boxed().toList(), slow.got());
    }

    @Test
    void shouldLeaveTheDamageOfTheJournalToWhoReadsItHimself() {
        feedAllUsers(1);
        final LaggingReader reader = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        journal.failReads(new IllegalStateException("damaged"));
        reader.poll();
        router.poll();
        assertEquals(1, faults.size());
        journal.failReads(null);
        settle(List.of(reader));
        assertEquals(List.of(2L), reader.got());
    }

    @Test
    void shouldReadTogetherAgainWhenAFaultOfTheJournalIsOver() {
        feedAllUsers(1);
        final LaggingReader first = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        journal.failReads(new IllegalStateException("too many open files"));
        first.poll();
        router.poll();
        journal.failReads(null);
        final LaggingReader second = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u2"), 1));
        settle(List.of(first, second));
        assertEquals(List.of(3L), second.got());
        assertFalse(second.wasAlone());
    }

    @Test
    void shouldBringTheRestWhenTheRouterIsClosedMeanwhile() {
        feedAllUsers(2);
        final LaggingReader reader = new LaggingReader(router.subscribe(Filter.ofTenant(1).withUser("u1"), 1));
        reader.poll();
        router.close();
        int code = 0;
        for (int turn = 0; turn < 100 && ReturnCode.CLOSED != code; turn++) {
            code = reader.poll();
        }
        assertEquals(ReturnCode.CLOSED, code);
        assertEquals(sequencesOf(1, 2), reader.got());
    }

    @Test
    void shouldBringEveryEventWhenTheRouterIsClosedWhileARingIsFull() {
        feedAllUsers(1);
        final LaggingReader reader = new LaggingReader(router.subscribe(Filter.ofTenant(1), 1));
        reader.poll();
        for (int turn = 0; turn < 40; turn++) {
            router.poll();
        }
        router.close();
        int code = 0;
        for (int turn = 0; turn < 1_000 && ReturnCode.CLOSED != code; turn++) {
            code = reader.poll();
        }
        assertEquals(ReturnCode.CLOSED, code);
        assertEquals(LongStream.rangeClosed(1, USERS).boxed().toList(), reader.got());
    }

    private void feedAllUsers(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int user = 0; user < USERS; user++) {
                signal.user("u" + user);
                Routers.feed(router, channel, signal, 1, sequence -> { });
            }
        }
    }

    private int turnsUntilFed(final LaggingReader reader) {
        int turns = 0;
        while (reader.got().isEmpty() && turns < 50_000) {
            router.poll();
            reader.poll();
            turns++;
        }
        return turns;
    }

    private static List<Long> sequencesOf(final int user, final int rounds) {
        return LongStream.range(0, rounds).map(round -> round * USERS + user + 1).boxed().toList();
    }

    private void settle(final List<LaggingReader> readers) {
        int idle = 0;
        while (idle < 300) {
            int work = Math.max(0, router.poll());
            for (final LaggingReader reader : readers) {
                work += Math.max(0, reader.poll());
            }
            idle = work > 0 ? 0 : idle + 1;
        }
        readers.forEach(reader -> assertTrue(!reader.isLagging()));
    }

    /** Loses what is before a sequence as soon as somebody is about to read from before it: retention, between two calls. */
    private static final class TrimmedAtOpen extends ForwardingJournal {
        private final MemoryJournal journal;
        private final long first;
        private int opens = 2;

        TrimmedAtOpen(final MemoryJournal journal, final long first) {
            super(journal);
            this.journal = journal;
            this.first = first;
        }

        @Override
        public JournalCursor openCursor(final long fromSequence) {
            if (0 == --opens) {
                journal.forgetBefore(first);
            }
            return super.openCursor(fromSequence);
        }
    }
}
