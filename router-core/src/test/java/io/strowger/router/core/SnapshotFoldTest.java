package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.bridge;
import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.hold;
import static io.strowger.router.core.FoldHarness.membership;
import static io.strowger.router.core.FoldHarness.park;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.registration;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    /** pains.md C6. */
    @Test
    void shouldEndASessionThatTheListDoesNotShow() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u101")).down().hello(true);
        pbx.apply(Listed.begin(ListKind.LEGS)).apply(Listed.leg("u101", "u101", LegState.UP)).apply(Listed.end(ListKind.LEGS)).payOwed();

        final Told cleared = pbx.last("call.cleared");
        assertEquals("u102", cleared.id());
        assertEquals("not-in-snapshot", cleared.cause());
        assertEquals(1, pbx.core.openSessions());
        assertEquals("1 listed, 1 ended, 0 inferred, 1 corrected, 0 disputed", pbx.last("source.resynchronised").text());
        pbx.apply(hangup("u102", 16));
        assertEquals(1, pbx.typesOf("u102").stream().filter("call.cleared"::equals).count());
    }

    @Test
    void shouldBeginASessionThatOnlyTheListKnows() {
        pbx.apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.aged(Listed.leg("u102", "u101", LegState.UP), 60_000)).apply(Listed.end(ListKind.LEGS)).payOwed();
        pbx.later(1_000).apply(hangup("u102", 16));

        final Told up = pbx.last("call.established");
        assertTrue(up.inferred());
        assertEquals("incoming", up.direction());
        assertEquals(61_000, pbx.last("call.cleared").durationMs());
    }

    @Test
    void shouldCorrectWhatHasChanged() {
        pbx.apply(seen("u101", "c1")).down().hello(true).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.direction(Listed.held(Listed.leg("u101", "c0", LegState.UP), true), Direction.OUTGOING).text(6, "555"));
        pbx.apply(Listed.end(ListKind.LEGS)).payOwed();

        assertEquals("c0", pbx.last("call.held").call());
        assertEquals("555", pbx.last("call.held").remote());
        assertEquals("outgoing", pbx.last("call.held").direction());
        assertEquals("held", pbx.last("call.held").state());
        assertEquals(1, pbx.typesOf("u101").stream().filter("call.established"::equals).count());
    }

    @Test
    void shouldLearnWhoseALegIsThatBeganUnseen() {
        pbx.apply(bridge(true, "leg1", "leg1", "b1", 1)).apply(state("leg1", "leg1", LegState.UP).text(3, "101"));
        assertEquals("101", pbx.last("call.established").user());
        pbx.apply(bridge(true, "leg2", "leg2", "b1", 2)).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.leg("leg2", "leg2", LegState.UP).text(3, "102"));
        assertEquals("102", pbx.last("call.established").user());
    }

    @Test
    void shouldLetALiveFactWinOverAnOlderItem() {
        pbx.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP)).apply(hold(true, "u101"));
        pbx.apply(Listed.begin(ListKind.LEGS)).apply(hold(false, "u101"));
        pbx.apply(Listed.held(Listed.leg("u101", "u101", LegState.UP), true));
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        pbx.apply(seen("u103", "u103")).apply(seen("u104", "u104")).apply(hangup("u104", 16));
        pbx.apply(Listed.leg("u104", "u104", LegState.UP));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        pbx.apply(Listed.end(ListKind.LEGS)).payOwed();

        assertEquals(1, pbx.types().stream().filter("call.held"::equals).count());
        assertEquals(2, pbx.core.openSessions(), "a leg that began behind the list's begin is not missing in it");
        assertEquals(1, pbx.typesOf("u104").stream().filter("call.cleared"::equals).count());
        assertTrue(pbx.last("source.resynchronised").text().endsWith("0 disputed"));
    }

    /** pains.md F2. */
    @Test
    void shouldLetTheEndStandWhenAListShowsADeadLeg() {
        pbx.apply(seen("u101", "u101")).apply(hangup("u101", 16));
        for (int i = 0; i < 3; i++) {
            pbx.apply(Listed.begin(ListKind.LEGS)).apply(Listed.leg("u101", "u101", LegState.UP));
            assertEquals(Outcome.IGNORED, pbx.outcome);
            pbx.apply(Listed.end(ListKind.LEGS)).payOwed();
            assertTrue(pbx.last("source.resynchronised").text().endsWith("1 disputed"));
        }
        assertEquals(0, pbx.core.openSessions());
        assertEquals(List.of("call.initiated", "call.cleared"), pbx.typesOf("u101"));
    }

    @Test
    void shouldTakeNothingFromAListThatNeverEnds() {
        pbx.apply(seen("u101", "u101"));
        pbx.apply(Listed.begin(ListKind.LEGS)).apply(Listed.begin(ListKind.QUEUES)).down().hello(true);
        pbx.apply(Listed.end(ListKind.LEGS));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        pbx.payOwed();
        assertEquals(1, pbx.core.openSessions());
        assertFalse(pbx.types().contains("source.resynchronised"));
    }

    @Test
    void shouldKnowListsOfOneKindApart() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS, "map")).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.end(ListKind.LEGS, "map"));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        pbx.apply(Listed.leg("u101", "u101", LegState.RING)).apply(Listed.end(ListKind.LEGS)).payOwed();
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldEndNothingByAListOfStates() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u102")).apply(Listed.begin(ListKind.STATES));
        pbx.apply(Listed.item(ListKind.STATES, "u101").put(0, LegState.UP.value())).apply(Listed.end(ListKind.STATES)).payOwed();
        assertEquals(2, pbx.core.openSessions());
        assertEquals("u101", pbx.last("call.established").id());
    }

    @Test
    void shouldBringStaysInQueuesIntoLine() {
        pbx.apply(seen("t1", "t1")).apply(queue(QueueAction.JOINED, "t1", "sales"));
        pbx.apply(seen("t2", "t2")).apply(queue(QueueAction.JOINED, "t2", "sales"));
        pbx.apply(seen("t3", "t3")).apply(queue(QueueAction.JOINED, "t3", "other"));
        pbx.apply(Listed.begin(ListKind.QUEUES)).apply(Listed.queue("sales")).apply(Listed.waiting("t1", "sales"));
        pbx.apply(Listed.aged(Listed.waiting("t9", "sales"), 5_000)).apply(Listed.end(ListKind.QUEUES)).payOwed();

        assertEquals("t2", pbx.last("call.dequeued").id());
        assertEquals("left", pbx.last("call.dequeued").reason());
        assertEquals("t9", pbx.last("call.queued").id());
        pbx.later(1_000).apply(hangup("t9", 16));
        assertEquals(6_000, pbx.last("call.dequeued").waitMs());
        assertEquals(List.of("other 1", "sales 1"), GroupWalk.waiting(pbx.core));
    }

    @Test
    void shouldBringMembersIntoLine() {
        pbx.apply(membership(MembershipAction.ADDED, "201", "sales")).apply(membership(MembershipAction.ADDED, "202", "sales"));
        pbx.apply(membership(MembershipAction.ADDED, "203", "other"));
        pbx.apply(Listed.begin(ListKind.QUEUES)).apply(Listed.queue("sales")).apply(Listed.member("201", "sales", false));
        pbx.apply(Listed.member("202", "sales", false)).apply(Listed.member("205", "sales", false));
        pbx.told.clear();
        pbx.apply(Listed.end(ListKind.QUEUES)).payOwed();
        assertEquals(List.of(), pbx.types(), "nobody has logged in: the first list is learned");
        assertEquals(List.of("other 1", "sales 3"), GroupWalk.members(pbx.core));

        pbx.apply(Listed.begin(ListKind.QUEUES)).apply(Listed.queue("sales")).apply(Listed.member("201", "sales", true));
        pbx.apply(Listed.member("209", "sales", false)).apply(membership(MembershipAction.ADDED, "204", "sales"));
        pbx.apply(membership(MembershipAction.REMOVED, "209", "sales")).apply(Listed.member("209", "sales", false));
        pbx.apply(Listed.end(ListKind.QUEUES)).payOwed();

        assertEquals(List.of("group.not-ready 201", "group.logged-in 209", "group.logged-in 204", "group.logged-out 209",
            "group.logged-out 202", "group.logged-out 205"), pbx.told.stream().map(told -> told.type() + " " + told.user()).toList());
        assertEquals(List.of("other 1", "sales 2"), GroupWalk.members(pbx.core));
    }

    @Test
    void shouldTellALogInOfAMemberOnlyWhenItIsOut() {
        for (final MembershipAction action : List.of(MembershipAction.ADDED, MembershipAction.PAUSED, MembershipAction.ADDED,
            MembershipAction.READY, MembershipAction.REMOVED, MembershipAction.ADDED)) {
            pbx.apply(membership(action, "201", "sales"));
        }
        assertEquals(List.of("group.logged-in", "group.not-ready", "group.ready", "group.logged-out", "group.logged-in"), pbx.types());
    }

    @Test
    void shouldBringParkedLegsIntoLine() {
        pbx.apply(seen("u101", "u101")).apply(park(ParkAction.PARKED, "u101", "701"));
        pbx.apply(seen("u102", "u102")).apply(park(ParkAction.PARKED, "u102", "702"));
        pbx.apply(Listed.begin(ListKind.PARKED)).apply(Listed.parked("u102", "702")).apply(Listed.parked("u103", "703"));
        pbx.apply(park(ParkAction.RETRIEVED, "u102", "702")).apply(Listed.end(ListKind.PARKED)).payOwed();

        assertEquals(List.of("call.initiated", "call.parked", "call.unparked"), pbx.typesOf("u101"));
        assertEquals("retrieved", pbx.told.stream().filter(told -> "u102".equals(told.id())).reduce((a, b) -> b).orElseThrow().reason());
        assertEquals(List.of("call.parked"), pbx.typesOf("u103").stream().filter("call.parked"::equals).toList());
        assertEquals("left", pbx.last("call.unparked").reason());
    }

    @Test
    void shouldCountTheWaitOfAListedParkedLegFromWhenItWasParked() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.PARKED));
        pbx.apply(Listed.aged(Listed.parked("u101", "701"), 20_000)).apply(Listed.end(ListKind.PARKED)).payOwed().later(5_000);
        pbx.apply(park(ParkAction.TIMED_OUT, "u101", "701"));
        assertEquals(25_000, pbx.last("call.unparked").waitMs());
    }

    @Test
    void shouldBringRegistrationsIntoLine() {
        pbx.apply(registration(true, "101")).apply(registration(true, "102")).apply(registration(true, "103"));
        pbx.told.clear();
        pbx.apply(Listed.begin(ListKind.REGISTRATIONS)).apply(Listed.device("101")).apply(Listed.device("104"));
        pbx.apply(registration(false, "103")).apply(Listed.device("103")).apply(Listed.end(ListKind.REGISTRATIONS)).payOwed();
        assertEquals(List.of("user.logged-in 104", "user.logged-out 103", "user.logged-out 102"),
            pbx.told.stream().map(told -> told.type() + " " + told.user()).toList());
    }

    @Test
    void shouldEndTalkInABridgeThatIsGone() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u101"));
        pbx.apply(bridge(true, "u101", "u101", "b1", 1)).apply(bridge(true, "u102", "u101", "b1", 2)).later(2_000);
        pbx.apply(Listed.begin(ListKind.BRIDGES)).apply(Listed.bridge("b2")).apply(Listed.end(ListKind.BRIDGES)).payOwed();
        pbx.later(3_000).apply(hangup("u101", 16));
        assertEquals(2_000, pbx.last("call.cleared").talkMs());
    }

    @Test
    void shouldPutListedLegsIntoTheirBridge() {
        pbx.apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.inBridge(Listed.leg("u101", "u101", LegState.UP), "b1"));
        pbx.apply(Listed.inBridge(Listed.leg("u102", "u101", LegState.UP), "b1"));
        pbx.apply(Listed.leg("u103", "u103", LegState.UP)).apply(Listed.end(ListKind.LEGS)).payOwed().later(2_000);
        pbx.apply(bridge(false, "u102", "u101", "b1", 1)).apply(hangup("u101", 16)).apply(hangup("u103", 16));
        assertEquals(List.of(2_000L, 0L), pbx.told.stream().filter(told -> "call.cleared".equals(told.type())).map(Told::talkMs).toList());
    }

    @Test
    void shouldListChatsAndFaxesAsWellWhenTheSourceSaysSo() {
        pbx.apply(Listed.beginAllMedia());
        pbx.apply(Listed.media(Listed.item(ListKind.LEGS, "chat1").text(3, "101").text(10, "web"), Media.CHAT));
        pbx.apply(Listed.media(Listed.item(ListKind.LEGS, "fax1").text(3, "101"), Media.FAX));
        pbx.apply(Listed.end(ListKind.LEGS)).payOwed();
        assertEquals("web", pbx.last("chat.queued").group());
        assertEquals(List.of("chat.queued"), pbx.typesOf("chat1"));
        assertEquals(List.of("fax.started"), pbx.typesOf("fax1"));

        pbx.apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS)).payOwed();
        assertEquals(2, pbx.core.openSessions(), "a list of calls says nothing of chats");
        pbx.apply(Listed.beginAllMedia()).apply(Listed.end(ListKind.LEGS)).payOwed();
        assertEquals(List.of("chat.queued", "chat.dequeued", "chat.cleared"), pbx.typesOf("chat1"));
        assertEquals("not-in-snapshot", pbx.last("fax.failed").cause());
    }

    @Test
    void shouldForgetListsOfAnEpochThatIsOver() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS));
        pbx.later(600_000).booted(0).payOwed();
        assertEquals("source-restarted", pbx.last("call.cleared").cause());
        assertFalse(pbx.types().contains("source.resynchronised"));
    }
}
