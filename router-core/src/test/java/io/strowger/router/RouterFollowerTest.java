package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.LegSignals;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.MemorySnapshots;
import io.strowger.router.follower.Follower;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.JournalException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.snapshot.Snapshot;
import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.state.StateOutput;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.lang.ref.WeakReference;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The follower beside a router: which faults it gets over, what it says of them, and what it keeps of the journal meanwhile. */
class RouterFollowerTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    private final MemoryJournal journal = new MemoryJournal();
    private final FullDisk snapshots = new FullDisk();
    private final AtomicLong nowNs = new AtomicLong();
    private final List<Throwable> faults = new ArrayList<>();
    private final LegSignals legs = new LegSignals();
    private Router router;
    private Channel channel;
    private int calls;

    @BeforeEach
    void launch() {
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).journalTime(JournalTime.SOURCE)
            .nanoClock(nowNs::get).errorHandler(faults::add).snapshots(snapshots).sessionCapacity(100).userCapacity(100)
            .follower(FollowerSettings.defaults().withSnapshotRecords(4)));
        channel = router.openChannel();
        offer(legs.hello(1));
        assertEquals(0, sessions(router.ask(Filter.ofTenant(1))));
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldGoOnWhereItStandsWhenAReadHasFailedForAWhile() {
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        final StatusReport report = router.ask(Filter.ofTenant(1));
        turn(10);
        assertFalse(report.isReady(), "a blip is not worth a refusal");
        assertEquals(1, faults.size());
        assertEquals(1, router.counters().get(RouterCounter.FOLLOWER_FAULTS), "it waits before it tries again");
        journal.failReads(null);
        nowNs.addAndGet(SECOND_NS);
        assertEquals(1, sessions(report));
        assertEquals(router.lastSequence() + 1, router.followerNeeds());
        assertEquals(1, faults.size());
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        turn(2);
        assertEquals(2, faults.size(), "another outage is told again");
    }

    @Test
    void shouldTryLessAndLessOftenAndRefuseWhoAsksMeanwhile() {
        final long needed = router.followerNeeds();
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        final StatusReport report = router.ask(Filter.ofTenant(1));
        final long endNs = nowNs.get() + HOUR_NS;
        while (nowNs.get() < endNs) {
            nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            turn(1);
        }
        final StatusException refused = assertThrows(StatusException.class, report::isReady);
        assertTrue(refused.getMessage().contains("tries again") && refused.getMessage().contains("input/output"), refused.getMessage());
        assertEquals(1, faults.size(), faults::toString);
        final long tries = router.counters().get(RouterCounter.FOLLOWER_FAULTS);
        assertTrue(tries > 50 && tries < 80, () -> tries + " tries");
        assertTrue(router.followerNeeds() > needed, "the journal is not kept for it for ever");
        journal.failReads(null);
        nowNs.addAndGet(HOUR_NS);
        assertEquals(1, sessions(router.ask(Filter.ofTenant(1))));
        assertNull(router.failure());
    }

    @Test
    void shouldBeginAgainWithASnapshotWhenWhatComesNextWasRemoved() {
        offerUntilSnapshot();
        final StatusReport before = router.ask(Filter.ofTenant(1));
        assertEquals(calls, sessions(before));
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        offer(seen());
        turn(1);
        journal.failReads(null);
        // somebody else has written a snapshot meanwhile, and the journal before it is gone
        final Follower other = Follower.open(journal, snapshots, Long.MAX_VALUE, faults::add);
        other.run(Long.MAX_VALUE, position -> { });
        other.writeSnapshot();
        journal.forgetBefore(journal.lastSequence());
        for (int i = 0; i < 10; i++) {
            nowNs.addAndGet(SECOND_NS);
            turn(1);
        }
        assertEquals(calls, sessions(router.ask(Filter.ofTenant(1))));
    }

    @Test
    void shouldEndForGoodAndNeedNothingWhenTheJournalIsNotWhatItsInputsGive() {
        journal.failReads(new JournalException("not yet"));
        offer(seen());
        turn(1);
        journal.failReads(null);
        final UnsafeBuffer last = journal.block(journal.blockCount() - 1);
        last.putLong(BlockLayout.CHAIN_OFFSET, 1 + BlockLayout.chain(last, 0), ByteOrder.LITTLE_ENDIAN);
        nowNs.addAndGet(SECOND_NS);
        turn(3);
        final long tries = router.counters().get(RouterCounter.FOLLOWER_FAULTS);
        nowNs.addAndGet(HOUR_NS);
        turn(3);
        assertEquals(tries, router.counters().get(RouterCounter.FOLLOWER_FAULTS));
        assertEquals(Long.MAX_VALUE, router.followerNeeds());
        final StatusException refused = assertThrows(StatusException.class, () -> sessions(router.ask(Filter.ofTenant(1))));
        assertTrue(refused.getMessage().contains("other records"), refused.getMessage());
        assertTrue(faults.get(faults.size() - 1).getMessage().contains("other records"), faults::toString);
        assertNull(router.failure());
    }

    @Test
    void shouldTryASnapshotAgainAWhileLaterWhenTheDiskWasFull() {
        snapshots.isFull = true;
        for (int i = 0; i < 8; i++) {
            offer(seen());
            turn(3);
        }
        assertEquals(1, router.counters().get(RouterCounter.SNAPSHOT_FAULTS));
        assertEquals(1, faults.size());
        nowNs.addAndGet(2 * SECOND_NS);
        turn(3);
        assertEquals(2, router.counters().get(RouterCounter.SNAPSHOT_FAULTS));
        assertEquals(1, faults.size(), "it is told once");
        snapshots.isFull = false;
        nowNs.addAndGet(HOUR_NS);
        turn(3);
        assertEquals(1, router.counters().get(RouterCounter.SNAPSHOTS), "without a record more");
        assertEquals(calls, sessions(router.ask(Filter.ofTenant(1))));
    }

    @Test
    void shouldNotWriteASnapshotAgainWhenItIsThereAndAnOldOneStays() {
        snapshots.isOldOneStuck = true;
        offerUntilSnapshot();
        assertEquals(1, router.counters().get(RouterCounter.SNAPSHOT_FAULTS));
        assertEquals(1, faults.size());
        nowNs.addAndGet(HOUR_NS);
        turn(3);
        assertEquals(1, router.counters().get(RouterCounter.SNAPSHOTS));
        assertEquals(1, router.counters().get(RouterCounter.SNAPSHOT_FAULTS));
    }

    @Test
    void shouldRefuseAtOnceWhoAsksWhileItWaitsForItsNextTry() {
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        nowNs.addAndGet(SECOND_NS);
        turn(1);
        final StatusReport report = router.ask(Filter.ofTenant(1));
        turn(1);
        assertThrows(StatusException.class, report::isReady);
        assertEquals(2, router.counters().get(RouterCounter.FOLLOWER_FAULTS));
    }

    @Test
    void shouldLagFurtherBehindWithEachRecordWhenItHasEnded() {
        journal.failReads(new JournalException("not yet"));
        offer(seen());
        turn(1);
        journal.failReads(null);
        final UnsafeBuffer last = journal.block(journal.blockCount() - 1);
        last.putLong(BlockLayout.CHAIN_OFFSET, 1 + BlockLayout.chain(last, 0), ByteOrder.LITTLE_ENDIAN);
        nowNs.addAndGet(SECOND_NS);
        turn(3);
        assertEquals(Long.MAX_VALUE, router.followerNeeds(), "it has ended");
        final long lag = router.counters().get(RouterCounter.FOLLOWER_LAG);
        offer(seen());
        turn(3);
        assertEquals(lag + 1, router.counters().get(RouterCounter.FOLLOWER_LAG));
    }

    @Test
    void shouldAnswerClosedWhenTheRouterIsClosedBeforeTheSnapshotIsThere() {
        journal.failReads(new JournalException("input/output error"));
        offer(seen());
        final Subscription subscription = router.subscribeWithSnapshot(Filter.ofTenant(1));
        final Sessions taker = new Sessions(new AtomicLong());
        assertEquals(ReturnCode.NEEDS_CATCH_UP, subscription.poll(taker, 10));
        assertEquals(0, subscription.catchUp(taker, 10));
        router.close();
        assertEquals(ReturnCode.CLOSED, subscription.catchUp(taker, 10));
    }

    private void offerUntilSnapshot() {
        while (0 == router.counters().get(RouterCounter.SNAPSHOTS)) {
            offer(seen());
            turn(3);
        }
    }

    private void offer(final int length) {
        assertTrue(channel.offer(legs.buffer(), 0, length) > 0);
        turn(1);
    }

    private void turn(final int turns) {
        for (int i = 0; i < turns; i++) {
            assertTrue(router.poll() >= 0);
        }
    }

    private long sessions(final StatusReport report) {
        for (int i = 0; i < 100 && !report.isReady(); i++) {
            turn(1);
        }
        assertTrue(report.isReady());
        final AtomicLong count = new AtomicLong();
        try (report) {
            report.read(new Sessions(count), Integer.MAX_VALUE);
        }
        return count.get();
    }

    @Test
    void shouldAnswerOnTheAskersThreadWhenThatIsInterrupted() {
        router.close();
        final InterruptedFiles files = new InterruptedFiles(new MemoryJournal());
        router = Router.launch(new RouterContext().journal(files).threadingMode(ThreadingMode.INVOKER).journalTime(JournalTime.SOURCE));
        channel = router.openChannel();
        offer(legs.hello(1));
        calls = 0;
        offer(seen());
        Thread.currentThread().interrupt();
        assertEquals(1, sessions(router.ask(Filter.ofTenant(1))));
        assertTrue(Thread.interrupted(), "the interrupt is the caller's");
        files.interruptNextRead();
        assertEquals(1, sessions(router.ask(Filter.ofTenant(1))));
        assertTrue(Thread.interrupted(), "the interrupt is the caller's");
        assertEquals(0, files.openCursors());
    }

    @Test
    void shouldHoldNoStatusThatItsReaderHasLost() {
        final List<WeakReference<?>> lost = List.of(lost(router.ask(Filter.ofTenant(1))),
            lost(router.ask(Filter.ofTenant(1).withUser("101"))));
        turn(10);
        for (int tries = 0; tries < 1_000 && lost.stream().anyMatch(report -> null != report.get()); tries++) {
            System.gc();
        }
        assertEquals(0, lost.stream().filter(report -> null != report.get()).count());
    }

    private static WeakReference<?> lost(final StatusReport report) {
        return new WeakReference<>(report);
    }

    @Test
    void shouldTellNoEndOfASnapshotWhenItsHandlerClosesTheSubscription() {
        for (int i = 0; i < 10; i++) {
            offer(seen());
        }
        final Subscription subscription = router.subscribeWithSnapshot(Filter.ofTenant(1));
        turn(10);
        final AtomicLong items = new AtomicLong();
        final int count = subscription.catchUp(new EventHandler() {
            @Override
            public void onEvent(final DirectBuffer event, final int record) {
                throw new AssertionError("it is closed");
            }

            @Override
            public void onSnapshotItem(final DirectBuffer part, final int item, final int length) {
                if (5 == items.incrementAndGet()) {
                    subscription.close();
                }
            }

            @Override
            public void onSnapshotEnd(final long position) {
                throw new AssertionError("it has not read the whole");
            }
        }, 1000);
        assertEquals(5, count);
        assertEquals(5, items.get());
        assertEquals(ReturnCode.CLOSED, subscription.catchUp((event, record) -> { }, 1000));
    }

    private int seen() {
        calls++;
        return legs.seen(1 + calls, 1 + calls, "call-" + calls, "101");
    }

    /** Counts the items that are sessions. */
    private record Sessions(AtomicLong count) implements EventHandler {
        @Override
        public void onEvent(final DirectBuffer buffer, final int record) {
            throw new AssertionError("a status has items only");
        }

        @Override
        public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
            final SnapshotItemDecoder decoder = new SnapshotItemDecoder().wrapAndApplyHeader(buffer, item, new MessageHeaderDecoder());
            count.addAndGet(Kind.SESSION == decoder.kind() ? 1 : 0);
        }
    }

    /** A store on a disk that may be full. */
    private static final class FullDisk implements SnapshotStore {
        private final MemorySnapshots kept = new MemorySnapshots();
        private boolean isFull;
        private boolean isOldOneStuck;

        @Override
        public long[] sequences() {
            return kept.sequences();
        }

        @Override
        public void write(final SnapshotHeader header, final Consumer<StateOutput> state) {
            if (isFull) {
                throw new SnapshotException("no space left on device");
            }
            kept.write(header, state);
            if (isOldOneStuck) {
                throw new SnapshotException("an old one can't be removed", null, true);
            }
        }

        @Override
        public Snapshot open(final long sequence) {
            return kept.open(sequence);
        }
    }
}
