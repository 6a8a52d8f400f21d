package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.replay.ReplayException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/**
 * A router launched on a journal stands where the one before it stood.
 */
class RouterRecoveryTest {
    private static final int SIGNALS = 200;

    private final MemoryJournal journal = new MemoryJournal();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldHaveTheChainOfAnUndisturbedRunWhenLaunchedAgainAtAnyPlace() {
        final MemoryJournal undisturbed = new MemoryJournal();
        final String expected;
        try (Router router = Router.launch(Routers.invoker(undisturbed))) {
            feed(router, 0, SIGNALS);
            expected = standing(router);
        }
        for (int cut = 0; cut <= SIGNALS; cut += 7) {
            final MemoryJournal cutJournal = new MemoryJournal();
            final Router first = Router.launch(Routers.invoker(cutJournal));
            final Channel channel = first.openChannel();
            for (int i = 0; i < cut; i++) {
                while (channel.offer(encoded(i), 0, length(i)) < 0) {
                    first.poll();
                }
            }
            first.poll();
            // the process ends here: what is still in channel and ring is lost
            try (Router router = Router.launch(Routers.invoker(cutJournal.reopened()))) {
                feed(router, (int)router.lastSourceSequence(1) + 1, SIGNALS);
                assertEquals(expected, standing(router), "cut at " + cut);
            }
        }
    }

    @Test
    void shouldRefuseAJournalWhoseBlocksAreTooSmallBeforeItKeepsTheLimits() {
        journal.maxBlockLength(64 * 1024);
        assertThrows(JournalException.class, () -> Router.launch(Routers.invoker(journal)));
        assertNull(journal.limits());
        journal.maxBlockLength(1024 * 1024);
        Router.launch(Routers.invoker(journal)).close();
    }

    @Test
    void shouldNameTheSequenceWhenTheJournalIsNotWhatTheFoldGives() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            feed(router, 0, 20);
        }
        final int last = journal.blockCount() - 1;
        final int record = BlockLayout.HEADER_LENGTH;
        final long sequence = BlockLayout.firstSequence(journal.block(last), 0);
        journal.block(last).putByte(record + RecordLayout.OUTCOME_OFFSET, (byte)6);
        final ReplayException thrown = assertThrows(ReplayException.class, () -> Router.launch(Routers.invoker(journal)));
        assertEquals(sequence, thrown.sequence());
    }

    @Test
    void shouldShowTapsOnlyWhatIsNewWhenLaunchedAgain() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            Routers.feed(router, router.openChannel(), new EventSignal(), 5, sequence -> { });
        }
        final List<Long> seen = new ArrayList<>();
        final RouterContext context = Routers.invoker(journal).tap((block, record) -> seen.add(RecordLayout.sequence(block, record)));
        try (Router router = Router.launch(context)) {
            assertEquals(5, router.lastSequence());
            assertEquals(journal.lastChain(), router.chain());
            Routers.feed(router, router.openChannel(), new EventSignal(), 2, sequence -> { });
        }
        assertEquals(List.of(6L, 7L), seen);
    }

    @Test
    void shouldNeverGoBackInTimeWhenTheWallClockDoes() {
        final long[] nowNs = {5_000};
        final RouterContext before = Routers.invoker(journal).journalTime(JournalTime.WALL).epochNanoClock(() -> nowNs[0]);
        try (Router router = Router.launch(before)) {
            final Channel channel = router.openChannel();
            Routers.feed(router, channel, new EventSignal(), 1, sequence -> { });
            nowNs[0] = 4_000;
            Routers.feed(router, channel, new EventSignal(), 1, sequence -> { });
        }
        nowNs[0] = 3_000;
        final List<Long> times = new ArrayList<>();
        final RouterContext again = Routers.invoker(journal).journalTime(JournalTime.WALL).epochNanoClock(() -> nowNs[0])
            .tap((block, record) -> times.add(RecordLayout.journalTime(block, record)));
        try (Router router = Router.launch(again)) {
            final Channel channel = router.openChannel();
            Routers.feed(router, channel, new EventSignal(), 1, sequence -> { });
            nowNs[0] = 6_000;
            Routers.feed(router, channel, new EventSignal(), 1, sequence -> { });
        }
        assertEquals(List.of(5_000L, 6_000L), times);
        assertEquals(5_000, RecordLayout.journalTime(journal.block(1), BlockLayout.HEADER_LENGTH));
    }

    @Test
    void shouldKeepTheLimitsOfTheFirstLaunchWhenLaunchedAgain() {
        Router.launch(Routers.invoker(journal).sessionCapacity(77)).close();
        assertEquals(new FoldLimits(77, FoldLimits.DEFAULT.users(), FoldLimits.DEFAULT.groups(), FoldLimits.DEFAULT.sources(),
            FoldLimits.DEFAULT.actions(), 4096),
            journal.limits());
        Router.launch(Routers.invoker(journal)).close();
        Router.launch(Routers.invoker(journal).sessionCapacity(77)).close();
        for (final RouterContext other : List.of(Routers.invoker(journal).sessionCapacity(78), Routers.invoker(journal).userCapacity(78),
            Routers.invoker(journal).groupCapacity(78), Routers.invoker(journal).sourceCapacity(78),
            Routers.invoker(journal).blockSizeLimit(8192))) {
            final JournalException thrown = assertThrows(JournalException.class, () -> Router.launch(other));
            assertTrue(thrown.getMessage().contains("was begun with 77 sessions"), thrown.getMessage());
        }
    }

    @Test
    void shouldRefuseTheLaunchWhenRecordsAreMissing() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            feed(router, 0, 20);
        }
        journal.lose(new SequenceRange(5, 7));
        final MissingRecordsException thrown = assertThrows(MissingRecordsException.class, () -> Router.launch(Routers.invoker(journal)));
        assertEquals(5, thrown.firstMissing());
    }

    @Test
    void shouldRefuseTheLaunchWhenTheReplayEndsElsewhereThanTheJournal() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            feed(router, 0, 20);
        }
        final Journal otherChain = new ForwardingJournal(journal) {
            @Override
            public long lastChain() {
                return 1 + super.lastChain();
            }
        };
        assertThrows(ReplayException.class, () -> Router.launch(Routers.invoker(otherChain)));
    }

    private static String standing(final Router router) {
        return router.lastSequence() + " " + Long.toHexString(router.chain()) + " " + Long.toHexString(router.digest());
    }

    private void feed(final Router router, final int from, final int to) {
        final Channel channel = router.openChannel();
        for (int i = from; i < to; i++) {
            while (channel.offer(encoded(i), 0, length(i)) < 0) {
                router.poll();
            }
        }
        Routers.settle(router);
    }

    private ExpandableArrayBuffer encoded(final int i) {
        length(i);
        assertEquals(i, SignalLayout.sourceSequence(buffer, 0));
        return buffer;
    }

    private int length(final int i) {
        return new EventSignal().sequence(i).timeNs(1_000L * i).events(i % 3).owed(0 == i % 20 ? 7 : 0).encode(buffer);
    }
}
