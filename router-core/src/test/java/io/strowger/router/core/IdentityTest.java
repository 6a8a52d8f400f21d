package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.LegState;
import java.util.List;
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
}
