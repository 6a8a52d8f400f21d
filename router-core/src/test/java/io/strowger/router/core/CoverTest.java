package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.registration;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A phone (source 1) whose user is covered by a server (source 2).
 */
final class CoverTest {
    private final FoldHarness router = new FoldHarness();
    private long serverSequence;

    @Test
    void shouldLeaveAUserToTheServerWhileThatIsUp() {
        phone();
        server(hello());
        router.apply(seen("u101", "u101"));
        assertEquals(Outcome.COVERED, router.outcome);
        router.apply(registration(true, "101"));
        assertEquals(List.of("source.up", "source.up", "user.logged-in"), router.types());
    }

    @Test
    void shouldTakeThePhonesWordWhenTheServerIsAwayOrStale() {
        phone();
        router.apply(seen("u101", "u101"));
        assertEquals(Outcome.APPLIED, router.outcome);
        server(hello()).applyAs(down());
        router.apply(seen("u101-2", "u101-2"));
        assertEquals(Outcome.APPLIED, router.outcome);
        server(hello());
        router.apply(seen("u101-3", "u101-3"));
        assertEquals(Outcome.APPLIED, router.outcome, "nothing was listed since: the server is stale");
    }

    @Test
    void shouldEndThePhonesSessionsWhenTheServerIsTrueAgain() {
        phone();
        server(hello()).applyAs(down());
        router.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP));
        server(hello());
        server(Listed.begin(ListKind.LEGS));
        server(Listed.leg("u101", "s1", LegState.UP));
        server(Listed.end(ListKind.LEGS)).payOwed();

        assertEquals("covered", router.last("call.cleared").cause());
        assertEquals("u101", router.last("call.cleared").call());
        assertEquals(1, router.core.openSessions());
        router.apply(hangup("u101", 16));
        assertEquals(Outcome.IGNORED, router.outcome);
        router.apply(seen("u101-9", "u101-9"));
        assertEquals(Outcome.COVERED, router.outcome);
    }

    @Test
    void shouldLetASessionOfThePhoneEndByItsOwnWord() {
        phone();
        router.apply(seen("u101", "u101"));
        server(hello());
        router.apply(hangup("u101", 16));
        assertEquals("normal", router.last("call.cleared").cause());
        assertTrue(StatusWalk.of(router.core).isEmpty());
    }

    @Test
    void shouldNotBeCoveredByAnotherTenantsSourceOrByItself() {
        router.applyAs(hello("phone", "server").from(1, 1, 0));
        router.applyAs(hello("server", null).from(2, 1, 0).tenant(2));
        router.applyAs(seen("u101", "u101").from(1, 2, 0));
        assertEquals(Outcome.APPLIED, router.outcome);
        router.applyAs(hello("phone", "phone").from(1, 3, 0)).applyAs(seen("u102", "u102").from(1, 4, 0));
        assertEquals(Outcome.APPLIED, router.outcome);
    }

    private void phone() {
        router.apply(hello("phone", "server"));
    }

    private FoldHarness server(final Signal signal) {
        return router.applyAs(signal.from(2, ++serverSequence, 1_000));
    }

    private Signal down() {
        return new Signal(SourceDownDecoder.TEMPLATE_ID, SourceDownDecoder.BLOCK_LENGTH, 2).text(0, "server")
            .from(2, ++serverSequence, 1_000);
    }

    private static Signal hello() {
        return hello("server", null);
    }

    private static Signal hello(final String name, final String coveredBy) {
        return new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, 1).text(0, name).text(3, coveredBy);
    }
}
