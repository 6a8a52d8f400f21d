package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.membership;
import static io.strowger.router.core.FoldHarness.park;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.registration;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What happens between the end of a list and the end of its walk: the next list, loss, another source.
 */
final class OverlappingListsTest {
    private FoldHarness pbx = FoldHarness.up();
    private long otherSequence;

    @Test
    void shouldEndCallsWhenAListOfChatsEndsBeforeTheirListIsWalked() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS, "x")).apply(Listed.end(ListKind.LEGS, "x"));
        pbx.apply(Listed.begin(ListKind.LEGS, "y").put(1, Media.CHAT.value())).apply(Listed.end(ListKind.LEGS, "y"));
        pbx.payOwed();
        assertEquals(0, pbx.core.openSessions());
        assertTrue(pbx.types().contains("source.resynchronised"));
    }

    @Test
    void shouldEndStaysOfAQueueWhenTheListOfAnotherQueueEndsBehindIt() {
        pbx.apply(seen("t1", "t1")).apply(queue(QueueAction.JOINED, "t1", "sales"));
        pbx.apply(membership(MembershipAction.ADDED, "201", "sales"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "x")).apply(Listed.queue("sales").text(8, "x")).apply(Listed.end(ListKind.QUEUES, "x"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "y")).apply(Listed.queue("support").text(8, "y")).apply(Listed.end(ListKind.QUEUES, "y"));
        pbx.told.clear();
        pbx.payOwed();
        assertEquals(List.of("call.dequeued", "group.logged-out"), pbx.types());
    }

    @Test
    void shouldTellOpenListsOfDifferentMediaApartInTheDigest() {
        final FoldHarness other = FoldHarness.up();
        pbx.apply(Listed.begin(ListKind.LEGS, "x"));
        other.apply(Listed.begin(ListKind.LEGS, "x").put(1, Media.CHAT.value()));
        assertNotEquals(pbx.core.digest(), other.core.digest());
    }

    @Test
    void shouldCountForEachListOfLegsByItself() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u102")).apply(Listed.begin(ListKind.LEGS, "x"));
        pbx.apply(Listed.leg("u102", "u102", LegState.UP).text(8, "x")).apply(Listed.end(ListKind.LEGS, "x"));
        pbx.apply(Listed.begin(ListKind.LEGS, "y")).payOwed();
        assertTrue(pbx.last("source.resynchronised").text().startsWith("1 listed, 1 ended"));
    }

    @Test
    void shouldStayStaleWhenSomethingIsLostBehindTheEndOfTheList() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS));
        pbx.apply(new Signal(SourceGapDecoder.TEMPLATE_ID, SourceGapDecoder.BLOCK_LENGTH, 1).putLongAt(0, 3).putLongAt(8, 300));
        assertTrue(isStale());
        pbx.payOwed();
        assertTrue(isStale());
    }

    @Test
    void shouldStayStaleWhenTheConnectionEndsBeforeTheListIsWalked() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS)).down().hello(true).payOwed();
        assertTrue(isStale());
        assertFalse(pbx.types().contains("source.resynchronised"));
    }

    @Test
    void shouldBeStaleWhileDown() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS)).down().payOwed();
        assertTrue(isStale());
        assertFalse(pbx.types().contains("source.resynchronised"));
    }

    @Test
    void shouldCountTheLegsOfABridgeWhenTheNextListHasBegun() {
        pbx.apply(Listed.begin(ListKind.LEGS, "x"));
        pbx.apply(Listed.inBridge(Listed.leg("u101", "u101", LegState.UP), "b1").text(8, "x"));
        pbx.apply(Listed.inBridge(Listed.leg("u102", "u101", LegState.UP), "b1").text(8, "x"));
        pbx.apply(Listed.end(ListKind.LEGS, "x")).apply(Listed.begin(ListKind.LEGS, "y")).payOwed();
        pbx.later(60_000).apply(hangup("u101", 16));
        assertEquals(60_000, pbx.last("call.cleared").talkMs());
    }

    @Test
    void shouldTakeUpAStayAgainThatTheNextListShows() {
        pbx.apply(seen("t1", "t1")).apply(queue(QueueAction.JOINED, "t1", "sales"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "x")).apply(Listed.queue("sales").text(8, "x")).apply(Listed.end(ListKind.QUEUES, "x"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "y")).payOwed();
        assertEquals("t1", pbx.last("call.dequeued").id());
        pbx.told.clear();
        pbx.apply(Listed.waiting("t1", "sales").text(8, "y")).apply(Listed.end(ListKind.QUEUES, "y")).payOwed();
        assertEquals(List.of("call.queued"), pbx.types());
    }

    @Test
    void shouldTakeUpAParkedLegAgainThatTheNextListShows() {
        pbx.apply(seen("t1", "t1")).apply(park(ParkAction.PARKED, "t1", "701"));
        pbx.apply(Listed.begin(ListKind.PARKED, "x")).apply(Listed.end(ListKind.PARKED, "x"));
        pbx.apply(Listed.begin(ListKind.PARKED, "y")).payOwed();
        pbx.told.clear();
        pbx.apply(Listed.parked("t1", "702").text(8, "y")).apply(Listed.end(ListKind.PARKED, "y")).payOwed();
        assertEquals(List.of("call.parked"), pbx.types());
    }

    @Test
    void shouldTellWhoIsNewInTheSecondListWhenTheFirstIsNotWalkedYet() {
        pbx.apply(Listed.begin(ListKind.QUEUES, "x")).apply(Listed.member("201", "sales", false).text(8, "x"));
        pbx.apply(Listed.end(ListKind.QUEUES, "x")).apply(Listed.begin(ListKind.QUEUES, "y"));
        pbx.told.clear();
        pbx.apply(Listed.member("202", "sales", false).text(8, "y"));
        assertEquals(List.of("group.logged-in"), pbx.types());
    }

    @Test
    void shouldBringNobodyBackByAnOlderItemWhenAnotherSourceHadToldOfHimFirst() {
        other(hello("pbx-2"));
        pbx.apply(membership(MembershipAction.ADDED, "201", "sales"));
        other(Listed.begin(ListKind.QUEUES));
        other(Listed.member("201", "sales", false));
        other(Listed.end(ListKind.QUEUES));
        pbx.payOwed();
        other(Listed.begin(ListKind.QUEUES));
        other(membership(MembershipAction.REMOVED, "201", "sales"));
        pbx.told.clear();
        other(Listed.member("201", "sales", false));
        assertEquals(List.of(), pbx.types());
    }

    @Test
    void shouldChangeNoCallWhenThereIsNoRoomForTheLegThatLinksThem() {
        pbx = new FoldHarness(new CoreSettings(4, 1_000, 1_000, 10, 42));
        pbx.hello(true);
        pbx.apply(seen("u101", "A")).apply(seen("u102", "B")).apply(seen("u103", "A")).apply(seen("u104", "A"));
        pbx.apply(seen("u105", "A").text(9, "u102"));
        assertEquals(Outcome.REJECTED, pbx.outcome);
        pbx.apply(state("u101", "A", LegState.UP));
        assertEquals("A", pbx.last("call.established").call());
    }

    @Test
    void shouldTellMembersOfDifferentUsersApartInTheDigest() {
        final FoldHarness other = FoldHarness.up();
        pbx.apply(registration(true, "201")).apply(registration(true, "202"));
        other.apply(registration(true, "201")).apply(registration(true, "202"));
        pbx.apply(membership(MembershipAction.ADDED, "201", "sales"));
        other.apply(membership(MembershipAction.ADDED, "202", "sales").text(2, "PJSIP/201"));
        assertNotEquals(pbx.core.digest(), other.core.digest());
    }

    private boolean isStale() {
        final boolean[] isStale = new boolean[1];
        pbx.core.visit(new StateVisitor() {
            @Override
            public void session(final SessionStatus session) {
                // not asked for
            }

            @Override
            public void user(final int tenant, final String name, final String presence) {
                // not asked for
            }

            @Override
            public void group(final int tenant, final String name, final int waiting, final int members) {
                // not asked for
            }

            @Override
            public void source(final SourceStatus source) {
                isStale[0] = source.stale();
            }
        });
        return isStale[0];
    }

    private void other(final Signal signal) {
        pbx.applyAs(signal.from(2, ++otherSequence, 1_000));
    }

    private static Signal hello(final String name) {
        return new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, 1).text(0, name);
    }
}
