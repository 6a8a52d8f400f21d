package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.bridge;
import static io.strowger.router.core.FoldHarness.conference;
import static io.strowger.router.core.FoldHarness.dial;
import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.hangupAsked;
import static io.strowger.router.core.FoldHarness.hold;
import static io.strowger.router.core.FoldHarness.recording;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static io.strowger.router.core.FoldHarness.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.router.record.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    @Test
    void shouldTellACallThatWasAnsweredFromOneThatWasNotWhenItEndsAtOnce() {
        final FoldHarness answered = FoldHarness.up();
        answered.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP)).apply(hangup("u101", 16));
        assertEquals(1, answered.last("call.cleared").durationMs());
        final FoldHarness missed = FoldHarness.up();
        missed.apply(seen("u101", "u101")).apply(hangup("u101", 16));
        assertEquals(0, missed.last("call.cleared").durationMs());
    }

    @Test
    void shouldTellAPlainCallFromBothSides() {
        ring();
        answer();
        pbx.later(3_000);
        pbx.apply(bridge(false, "u101", "u101", "b1", 1)).apply(bridge(false, "u102", "u101", "b1", 0));
        pbx.apply(hangup("u102", 16)).apply(hangup("u101", 16));

        assertEquals(List.of("call.initiated", "call.delivered", "call.established", "call.cleared"), pbx.typesOf("u101"));
        assertEquals(List.of("call.delivered", "call.established", "call.cleared"), pbx.typesOf("u102"));
        final Told end = pbx.last("call.cleared");
        assertEquals("normal", end.cause());
        assertEquals(16, end.causeCode());
        assertEquals(3_000, end.durationMs());
        assertEquals(3_000, end.talkMs());
        assertEquals("outgoing", end.direction());
        assertEquals("null-state", end.state());
        assertEquals(0, pbx.core.openSessions());
    }

    @Test
    void shouldSayWhyAPlacedCallFailed() {
        ring();
        pbx.apply(dial(DialPhase.END, DialStatus.BUSY, "u101", "u102", "u101"));
        pbx.apply(hangup("u102", 17)).apply(hangup("u101", 17));

        assertEquals(List.of("call.initiated", "call.delivered", "call.failed", "call.cleared"), pbx.typesOf("u101"));
        assertEquals(List.of("call.delivered", "call.cleared"), pbx.typesOf("u102"));
        assertEquals("busy", pbx.last("call.failed").cause());
        assertEquals(0, pbx.last("call.cleared").durationMs());
    }

    @Test
    void shouldBeginNoLegByAHoldThatShowsNothingOfItButItsId() {
        assertEquals(Outcome.IGNORED, pbx.apply(hold(true, "either").text(2, null)).outcome);
        assertEquals(0, pbx.core.openSessions());
        pbx.apply(hold(true, "u101"));
        assertEquals(List.of("call.initiated", "call.held"), pbx.typesOf("u101"));
    }

    @Test
    void shouldNotCallItAFailureWhenTheCallerGivesUp() {
        ring();
        pbx.apply(dial(DialPhase.END, DialStatus.CANCEL, "u101", "u102", "u101"));
        pbx.apply(hangup("u102", 127)).apply(hangup("u101", 127));

        assertEquals(List.of("call.initiated", "call.delivered", "call.cleared"), pbx.typesOf("u101"));
        assertEquals("cancelled", pbx.last("call.cleared").cause());
    }

    @Test
    void shouldLetTheDialStatusSpeakWhenTheCauseNumberSaysNothing() {
        ring();
        pbx.apply(dial(DialPhase.END, DialStatus.NO_ANSWER, "u101", "u102", "u101")).apply(hangup("u102", 0));

        assertEquals("no-answer", pbx.last("call.cleared").cause());
        assertEquals(0, pbx.last("call.cleared").causeCode());
    }

    @Test
    void shouldEndOnceWhenBothSidesHangUp() {
        ring();
        answer();
        pbx.apply(hangupAsked("u101")).apply(hangupAsked("u102")).apply(hangup("u101", 16)).apply(hangup("u101", 16));

        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(1, pbx.typesOf("u101").stream().filter("call.cleared"::equals).count());
    }

    @Test
    void shouldIgnoreWhatComesTooLateForAnEndedLeg() {
        ring();
        answer();
        pbx.apply(hangup("u101", 16));
        final int before = pbx.told.size();
        pbx.apply(bridge(false, "u101", "u101", "b1", 0)).apply(state("u101", "u101", LegState.UP)).apply(hold(true, "u101"));

        assertEquals(before, pbx.told.size());
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldNotRaiseALegWhoseEndCameFirst() {
        pbx.apply(hangup("u101", 16)).apply(seen("u101", "u101"));

        assertTrue(pbx.told.isEmpty());
        assertEquals(0, pbx.core.openSessions());
    }

    @Test
    void shouldBeginALegItSeesInMidCallAsInferred() {
        pbx.apply(bridge(true, "u101", "u100", "b1", 1));
        pbx.apply(state("u101", "u100", LegState.UP));

        assertEquals(List.of("call.established"), pbx.typesOf("u101"));
        assertTrue(pbx.last("call.established").inferred());
    }

    @Test
    void shouldShowAnIncomingLegInTheStatusOnlyFromItsFirstEventOn() {
        pbx.apply(seen("u102", "u101").put(0, LegState.DOWN.value()));
        assertEquals(Map.of(), StatusWalk.of(pbx.core));
        pbx.apply(state("u102", "u101", LegState.RINGING).text(6, "101"));
        assertEquals(Map.of("u102", "u101 102 101 incoming"), StatusWalk.of(pbx.core));
        pbx.apply(hangup("u102", 16));
        assertEquals(Map.of(), StatusWalk.of(pbx.core));
    }

    @Test
    void shouldHoldOnceUntilRetrievedAndNeverRetrieveWhatWasNotHeld() {
        ring();
        answer();
        pbx.apply(hold(false, "u101")).apply(hold(true, "u101")).apply(hold(true, "u101")).apply(hold(false, "u101"));

        assertEquals(1, pbx.types().stream().filter("call.held"::equals).count());
        assertEquals(1, pbx.types().stream().filter("call.retrieved"::equals).count());
        assertEquals("held", pbx.last("call.held").state());
        assertEquals("connected", pbx.last("call.retrieved").state());
    }

    @Test
    void shouldTellAChangeOfPartyNameAndCallIdOnce() {
        ring();
        answer();
        pbx.told.clear();
        pbx.apply(state("u102", "u099", LegState.UP).text(6, "555").text(7, "Ann")).apply(state("u102", "u099", LegState.UP)
            .text(6, "555").text(7, "Ann"));

        assertEquals(List.of("call.updated"), pbx.types());
        assertEquals("555", pbx.last("call.updated").remote());
        assertEquals("Ann", pbx.last("call.updated").remoteName());
        assertEquals("u099", pbx.last("call.updated").call());
    }

    @Test
    void shouldTellATransferOnTheTransfereeAndNoneThatFailed() {
        ring();
        answer();
        pbx.apply(transfer(1, "u101", "102", "103"));
        assertEquals(0, pbx.types().stream().filter("call.transferred"::equals).count());
        pbx.apply(state("u101", "u101", LegState.UP).text(6, "102")).apply(transfer(0, "u101", "102", "103"));

        final Told told = pbx.last("call.transferred");
        assertEquals(List.of("u101", "102", "102", "103"), List.of(told.id(), told.by(), told.from(), told.to()));
        assertEquals(2, pbx.core.openSessions());
    }

    @Test
    void shouldNameTheTargetByItsLegWhenNoNumberIsTold() {
        ring();
        answer();
        pbx.apply(transfer(0, "u101", "103", null).text(12, "u102"));

        assertEquals(List.of("u101", "103", "102"),
            List.of(pbx.last("call.transferred").id(), pbx.last("call.transferred").by(), pbx.last("call.transferred").to()));
    }

    @Test
    void shouldTellOneRecordingForEachStartAlsoWhenTheLegsEndEndsIt() {
        ring();
        answer();
        pbx.apply(recording(true, "u101")).apply(recording(true, "u101")).later(500).apply(recording(false, "u101"))
            .apply(hangup("u101", 16));

        assertEquals(2, pbx.types().stream().filter("history.call-recorded"::equals).count());
        assertEquals("call.cleared", pbx.types().get(pbx.types().size() - 1));
        assertEquals(500, pbx.last("history.call-recorded").durationMs());
    }

    @Test
    void shouldTellAConferenceJoining() {
        ring();
        answer();
        pbx.apply(conference(true, "u101", "400")).apply(conference(false, "u101", "400"));

        assertEquals("400", pbx.last("call.conferenced").reference());
    }

    @Test
    void shouldGiveATrunkLegNoUserAndTheFarNumber() {
        pbx.apply(seen("t1", "t1").text(4, "+4930123").text(5, "Far"));

        final Told told = pbx.last("call.initiated");
        assertEquals("", told.user());
        assertEquals("+4930123", told.remote());
        assertEquals("Far", told.remoteName());
    }

    @Test
    void shouldCountNoTalkWhenItIsNotKnownWhetherABridgeMixes() {
        for (final int kind : List.of(255, 7)) {
            final FoldHarness fresh = FoldHarness.up();
            fresh.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP));
            fresh.apply(bridge(true, "u101", "u101", "b1", 2).put(3, kind)).later(700).apply(hangup("u101", 16));
            assertEquals(0, fresh.last("call.cleared").talkMs(), "kind " + kind);
        }
    }

    @Test
    void shouldKeepPseudoLegsHiddenButCountThemInABridge() {
        pbx.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP)).apply(bridge(true, "u101", "u101", "b1", 1));
        pbx.apply(bridge(true, "x1", "u101", "b1", 2).put(1, 1));
        assertEquals(Outcome.HIDDEN, pbx.outcome);
        pbx.later(700).apply(bridge(false, "x1", "u101", "b1", 1).put(1, 1)).later(300).apply(hangup("u101", 16));

        assertEquals(700, pbx.last("call.cleared").talkMs());
        assertEquals(1_000, pbx.last("call.cleared").durationMs());
    }

    @Test
    void shouldNotEndTheTalkWhenALateLeaveNamesAnotherBridge() {
        ring();
        answer();
        pbx.apply(bridge(true, "u101", "u101", "b2", 2)).later(500).apply(bridge(false, "u101", "u101", "b1", 0));
        pbx.later(500).apply(hangup("u101", 16));

        assertEquals(1_000, pbx.last("call.cleared").talkMs());
    }

    private void ring() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u101").put(0, LegState.DOWN.value()));
        pbx.apply(dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "u101", "u102", "u101"));
        pbx.apply(state("u102", "u101", LegState.RINGING)).apply(dial(DialPhase.PROGRESS, DialStatus.RINGING, "u101", "u102", "u101"));
    }

    private void answer() {
        pbx.later(1_000).apply(state("u102", "u101", LegState.UP)).apply(dial(DialPhase.END, DialStatus.ANSWER, "u101", "u102", "u101"));
        pbx.apply(state("u101", "u101", LegState.UP));
        pbx.apply(bridge(true, "u102", "u101", "b1", 1)).apply(bridge(true, "u101", "u101", "b1", 2));
    }
}
