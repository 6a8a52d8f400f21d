package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.DirectBuffers;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SourceConnectionTest {
    private static final int TENANT = 3;
    private static final int CAPACITY = 10_000;

    private MemoryJournal journal = new MemoryJournal();
    private Router router = launch();
    private final Peer peer = new Peer();

    @Test
    void shouldWelcomeASourceAndAcknowledgeWhatIsInTheJournal() {
        final SourceConnection connection = open("gateway");
        assertEquals(-1, peer.welcome);
        assertEquals(SourceGrant.WINDOW_DEFAULT + 1L, peer.credit);
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.seen(1, "a")));
        connection.poll();
        assertEquals(0, peer.acks, "it is not in the journal yet");
        settle(connection);
        assertEquals(1, peer.acknowledged);
        assertEquals(List.of("SOURCE_UP 3 ", "CALL_INITIATED 3 a"), Journaled.records(journal));
    }

    @Test
    void shouldTellWhereToGoOnAndPassOverDuplicates() {
        final SourceConnection first = open("gateway");
        first.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        first.onSignal(peer.buffer, 0, peer.seen(2, "b"));
        settle(first);
        router.close();
        journal = journal.reopened();
        router = launch();

        final SourceConnection again = open("gateway");
        assertEquals(2, peer.welcome);
        assertEquals(0, again.onSignal(peer.buffer, 0, peer.seen(2, "b")));
        assertEquals(1, again.onSignal(peer.buffer, 0, peer.seen(3, "c")));
        settle(again);
        assertEquals(1, again.duplicates());
        assertEquals(1, router.counters().get(RouterCounter.DUPLICATES));
        assertEquals(3, peer.acknowledged);
        assertEquals(0, Journaled.count(journal, "SOURCE_GAP"));
        assertEquals(0, Journaled.count(journal, "DUPLICATE"));
    }

    @Test
    void shouldTellAGapOfASourceThatNumbersWithoutHoles() {
        final SourceConnection connection = open("gateway");
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        connection.onSignal(peer.buffer, 0, peer.seen(5, "b"));
        settle(connection);
        assertEquals(1, Journaled.count(journal, "SOURCE_GAP"));
    }

    /** pains.md F6: both sides hang up. */
    @Test
    void shouldCountASecondHangupThatEndsNothing() {
        final SourceConnection connection = open("gateway");
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        connection.onSignal(peer.buffer, 0, peer.hangup(2, "a"));
        connection.onSignal(peer.buffer, 0, peer.hangup(3, "a"));
        settle(connection);
        assertEquals(List.of("SOURCE_UP 3 ", "CALL_INITIATED 3 a", "CALL_ESTABLISHED 3 a", "CALL_CLEARED 3 a", "IGNORED"),
            Journaled.records(journal));
        assertEquals(1, router.counters().get(RouterCounter.UNCHANGED));
    }

    @Test
    void shouldRejectWithTheReasonAndGoOn() {
        final SourceConnection connection = open("gateway");
        final int length = peer.seen(1, "a");
        assertEquals(ReturnCode.rejected(RejectReason.TRAILING_BYTES.value()), connection.onSignal(peer.buffer, 0, length + 1));
        assertEquals(ReturnCode.rejected(RejectReason.TOO_LONG.value()),
            connection.onSignal(peer.buffer, 0, SignalLayout.MAX_SIGNAL_LENGTH + 1));
        assertEquals(ReturnCode.rejected(RejectReason.TOO_SHORT.value()), connection.onSignal(peer.buffer, 0, 7));
        assertEquals(ReturnCode.rejected(RejectReason.NOT_ALLOWED.value()), connection.onSignal(peer.buffer, 0, peer.hello("gateway")));
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.seen(2, "a")));
        settle(connection);
        assertEquals(List.of(RejectReason.TRAILING_BYTES, RejectReason.TOO_LONG, RejectReason.TOO_SHORT, RejectReason.NOT_ALLOWED),
            peer.rejects);
        assertEquals(2, peer.acknowledged);
    }

    @Test
    void shouldTakeNothingBeforeAHelloOfTheRightName() {
        final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT), peer);
        assertEquals(ReturnCode.rejected(RejectReason.UNKNOWN_SOURCE.value()), connection.onSignal(peer.buffer, 0, peer.seen(1, "a")));
        assertEquals(ReturnCode.rejected(RejectReason.NOT_ALLOWED.value()), connection.onSignal(peer.buffer, 0, peer.hello("other")));
        assertEquals(0, Journaled.count(journal, "SOURCE_UP"));
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.hello("gateway")));
        settle(connection);
        assertEquals(1, Journaled.count(journal, "SOURCE_UP 3"));
    }

    @Test
    void shouldKeepTheNumberOfASourcesOwnEnd() {
        final SourceConnection connection = open("gateway");
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        connection.onSignal(peer.buffer, 0, peer.down(2));
        settle(connection);
        final SourceConnection again = open("gateway");
        assertEquals(2, peer.welcome);
        again.onSignal(peer.buffer, 0, peer.seen(3, "b"));
        settle(again);
        assertEquals(0, Journaled.count(journal, "SOURCE_GAP"));
    }

    @Test
    void shouldKeepTheSourcesOfTwoTenantsApartThatHaveOneName() {
        open("gateway");
        final Peer stranger = new Peer();
        final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT + 1), stranger);
        assertTrue(connection.onSignal(stranger.buffer, 0, stranger.hello("gateway")) > 0);
        settle(connection);
        assertEquals(-1, stranger.welcome);
        assertEquals(1, router.sourceNumber(TENANT, "gateway"));
        assertEquals(2, router.sourceNumber(TENANT + 1, "gateway"));
        final List<String> before = Journaled.records(journal);
        assertTrue(connection.onSignal(stranger.buffer, 0, stranger.seen(1, "strange")) > 0);
        settle(connection);
        final List<String> added = Journaled.records(journal).subList(before.size(), Journaled.records(journal).size());
        assertEquals(1, added.size());
        assertTrue(added.get(0).contains("CALL_INITIATED " + (TENANT + 1)), added::toString);
    }

    @Test
    void shouldTakeARefusedSignalOfADenseSourceForToldNotForMissing() {
        final SourceConnection connection = open("gateway");
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        connection.onSignal(peer.buffer, 0, peer.seen(2, "b") + 1);
        connection.onSignal(peer.buffer, 0, peer.seen(3, "c"));
        settle(connection);
        assertEquals(0, Journaled.count(journal, "SOURCE_GAP"));
        assertEquals(3, peer.acknowledged);
    }

    @Test
    void shouldTellRejectsThatThereWasNoRoomToTellBeforeTheAcknowledgement() {
        final SourceConnection connection = open("gateway");
        peer.isDeaf = true;
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a") + 1);
        connection.onSignal(peer.buffer, 0, peer.seen(2, "a") + 1);
        connection.onSignal(peer.buffer, 0, peer.seen(3, "a"));
        router.poll();
        peer.isDeaf = false;
        peer.told.clear();
        settle(connection);
        assertEquals(List.of("TRAILING_BYTES 1", "TRAILING_BYTES 2", "ack 3"), peer.told);
    }

    @Test
    void shouldTellThatAHelloIsRefusedAlsoWhenThereIsNoRoomAtOnce() {
        final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT), peer);
        peer.isDeaf = true;
        connection.onSignal(peer.buffer, 0, peer.hello("other"));
        peer.isDeaf = false;
        connection.poll();
        assertEquals(List.of(RejectReason.NOT_ALLOWED), peer.rejects);
    }

    /** Whoever is turned away costs no more memory outside the heap than the channel. */
    @Test
    void shouldKeepNoPlaceForRefusalsThatAreToldAtOnce() {
        final int strangers = 200;
        final long before = DirectBuffers.count();
        for (int i = 0; i < strangers; i++) {
            final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT), peer);
            connection.onSignal(peer.buffer, 0, peer.hello("other"));
            connection.end("not wanted", 1);
            router.poll();
        }
        final long made = DirectBuffers.count() - before;
        assertEquals(strangers, peer.rejects.size());
        assertTrue(made < strangers * 5 / 4, () -> made + " made");
    }

    @Test
    void shouldTellWhatTheFoldRefusesBeforeItIsAcknowledged() {
        final SourceConnection connection = openBeyondCapacity(3);
        settle(connection);
        assertEquals(List.of("CAPACITY " + (CAPACITY + 1), "CAPACITY " + (CAPACITY + 2), "CAPACITY " + (CAPACITY + 3),
            "ack " + (CAPACITY + 3)), peer.told);
    }

    @Test
    void shouldNotAcknowledgeBeforeARefusalCouldBeTold() {
        final SourceConnection connection = openBeyondCapacity(1);
        peer.isDeaf = true;
        settle(connection);
        peer.isDeaf = false;
        settle(connection);
        assertEquals(List.of("CAPACITY " + (CAPACITY + 1), "ack " + (CAPACITY + 1)), peer.told);
    }

    @Test
    void shouldCountWhatTheFoldRefusesWhenTheSourceIsDeafForLong() {
        final SourceConnection connection = openBeyondCapacity(1_000);
        peer.isDeaf = true;
        settle(connection);
        peer.isDeaf = false;
        settle(connection);
        assertEquals(1_000, peer.refused);
        assertEquals(Set.of(RejectReason.CAPACITY), Set.copyOf(peer.rejects));
        assertEquals("ack " + (CAPACITY + 1_000), peer.told.get(peer.told.size() - 1));
        assertEquals(1_000, Journaled.count(journal, "REJECTED"));
        assertEquals(1_000, router.counters().get(RouterCounter.REFUSED));
    }

    @Test
    void shouldTellTheNextConnectionWhatTheLastOneCouldNotTell() {
        final SourceConnection broken = openBeyondCapacity(3);
        peer.isDeaf = true;
        broken.end("reset by peer", 1);
        settle(broken);
        assertTrue(broken.isClosed());
        peer.isDeaf = false;
        peer.rejects.clear();
        settle(open("gateway"));
        assertEquals(List.of("CAPACITY " + (CAPACITY + 1), "CAPACITY " + (CAPACITY + 2), "CAPACITY " + (CAPACITY + 3)), peer.told);
        assertEquals(CAPACITY + 3, peer.welcome);
    }

    @Test
    void shouldTellEverythingToASourceThatLeavesBeforeItIsClosed() {
        final SourceConnection connection = openBeyondCapacity(2);
        connection.onSignal(peer.buffer, 0, peer.down(CAPACITY + 3));
        assertFalse(connection.isClosed());
        settle(connection);
        assertTrue(connection.isClosed());
        assertEquals(List.of("CAPACITY " + (CAPACITY + 1), "CAPACITY " + (CAPACITY + 2), "ack " + (CAPACITY + 2), "ack " + (CAPACITY + 3)),
            peer.told);
    }

    @Test
    void shouldCloseWhenASourceThatLeavesDoesNotListen() {
        final SourceConnection connection = openBeyondCapacity(2);
        peer.isDeaf = true;
        connection.onSignal(peer.buffer, 0, peer.down(CAPACITY + 3));
        settle(connection);
        assertFalse(connection.isClosed());
        connection.end("timed out", 5);
        assertTrue(connection.isClosed());
    }

    @Test
    void shouldTellNothingOfARefusalThatIsNotInTheJournal() {
        final SourceConnection connection = openBeyondCapacity(0);
        settle(connection);
        peer.told.clear();
        journal.refuse(1);
        connection.onSignal(peer.buffer, 0, peer.seen(CAPACITY + 1, "one more"));
        router.poll();
        connection.poll();
        assertEquals(List.of(), peer.told);
        settle(connection);
        assertEquals(List.of("CAPACITY " + (CAPACITY + 1), "ack " + (CAPACITY + 1)), peer.told);
    }

    @Test
    void shouldTellARefusalOnlyToItsSource() {
        final Peer other = new Peer();
        final SourceConnection innocent = router.openSource(SourceGrant.of("other", TENANT), other);
        innocent.onSignal(other.buffer, 0, other.hello("other"));
        settle(innocent);
        settle(openBeyondCapacity(3));
        settle(innocent);
        assertEquals(List.of(), other.told);
    }

    @Test
    void shouldStartAgainWithMoreSourcesUpThanABlockHoldsEndsOf() {
        journal = new MemoryJournal();
        router = launch(JournalTime.WALL, 3_000);
        for (int i = 0; i < 3_000; i++) {
            final SourceConnection connection = router.openSource(SourceGrant.of("source-" + i, TENANT), peer);
            connection.onSignal(peer.buffer, 0, peer.hello("source-" + i));
            router.poll();
        }
        router.close();
        journal = journal.reopened();
        router = launch(JournalTime.WALL, 3_000);
        while (router.poll() > 0) {
            assertFalse(router.isClosed());
        }
        assertEquals(3_000, Journaled.count(journal, "SOURCE_DOWN"));
    }

    @Test
    void shouldCutOffASourceThatSendsMoreThanItsCreditAndLoseNothing() {
        final SourceConnection flooding = router.openSource(new SourceGrant("gateway", TENANT, null, 16), peer);
        flooding.onSignal(peer.buffer, 0, peer.hello("gateway"));
        final long credit = peer.credit;
        peer.isDeaf = true;
        int sent = 1;
        while (flooding.onSignal(peer.buffer, 0, peer.seen(sent, "leg" + sent)) > 0) {
            sent++;
        }
        assertEquals(credit, sent);
        settle(flooding);
        assertTrue(flooding.isClosed());
        assertEquals(1, Journaled.count(journal, "SOURCE_DOWN"));

        peer.isDeaf = false;
        final SourceConnection again = open("gateway");
        assertEquals(sent - 1, peer.welcome);
        assertEquals(1, again.onSignal(peer.buffer, 0, peer.seen(sent, "leg" + sent)));
        settle(again);
        assertEquals(0, Journaled.count(journal, "SOURCE_GAP"));
    }

    @Test
    void shouldKeepInOrderWhatTheChannelHasNoRoomFor() {
        final SourceConnection connection = open("gateway");
        for (int i = 1; i <= 600; i++) {
            assertEquals(1, connection.onSignal(peer.buffer, 0, peer.seen(i, "leg" + i)));
        }
        settle(connection);
        assertEquals(600, peer.acknowledged);
        assertEquals("CALL_INITIATED 3 leg1", Journaled.records(journal).get(1));
        assertEquals("CALL_INITIATED 3 leg600", Journaled.records(journal).get(600));
    }

    @Test
    void shouldNotTakeTheEndOfAnOldConnectionForTheEndOfTheNewOne() {
        final SourceConnection old = open("gateway");
        final SourceConnection young = open("gateway");
        settle(young);
        old.end("timed out", 5);
        settle(old);
        assertTrue(old.isClosed());
        assertFalse(young.isClosed());
        assertEquals(0, Journaled.count(journal, "SOURCE_DOWN"));
        young.end("gone", 6);
        settle(young);
        assertEquals(1, Journaled.count(journal, "SOURCE_DOWN"));
    }

    private SourceConnection open(final String name) {
        final SourceConnection connection = router.openSource(SourceGrant.of(name, TENANT), peer);
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.hello(name)));
        return connection;
    }

    /** A source that has sent as many legs as there is room for, and more. */
    private SourceConnection openBeyondCapacity(final int more) {
        final SourceConnection connection = router.openSource(new SourceGrant("gateway", TENANT, null, 2 * CAPACITY), peer);
        connection.onSignal(peer.buffer, 0, peer.hello("gateway"));
        settle(connection);
        for (int i = 1; i <= CAPACITY + more; i++) {
            assertEquals(1, connection.onSignal(peer.buffer, 0, peer.seen(i, "leg" + i)));
            router.poll();
        }
        peer.told.clear();
        return connection;
    }

    private void settle(final SourceConnection connection) {
        int idle = 0;
        while (idle < 3) {
            idle = router.poll() + connection.poll() > 0 ? 0 : idle + 1;
        }
    }

    private Router launch() {
        return launch(JournalTime.SOURCE, 1_024);
    }

    private Router launch(final JournalTime time, final int sources) {
        return Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).journalTime(time)
            .channelCapacityBytes(16 * 1024).sessionCapacity(CAPACITY).sourceCapacity(sources));
    }
}
