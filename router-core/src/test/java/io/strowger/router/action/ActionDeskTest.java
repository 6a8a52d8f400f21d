package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * What leaves through outlets, and what handles hear, of the records that are shown.
 */
class ActionDeskTest {
    private static final String LONG = "x".repeat(1000);

    private final DeskRig rig = new DeskRig();

    @Test
    void shouldBringAnActionOnceAndTellEachStepInOrder() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        assertEquals(1, crm.generateCall("k1", "101", "102", null));
        assertEquals(List.of(), DeskRig.poll(crm));
        assertEquals(List.of(), DeskRig.poll(outlet), "nothing before its record is shown");
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(crm));
        assertEquals(List.of(1L), DeskRig.poll(outlet));
        rig.say(1, ActionStatus.SENT, "", "");
        rig.say(1, ActionStatus.SENT, "", "");
        rig.turn();
        rig.say(1, ActionStatus.DONE, "leg-1", "so it is");
        rig.say(1, ActionStatus.FAILED, "leg-1", "too late");
        rig.turn();
        assertEquals(List.of("1 k1 SENT", "1 k1 DONE leg-1 so it is"), DeskRig.poll(crm));
        assertEquals(0, crm.pending());
        assertEquals(List.of(), DeskRig.poll(outlet));
    }

    @Test
    void shouldGiveTheOutletTheActionAsItWasAskedForWithTheNumberOfItsSource() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.hangUp("k1", "leg", "101", 16);
        rig.turn();
        final List<DirectBuffer> signals = new ArrayList<>();
        assertEquals(0, outlet.poll((action, signal, offset, length) -> false, 10), "none that can be taken now");
        assertEquals(1, outlet.poll((action, signal, offset, length) -> {
            assertEquals(ToyActions.SOURCE, SignalLayout.source(signal, offset));
            assertEquals(action, SignalLayout.sourceSequence(signal, offset));
            assertEquals(rig.asked.get(0).capacity(), length);
            return signals.add(signal);
        }, 10));
        assertEquals(1, signals.size());
    }

    @Test
    void shouldTellOnlyTheEndWhenAnActionFailsAtOnce() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.generateCall("k1", ToyActions.NOBODY, "102", null);
        crm.generateCall("k2", ToyActions.TOO_MANY, "102", null);
        rig.turn();
        assertEquals(List.of("1 k1 FAILED  no such user", "2 k2 FAILED  router has too many actions"), DeskRig.poll(crm));
        assertEquals(List.of(), DeskRig.poll(outlet));
    }

    @Test
    void shouldAnswerARepeatAsItStandsAndDoNothingTwice() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.turn();
        rig.say(1, ActionStatus.SENT, "", "");
        rig.turn();
        assertEquals(2, crm.logIn("k1", "101", null));
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 SENT", "2 k1 ACCEPTED", "2 k1 SENT"), DeskRig.poll(crm));
        rig.say(1, ActionStatus.DONE, "", "in");
        rig.turn();
        assertEquals(List.of("1 k1 DONE  in", "2 k1 DONE  in"), DeskRig.poll(crm).stream().sorted().toList());
        crm.logIn("k1", "101", null);
        rig.turn();
        assertEquals(List.of("3 k1 DONE  in"), DeskRig.poll(crm));
        assertEquals(List.of(1L), DeskRig.poll(outlet));
        assertEquals(0, crm.pending());
    }

    @Test
    void shouldAnswerARepeatWhoseOriginalWasAskedForByAHandleThatHasGone() {
        final ActionClient gone = rig.client("crm");
        rig.outlet();
        gone.logIn("k1", "101", null);
        rig.turn();
        gone.close();
        assertEquals(ReturnCode.CLOSED, gone.logIn("k2", "101", null));
        assertEquals(ReturnCode.CLOSED, gone.poll(answer -> { }, 1));
        final ActionClient crm = rig.client("crm");
        crm.logIn("k1", "101", null);
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(crm));
        rig.down();
        rig.show();
        assertEquals(List.of("1 k1 UNKNOWN  source went down"), DeskRig.poll(crm));
    }

    @Test
    void shouldTellARepeatOnlyWhatIsShown() {
        final DeskRig durable = new DeskRig(true);
        final ActionClient crm = durable.client("crm");
        durable.outlet();
        crm.logIn("k1", "101", null);
        durable.fold();
        crm.logIn("k1", "101", null);
        durable.fold();
        durable.say(1, ActionStatus.SENT, "", "");
        durable.fold();
        durable.say(1, ActionStatus.DONE, "", "in");
        durable.fold();
        assertEquals(List.of(), DeskRig.poll(crm));
        durable.show();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 DONE  in", "1 k1 SENT", "2 k1 ACCEPTED", "2 k1 DONE  in", "2 k1 SENT"),
            DeskRig.poll(crm).stream().sorted().toList());
    }

    @Test
    void shouldSayWhenTheResultOfARepeatIsKeptNoLonger() {
        final ActionClient crm = rig.client("crm");
        crm.logIn("k1", ToyActions.NOBODY, null);
        rig.turn();
        crm.logIn("k1", ToyActions.NOBODY, null);
        rig.fold();
        rig.fold.forgetEnded();
        rig.show();
        assertEquals(List.of("1 k1 FAILED  no such user", "2 k1 UNKNOWN  result is kept no longer"), DeskRig.poll(crm));
    }

    @Test
    void shouldTellTwoHandlesOfAClientWhatEachHasAskedForAndNoMore() {
        final ActionClient one = rig.client("crm");
        final ActionClient other = rig.client("crm");
        rig.outlet();
        one.logIn("k1", "101", null);
        other.logIn("k2", "101", null);
        other.logIn("k1", "101", null);
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(one));
        assertEquals(List.of("1 k2 ACCEPTED", "2 k1 ACCEPTED"), DeskRig.poll(other));
        rig.say(1, ActionStatus.DONE, "", "");
        rig.turn();
        assertEquals(List.of("1 k1 DONE"), DeskRig.poll(one));
        assertEquals(List.of("2 k1 DONE"), DeskRig.poll(other));
    }

    @Test
    void shouldKeepTheSameClientIdAndKeyOfTwoTenantsApart() {
        final ActionClient one = rig.client(ActionGrant.of("crm", 1));
        final ActionClient other = rig.client(ActionGrant.of("crm", 2));
        rig.outlet();
        one.logIn("k1", "101", null);
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(one));
        assertEquals(List.of(), DeskRig.poll(other));
        other.logIn("k1", ToyActions.NOBODY, null);
        rig.turn();
        assertEquals(List.of(), DeskRig.poll(one));
        assertEquals(List.of("1 k1 FAILED  no such user"), DeskRig.poll(other));
    }

    @Test
    void shouldHoldUpNobodyElseWhenAClientDoesNotPoll() {
        final ActionClient deaf = rig.client(ActionGrant.of("deaf", 1).withWindow(4));
        final ActionClient crm = rig.client("crm");
        rig.outlet();
        long action = 0;
        for (int i = 0; i < 4; i++) {
            assertEquals(i + 1, deaf.logIn("k" + i, "101", LONG.substring(0, 100)));
            rig.turn();
            rig.say(++action, ActionStatus.SENT, "", "");
            rig.say(action, ActionStatus.DONE, LONG.substring(0, 160), LONG);
            rig.turn();
            action += 2;
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(ReturnCode.BACK_PRESSURED, deaf.logIn("more" + i, "101", null));
        }
        crm.logIn("k", "101", null);
        rig.turn();
        assertEquals(List.of("1 k ACCEPTED"), DeskRig.poll(crm));
        final List<String> late = DeskRig.poll(deaf);
        assertEquals(12, late.size());
        assertEquals("4 k3 DONE " + LONG.substring(0, 160) + " " + LONG.substring(0, 256), late.get(11));
        assertEquals(5, deaf.logIn("k5", "101", null));
    }

    @Test
    void shouldWrapItsRingsManyTimes() {
        final ActionClient crm = rig.client(ActionGrant.of("crm", 1).withWindow(3));
        final ActionOutlet outlet = rig.outlet();
        long action = 1;
        for (int i = 0; i < 2_000; i++) {
            final String key = "k".repeat(1 + i % 64);
            assertEquals(i + 1, crm.sendSms(key, "101", "102", LONG.substring(0, i % 1000)));
            rig.turn();
            assertEquals(List.of(action), DeskRig.poll(outlet));
            rig.say(action, ActionStatus.DONE, LONG.substring(0, i % 161), LONG.substring(0, i % 257));
            rig.turn();
            assertEquals(2, DeskRig.poll(crm).size());
            action += 2;
            rig.fold.forgetEnded();
        }
    }

    @Test
    void shouldEndAtOnceWhatNoConnectionTakes() {
        final ActionClient crm = rig.client("crm");
        crm.logIn("k1", "101", null);
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(crm));
        assertTrue(rig.desk.hasUntaken());
        rig.turn();
        assertEquals(List.of("1 k1 FAILED  source takes no actions"), DeskRig.poll(crm));
        assertFalse(rig.desk.hasUntaken());
        assertEquals(1, rig.counters.get(RouterCounter.ACTIONS_UNTAKEN));
    }

    @Test
    void shouldEndWhatAnOutletHasNoRoomForAndBringTheRest() {
        final ActionClient crm = rig.client(ActionGrant.of("crm", 1).withWindow(200));
        final ActionOutlet outlet = rig.outlet();
        for (int i = 0; i < 200; i++) {
            assertEquals(i + 1, crm.sendSms("k" + i, "101", "102", LONG));
        }
        rig.turn();
        rig.turn();
        final List<Long> brought = DeskRig.poll(outlet);
        final List<String> ended = DeskRig.poll(crm).stream().filter(line -> line.contains("FAILED  source takes no actions")).toList();
        assertTrue(brought.size() > 100 && !ended.isEmpty(), brought.size() + " and " + ended.size());
        assertEquals(200, brought.size() + ended.size());
        assertEquals(brought.size(), crm.pending());
    }

    @Test
    void shouldEndWhatWaitsInAnOutletThatIsClosed() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        crm.logIn("k2", "101", null);
        rig.turn();
        assertEquals(1, outlet.poll((action, signal, offset, length) -> true, 1));
        outlet.close();
        outlet.close();
        assertEquals(ReturnCode.CLOSED, outlet.poll((action, signal, offset, length) -> true, 1));
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED", "2 k2 ACCEPTED", "2 k2 FAILED  source takes no actions"), DeskRig.poll(crm));
        assertEquals(1, crm.pending(), "what was taken is its connection's");
    }

    @Test
    void shouldFindOutThatAHandleIsClosedWhenTheRouterCouldNotBeTold() {
        final ActionClient gone = rig.client("crm");
        rig.outlet();
        gone.logIn("k1", "101", null);
        rig.isFull = true;
        gone.close();
        final ActionClient crm = rig.client("crm");
        crm.logIn("k1", "101", null);
        rig.turn();
        rig.say(1, ActionStatus.DONE, "", "");
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 DONE"), DeskRig.poll(crm));
    }

    @Test
    void shouldCallAHandlerNoMoreThatHasClosedItsEnd() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        crm.logIn("k2", "101", null);
        rig.turn();
        assertEquals(1, outlet.poll((action, signal, offset, length) -> {
            outlet.close();
            return true;
        }, 10));
        assertEquals(ReturnCode.CLOSED, outlet.poll((action, signal, offset, length) -> true, 1));
        rig.turn();
        final List<String> told = new ArrayList<>();
        crm.poll(answer -> {
            told.add(answer.toString());
            crm.close();
        }, 10);
        assertEquals(List.of("ActionAnswer{ask=1, action=1, status=ACCEPTED, key=k1, nativeId=, text=}"), told);
        assertEquals(ActionStatus.FAILED.value(), rig.fold.status(2), "what was not taken has failed");
        assertEquals(ActionStatus.ACCEPTED.value(), rig.fold.status(1));
    }

    @Test
    void shouldRefuseToBePolledFromWithinItsHandlerOrForNothing() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.turn();
        assertThrows(IllegalArgumentException.class, () -> crm.poll(answer -> { }, 0));
        assertThrows(IllegalArgumentException.class, () -> outlet.poll((action, signal, offset, length) -> true, 0));
        assertThrows(IllegalStateException.class, () -> crm.poll(answer -> crm.poll(other -> { }, 1), 1));
        assertThrows(IllegalStateException.class, () -> outlet.poll((action, signal, offset, length) ->
            outlet.poll((otherAction, otherSignal, otherOffset, otherLength) -> true, 1) > 0, 1));
    }

    @Test
    void shouldFindOutThatAnOutletIsClosedWhenTheRouterCouldNotBeTold() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.turn();
        rig.isFull = true;
        outlet.close();
        crm.logIn("k2", "101", null);
        rig.turn();
        rig.turn();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 FAILED  source takes no actions", "2 k2 ACCEPTED",
            "2 k2 FAILED  source takes no actions"), DeskRig.poll(crm).stream().sorted().toList());
    }

    @Test
    void shouldGiveTheNextActionsToTheOutletThatWasOpenedLast() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet first = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.turn();
        final ActionOutlet last = rig.outlet();
        crm.logIn("k2", "101", null);
        rig.turn();
        assertEquals(List.of(1L), DeskRig.poll(first));
        assertEquals(ReturnCode.CLOSED, first.poll((action, signal, offset, length) -> true, 1));
        first.close();
        assertEquals(List.of(2L), DeskRig.poll(last));
    }

    @Test
    void shouldBringNothingThatHasEndedMeanwhile() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.fold();
        rig.down();
        rig.show();
        assertEquals(List.of(), DeskRig.poll(outlet));
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 UNKNOWN  source went down"), DeskRig.poll(crm));
        assertFalse(rig.desk.hasUntaken());
    }

    @Test
    void shouldGiveOutNothingBehindTheEndOfTheRouter() {
        final ActionClient crm = rig.client("crm");
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("k1", "101", null);
        rig.turn();
        rig.isClosed = true;
        assertEquals(ReturnCode.CLOSED, outlet.poll((action, signal, offset, length) -> true, 1));
        assertEquals(1, crm.poll(answer -> { }, 10), "what was shown is still told");
        assertEquals(ReturnCode.CLOSED, crm.poll(answer -> { }, 10));
    }

    @Test
    void shouldKnowTheSourcesThereCanBe() {
        assertThrows(IllegalArgumentException.class, () -> rig.port.openOutlet(0));
        assertThrows(IllegalArgumentException.class, () -> rig.port.openOutlet(ToyActions.SOURCE + 1));
    }
}
