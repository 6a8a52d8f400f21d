package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.dial;
import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.hangupAsked;
import static io.strowger.router.core.FoldHarness.park;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StayFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    @BeforeEach
    void call() {
        pbx.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP));
    }

    @Test
    void shouldSayAnsweredWhenAMemberAnsweredBeforeTheCallerLeft() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).later(1_500);
        pbx.apply(dial(DialPhase.END, DialStatus.ANSWER, "u101", "u202", "u101")).apply(queue(QueueAction.LEFT, "u101", "support"));
        pbx.apply(queue(QueueAction.CONNECTED, "u101", "support"));

        final Told told = pbx.last("call.dequeued");
        assertEquals("answered", told.reason());
        assertEquals("support", told.group());
        assertEquals(1_500, told.waitMs());
        assertEquals(1, pbx.types().stream().filter("call.dequeued"::equals).count());
        assertEquals("queued", pbx.last("call.queued").state());
        assertEquals("connected", told.state());
    }

    @Test
    void shouldWaitForTheAgentWhenNothingSaidYetWhyTheCallerLeft() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).later(900).apply(queue(QueueAction.LEFT, "u101", "support"));
        assertEquals(0, pbx.types().stream().filter("call.dequeued"::equals).count());
        pbx.later(10).apply(queue(QueueAction.CONNECTED, "u101", "support"));

        assertEquals("answered", pbx.last("call.dequeued").reason());
        assertEquals(900, pbx.last("call.dequeued").waitMs());
    }

    @Test
    void shouldSayLeftWhenTheCallerGoesOnWithoutAnAgent() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(queue(QueueAction.LEFT, "u101", "support"));
        pbx.apply(dial(DialPhase.BEGIN, DialStatus.NULL_VAL, null, "u101", "u101"));

        assertEquals("left", pbx.last("call.dequeued").reason());
    }

    @Test
    void shouldSayAbandonedOnlyWhenTheCallerHungUpFirst() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(hangupAsked("u101"));
        pbx.apply(queue(QueueAction.ABANDONED, "u101", "support")).apply(queue(QueueAction.LEFT, "u101", "support"));
        assertEquals("abandoned", pbx.last("call.dequeued").reason());

        pbx.apply(seen("u102", "u102")).apply(queue(QueueAction.JOINED, "u102", "support"));
        pbx.apply(queue(QueueAction.ABANDONED, "u102", "support")).apply(queue(QueueAction.LEFT, "u102", "support"));
        assertEquals("timed-out", pbx.last("call.dequeued").reason());
    }

    /** A call router that cuts off who waits (no media any more, an operator's command) says so first; the device asked for nothing. */
    @Test
    void shouldSayAbandonedWhenTheCallRouterCutsOffWhoWaits() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(hangupAsked("u101").put(4, 1));
        pbx.apply(queue(QueueAction.ABANDONED, "u101", "support")).apply(queue(QueueAction.LEFT, "u101", "support"));

        assertEquals("abandoned", pbx.last("call.dequeued").reason());
    }

    @Test
    void shouldNotTakeBackWhatCutOffWhoWaitsForAListThatBeganBefore() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(Listed.begin(ListKind.QUEUES)).apply(Listed.queue("support"));
        pbx.apply(hangupAsked("u101").put(4, 1)).apply(Listed.waiting("u101", "support")).apply(Listed.end(ListKind.QUEUES)).payOwed();
        pbx.apply(queue(QueueAction.ABANDONED, "u101", "support")).apply(queue(QueueAction.LEFT, "u101", "support"));

        assertEquals("abandoned", pbx.last("call.dequeued").reason());
    }

    @Test
    void shouldEndTheStayWithItsLeg() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(hangup("u101", 16));

        assertEquals(List.of("call.queued", "call.dequeued", "call.cleared"), pbx.types().subList(2, 5));
        assertEquals("abandoned", pbx.last("call.dequeued").reason());
    }

    @Test
    void shouldTellOneStayWhenTheJoinIsRepeated() {
        pbx.apply(queue(QueueAction.JOINED, "u101", "support")).apply(queue(QueueAction.JOINED, "u101", "support"));
        assertEquals(1, pbx.types().stream().filter("call.queued"::equals).count());
        pbx.apply(queue(QueueAction.JOINED, "u101", "sales"));
        assertEquals(List.of("call.dequeued", "call.queued"), pbx.types().subList(3, 5));
    }

    @Test
    void shouldTellHowAParkingEnded() {
        pbx.apply(park(ParkAction.PARKED, "u101", "701")).later(3_000).apply(park(ParkAction.RETRIEVED, "u101", "701"));
        assertEquals("default/701", pbx.last("call.parked").reference());
        assertEquals("parked", pbx.last("call.parked").state());
        assertEquals("retrieved", pbx.last("call.unparked").reason());
        assertEquals(3_000, pbx.last("call.unparked").waitMs());

        pbx.apply(park(ParkAction.PARKED, "u101", "701")).apply(park(ParkAction.TIMED_OUT, "u101", "701"));
        assertEquals("timed-out", pbx.last("call.unparked").reason());

        pbx.apply(park(ParkAction.PARKED, "u101", "702")).apply(hangup("u101", 16));
        assertEquals("left", pbx.last("call.unparked").reason());
        assertEquals(3, pbx.types().stream().filter("call.unparked"::equals).count());
    }
}
