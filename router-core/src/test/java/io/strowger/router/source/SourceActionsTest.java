package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.HangUpDecoder;
import io.strowger.codecs.sbe.LogInEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Actions to a source that speaks signals, and its results.
 */
class SourceActionsTest {
    private static final int TENANT = 3;

    private final MemoryJournal journal = new MemoryJournal();
    private final Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER));
    private final ActionClient crm = router.openActions(ActionGrant.of("crm", TENANT));
    private final Peer peer = new Peer();

    @AfterEach
    void close() {
        router.close();
        assertEquals(null, router.failure());
    }

    @Test
    void shouldBringTheActionItselfAndTakeItsResults() {
        final SourceConnection connection = open(peer);
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        assertEquals(List.of(HangUpDecoder.TEMPLATE_ID), List.copyOf(peer.actions.values()));
        final long number = number(peer, 0);
        assertNotEquals(router.lastSequence(), number, "the number tells nothing of the journal");
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.result(Peer.NO_SEQUENCE, number, ActionStatus.SENT, "")));
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.result(Peer.NO_SEQUENCE, number, ActionStatus.DONE, "so it is")));
        assertEquals(1, connection.onSignal(peer.buffer, 0, peer.result(Peer.NO_SEQUENCE, number, ActionStatus.FAILED, "twice")));
        settle(connection);
        assertEquals(List.of("k1 ACCEPTED", "k1 SENT", "k1 DONE so it is"), answers());
        assertEquals(1, peer.actions.size());
    }

    @Test
    void shouldCountNumberedResultsAmongTheSignalsOfTheSource() {
        final SourceConnection connection = open(peer);
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        connection.onSignal(peer.buffer, 0, peer.result(2, number(peer, 0), ActionStatus.DONE, ""));
        connection.onSignal(peer.buffer, 0, peer.seen(3, "b"));
        settle(connection);
        assertEquals(3, peer.acknowledged);
        assertEquals(0, Journaled.count(journal, "SOURCE_GAP"));
        assertEquals(List.of("k1 ACCEPTED", "k1 DONE"), answers());
    }

    @Test
    void shouldBringNothingToTheNextConnectionOfWhatTheLastOneHadAndTakeNoResultOfIt() {
        final SourceConnection connection = open(peer);
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        peer.isDeaf = true;
        crm.hangUp("k2", "a", null, -1);
        settle(connection);
        connection.end("lost", 5);
        settle(connection);
        assertEquals(List.of("k1 ACCEPTED", "k1 UNKNOWN source went down", "k2 ACCEPTED", "k2 FAILED source takes no actions"),
            answers().stream().sorted().toList(), "what was never brought is known to be undone");

        final Peer next = new Peer();
        final SourceConnection again = open(next);
        again.onSignal(next.buffer, 0, next.result(Peer.NO_SEQUENCE, number(peer, 0), ActionStatus.DONE, "so it was"));
        settle(again);
        assertEquals(List.of(), answers());
        assertEquals(0, next.actions.size());
    }

    @Test
    void shouldBringAnActionOnceWhenTheSourceIsDeafForAWhile() {
        final SourceConnection connection = open(peer);
        peer.isDeaf = true;
        crm.hangUp("k1", "a", null, -1);
        crm.hangUp("k2", "a", null, -1);
        settle(connection);
        assertEquals(0, peer.actions.size());
        peer.isDeaf = false;
        settle(connection);
        settle(connection);
        assertEquals(2, peer.actions.size());
    }

    @Test
    void shouldEndWhatTheOldConnectionHasWhenANewOneComesBeforeItIsGone() {
        final SourceConnection old = open(peer);
        crm.hangUp("k1", "a", null, -1);
        settle(old);
        final Peer next = new Peer();
        final SourceConnection connection = open(next);
        settle(connection);
        assertEquals(List.of("k1 ACCEPTED", "k1 UNKNOWN source went down"), answers());
        crm.hangUp("k2", "a", null, -1);
        settle(old);
        settle(connection);
        assertEquals(1, peer.actions.size());
        assertEquals(1, next.actions.size());
    }

    @Test
    void shouldBringNothingToAnOldConnectionOfWhatHasEndedWithTheNewOne() {
        final SourceConnection old = open(peer);
        peer.isDeaf = true;
        crm.hangUp("k1", "a", null, -1);
        settle(old);
        final SourceConnection connection = open(new Peer());
        settle(connection);
        assertEquals(List.of("k1 ACCEPTED", "k1 UNKNOWN source went down"), answers());
        peer.isDeaf = false;
        settle(old);
        assertEquals(0, peer.actions.size());
    }

    @Test
    void shouldTakeNoResultOfASourceThatTheActionIsNotOf() {
        final SourceConnection connection = open(peer);
        final Peer stranger = new Peer();
        stranger.capabilities = ActionGrant.ALL_ACTIONS;
        final SourceConnection other = router.openSource(SourceGrant.of("stranger", TENANT), stranger);
        other.onSignal(stranger.buffer, 0, stranger.hello("stranger"));
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        settle(other);
        other.onSignal(stranger.buffer, 0, stranger.result(Peer.NO_SEQUENCE, number(peer, 0), ActionStatus.DONE, "mine"));
        for (long number = 1; number <= router.lastSequence(); number++) {
            other.onSignal(stranger.buffer, 0, stranger.result(Peer.NO_SEQUENCE, number, ActionStatus.DONE, "mine"));
        }
        settle(other);
        assertEquals(List.of("k1 ACCEPTED"), answers());
    }

    @Test
    void shouldBringNothingToASourceThatDeclaresNothing() {
        final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT), peer);
        connection.onSignal(peer.buffer, 0, peer.hello("gateway"));
        connection.onSignal(peer.buffer, 0, peer.seen(1, "a"));
        settle(connection);
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        assertEquals(List.of("k1 FAILED source cannot do this"), answers());
        assertEquals(0, peer.actions.size());
    }

    @Test
    void shouldShowARefusedSignalAsItCame() {
        final SourceConnection connection = open(peer);
        crm.hangUp("k1", "a", null, -1);
        settle(connection);
        final int length = peer.result(Peer.NO_SEQUENCE, number(peer, 0), ActionStatus.DONE, "x") - 1;
        connection.onSignal(peer.buffer, 0, length);
        settle(connection);
        assertShown(length);
        connection.onSignal(peer.buffer, 0, SignalLayout.MAX_SIGNAL_LENGTH + 1);
        settle(connection);
        assertShown(256);
        final int seen = peer.seen(2, "b");
        connection.onSignal(peer.buffer, 0, seen - 1);
        settle(connection);
        assertShown(seen - 1);
        assertEquals(List.of("k1 ACCEPTED"), answers());
    }

    private void assertShown(final int length) {
        final byte[] sent = new byte[length];
        peer.buffer.getBytes(0, sent);
        assertArrayEquals(sent, peer.shown);
    }

    @Test
    void shouldLetASourceAskForNothing() {
        final SourceConnection connection = open(peer);
        final LogInEncoder action = new LogInEncoder().wrapAndApplyHeader(peer.buffer, 0, new MessageHeaderEncoder());
        action.sourceSequence(2).sourceTime(1).source(0).tenant(TENANT).deadline(Long.MAX_VALUE);
        action.clientId("crm").key("k1").user("101").device("").sourceName("");
        assertEquals(ReturnCode.rejected(RejectReason.NOT_ALLOWED.value()),
            connection.onSignal(peer.buffer, 0, SignalLayout.HEADER_LENGTH + action.encodedLength()));
        settle(connection);
        assertEquals(List.of(RejectReason.NOT_ALLOWED), peer.rejects);
        assertEquals(0, peer.actions.size());
    }

    private SourceConnection open(final Peer to) {
        to.capabilities = ActionGrant.ALL_ACTIONS;
        final SourceConnection connection = router.openSource(SourceGrant.of("gateway", TENANT), to);
        assertEquals(1, connection.onSignal(to.buffer, 0, to.hello("gateway")));
        settle(connection);
        connection.onSignal(to.buffer, 0, to.seen(to.welcome + 2, "a"));
        settle(connection);
        return connection;
    }

    private static long number(final Peer of, final int index) {
        return List.copyOf(of.actions.keySet()).get(index);
    }

    private List<String> answers() {
        final List<String> lines = new ArrayList<>();
        crm.poll(answer -> lines.add((answer.key() + " " + answer.status() + " " + answer.text()).strip()), 100);
        return lines;
    }

    private void settle(final SourceConnection connection) {
        int idle = 0;
        while (idle < 3) {
            idle = router.poll() + connection.poll() > 0 ? 0 : idle + 1;
        }
    }
}
