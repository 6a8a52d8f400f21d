package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.router.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which legs are one call, and which are not: the complaints E2 to E6.
 */
final class IdentityTest {
    private final FoldHarness pbx = FoldHarness.up();

    @Test
    void shouldGroupByCallIdNeverByThePrefixOfTheNumberE2() {
        pbx.apply(seen("1460280786.134", "1460280786.134")).apply(seen("1460280787.136", "1460280786.134"))
            .apply(seen("1460280786.135", "1460280786.135"));
        pbx.apply(state("1460280787.136", "1460280786.134", LegState.RINGING));

        assertEquals("1460280786.134", pbx.last("call.delivered").call());
        assertEquals(List.of("1460280786.134", "1460280786.135", "1460280786.134"), pbx.told.stream().map(Told::call)
            .collect(Collectors.toList()));
    }

    @Test
    void shouldExposeBothIdsE3() {
        pbx.apply(seen("1.1", "1.1")).apply(seen("1.2", "1.1")).apply(state("1.2", "1.1", LegState.RINGING));
        assertEquals("1.2", pbx.last("call.delivered").id());
        assertEquals("1.1", pbx.last("call.delivered").call());
    }

    @Test
    void shouldMakeNoLinkThatNobodyStatedE4() {
        pbx.apply(seen("a", null)).apply(seen("b", null));
        assertEquals(List.of("a", "b"), pbx.told.stream().map(Told::call).collect(Collectors.toList()));
    }

    @Test
    void shouldGroupPairwiseLinksTransitivelyInAnyOrderE5() {
        pbx.apply(seen("a", null)).apply(seen("c", null).text(9, "b")).apply(seen("b", null).text(9, "a"));
        pbx.apply(state("c", null, LegState.RINGING)).apply(state("b", null, LegState.RINGING));
        assertEquals(List.of("a", "a", "a"), pbx.told.stream().map(Told::call).collect(Collectors.toList()));
    }

    @Test
    void shouldMakeOneCallOfLinkedLegsInEveryOrderE5() {
        for (final boolean stated : List.of(true, false)) {
            for (final String order : List.of("abc", "acb", "bac", "bca", "cab", "cba")) {
                final FoldHarness fresh = FoldHarness.up();
                for (int i = 0; i < order.length(); i++) {
                    final String id = order.substring(i, i + 1);
                    final String to = "a".equals(id) ? null : "b".equals(id) ? "a" : "b";
                    fresh.apply(linked(id, stated ? id.toUpperCase(Locale.ROOT) : null, to));
                }
                assertEquals(stated ? List.of("A", "A", "A") : List.of("a", "a", "a"), calls(fresh), order);
            }
        }
    }

    @Test
    void shouldMakeOneCallInWhateverOrderLinksAndLegsAndCallIdsComeE5() {
        final List<Signal> facts = List.of(leg("a", null), shown("a", "A", LegState.RINGING), linked("b", null, "a"),
            shown("b", "B", LegState.RINGING), linked("c", "C", "b"));
        for (int order = 0; order < 120; order++) {
            final List<Signal> left = new ArrayList<>(facts);
            final FoldHarness fresh = FoldHarness.up();
            final StringBuilder way = new StringBuilder();
            for (int rest = order, choices = facts.size(); choices > 0; rest /= choices, choices--) {
                final Signal next = left.remove(rest % choices);
                way.append(facts.indexOf(next));
                fresh.apply(next);
            }
            assertEquals(List.of("A", "A", "A"), calls(fresh), way.toString());
        }
    }

    @Test
    void shouldKeepALinkOfALegWithACallIdToALegThatComesLater() {
        pbx.apply(linked("c", "C", "b")).apply(leg("a", "A")).apply(linked("b", "B", "a"));
        assertEquals(List.of("A", "A", "A"), calls(pbx));
    }

    @Test
    void shouldKeepALinkOfALegWithACallIdToALegThatHasNone() {
        pbx.apply(linked("c", "C", "b")).apply(linked("d", "D", "b"));
        assertEquals(List.of("b", "b"), calls(pbx));
        pbx.apply(leg("b", null));
        assertEquals(List.of("b", "b", "b"), calls(pbx));
        pbx.apply(shown("b", "B", LegState.RINGING));
        assertEquals(List.of("B", "B", "B"), calls(pbx));
    }

    @Test
    void shouldTakeOverALinkThatASecondFactGives() {
        pbx.apply(leg("b", "B")).apply(linked("c", "C", "b")).apply(leg("a", "A")).apply(linked("a", "A", "c"));
        assertEquals("B", pbx.last("call.updated").call());
        assertEquals(List.of("B", "B", "B"), calls(pbx));
        pbx.apply(linked("a", "A", "c"));
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
    }

    @Test
    void shouldTakeOverALinkThatASecondFactGivesWithoutCallIds() {
        pbx.apply(leg("a", "A")).apply(leg("b", null)).apply(linked("b", null, "a"));
        assertEquals("A", pbx.last("call.updated").call());
        assertEquals(List.of("A", "A"), calls(pbx));
    }

    @Test
    void shouldTakeNoLinkToItselfAndNoneToALegThatHasEnded() {
        pbx.apply(linked("a", "A", "a")).apply(hangup("a", 16)).apply(linked("b", "B", "a"));
        assertEquals(List.of("B"), calls(pbx));
    }

    @Test
    void shouldNotDrawACallAlongThatIsCalledLikeALegWithoutALink() {
        pbx.apply(leg("b", "a")).apply(leg("a", "A"));
        assertEquals(List.of("A", "a"), calls(pbx));
    }

    @Test
    void shouldTakeALegThatIsRungWithoutACallIdAsCalledByThePeerInItsCall() {
        pbx.apply(leg("a", "A")).apply(FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "a", "b", null).text(3, "b"));
        assertEquals("A b  incoming", StatusWalk.of(pbx.core).get("b"));
        pbx.apply(FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "d", "c", null).text(3, "c")).apply(leg("d", "D"));
        assertEquals(List.of("A", "A", "D", "D"), calls(pbx));
    }

    @Test
    void shouldLeaveALegInTheCallThatItStatesWhoeverRingsIt() {
        pbx.apply(leg("a", "A")).apply(leg("b", "B")).apply(FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "a", "b", null));
        assertEquals(List.of("A", "B"), calls(pbx));
    }

    @Test
    void shouldSayNothingWhenALegStatesACallThatIsPartOfItsOwn() {
        pbx.apply(leg("a", "A")).apply(linked("b", "B", "a"));
        for (final String call : List.of("A", "B", "A", "B")) {
            pbx.told.clear();
            pbx.apply(shown("b", call, LegState.RINGING));
            assertEquals(List.of(), pbx.told, call);
            assertEquals(Outcome.NO_CHANGE, pbx.outcome, call);
            assertEquals(List.of("A", "A"), calls(pbx));
        }
    }

    @Test
    void shouldRefuseALinkThatItHasNoRoomForAndChangeNothing() {
        final FoldHarness small = new FoldHarness(new CoreSettings(2, 10, 10, 10, 42)).hello(false);
        small.booted(60_000);
        small.apply(leg("a", "A")).apply(leg("b", "B"));
        small.apply(linked("b", "B", "x"));
        assertEquals(Outcome.REJECTED, small.outcome);
        small.apply(shown("b", "C", LegState.RINGING));
        assertEquals(Outcome.REJECTED, small.outcome);
        assertEquals(List.of("A", "B"), calls(small));
        small.apply(hangup("a", 16));
        small.apply(shown("b", "C", LegState.RINGING));
        assertEquals(List.of("C"), calls(small));
    }

    @Test
    void shouldKeepALinkThatWaitsOverARestoredState() {
        pbx.apply(linked("c", "C", "b"));
        final FoldHarness restored = pbx.restored();
        assertEquals(pbx.core.digest(), restored.core.digest());
        restored.apply(leg("b", "B"));
        assertEquals(List.of("B", "B"), calls(restored));
    }

    @Test
    void shouldHaveALinkThatWaitsInTheDigest() {
        final FoldHarness other = FoldHarness.up();
        pbx.apply(linked("b", "x", "x")).apply(leg("c", "C"));
        other.apply(linked("b", "x", "b")).apply(leg("c", "C"));
        assertEquals(calls(pbx), calls(other));
        assertNotEquals(other.core.digest(), pbx.core.digest());
    }

    @Test
    void shouldLetGoOfAllCallsInAnyOrderOfEndsAndLinks() {
        final FoldHarness small = new FoldHarness(new CoreSettings(8, 10, 10, 10, 42)).hello(false);
        small.booted(60_000);
        for (int round = 0; round < 20; round++) {
            final List<String> ids = List.of("a" + round, "b" + round, "c" + round);
            small.apply(linked(ids.get(2), "C", ids.get(1))).apply(linked(ids.get(1), null, ids.get(0))).apply(leg(ids.get(0), "A"));
            small.apply(shown(ids.get(1), "B", LegState.UP));
            assertEquals(List.of("A", "A", "A"), calls(small));
            for (int i = 0; i < ids.size(); i++) {
                small.apply(hangup(ids.get((i + round) % ids.size()), 16));
            }
        }
        assertEquals(0, small.core.openSessions());
    }

    @Test
    void shouldLetGoOfALongChainOfLinks() {
        final int legs = 20_000;
        final FoldHarness large = new FoldHarness(new CoreSettings(4 * legs, 10, 10, 10, 42)).hello(false);
        large.booted(60_000);
        for (int leg = 0; leg < legs; leg++) {
            large.apply(linked("l" + leg, "L" + leg, "l" + (leg + 1)));
            if (leg > 0) {
                large.apply(hangup("l" + (leg - 1), 16));
            }
        }
        assertEquals(List.of("l" + legs), calls(large));
        large.apply(hangup("l" + (legs - 1), 16));
        assertEquals(0, large.core.openSessions());
    }

    @Test
    void shouldKeepThreePassesOfOneCallIdApartE6() {
        pbx.apply(seen("x;1", "x")).apply(seen("x;2", "x")).apply(seen("x;3", "x"));
        assertEquals(3, pbx.core.openSessions());
        pbx.apply(hangup("x;2", 16));
        assertEquals(List.of("x;2"), pbx.told.stream().map(Told::id).collect(Collectors.toList()));
        assertEquals(2, pbx.core.openSessions());
    }

    @Test
    void shouldFollowACallIdThatChangesWithoutAnEventOfItsOwn() {
        pbx.apply(seen("u102", "2.2")).apply(state("u102", "2.2", LegState.UP)).apply(state("u102", "1.1", LegState.UP));
        assertEquals("1.1", pbx.last("call.updated").call());
    }

    private static Signal linked(final String id, final String call, final String to) {
        return leg(id, call).text(9, to);
    }

    private static Signal leg(final String id, final String call) {
        return seen(id, call).put(0, LegState.RINGING.value()).text(3, id.substring(0, 1));
    }

    private static Signal shown(final String id, final String call, final LegState to) {
        return state(id, call, to).text(3, id.substring(0, 1));
    }

    /** The calls of the open sessions, by the native ids of these. */
    private static List<String> calls(final FoldHarness pbx) {
        return StatusWalk.of(pbx.core).values().stream().map(shown -> shown.substring(0, shown.indexOf(' '))).collect(Collectors.toList());
    }
}
