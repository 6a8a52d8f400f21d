package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.hold;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.QueueAction;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
    private static final long NEVER = -1;
    private static final long HOUR_MS = 3_600_000;

    private final FoldHarness pbx = FoldHarness.up();

    @Test
    void shouldEndTheSessionsOfASourceThatStaysDown() {
        pbx.apply(seen("u101", "u101")).apply(queue(QueueAction.JOINED, "u101", "sales")).down();
        pbx.later(HOUR_MS - 1);
        assertFalse(pbx.isTickDue(HOUR_MS, NEVER));
        pbx.later(1);
        assertTrue(pbx.isTickDue(HOUR_MS, NEVER));
        pbx.tick(HOUR_MS, NEVER).payOwed();

        assertEquals(List.of("call.initiated", "call.queued", "call.dequeued", "call.cleared"), pbx.typesOf("u101"));
        assertEquals("expired", pbx.last("call.cleared").cause());
        assertEquals("left", pbx.last("call.dequeued").reason());
        assertFalse(pbx.isTickDue(HOUR_MS, NEVER), "it has nothing left to end");
        pbx.hello(true).apply(hangup("u101", 16));
        assertEquals(1, pbx.types().stream().filter("call.cleared"::equals).count());
    }

    @Test
    void shouldLetASourceThatIsBackKeepItsSessions() {
        pbx.apply(seen("u101", "u101")).down().later(HOUR_MS).hello(true).tick(HOUR_MS, NEVER).payOwed();
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldNotGoOnEndingSessionsOfASourceThatComesBack() {
        for (int i = 0; i < 1_000; i++) {
            pbx.apply(seen("u" + (100 + i % 900) + "-" + i, "c"));
        }
        pbx.down().later(HOUR_MS).tick(HOUR_MS, NEVER).payOnce().hello(true).payOwed();
        assertTrue(pbx.core.openSessions() > 0 && pbx.core.openSessions() < 1_000, "open: " + pbx.core.openSessions());
    }

    /** pains.md C12: closed by its age, never told as a normal clearing. */
    @Test
    void shouldEndASessionThatNothingHasShownForTooLong() {
        pbx.apply(seen("u101", "u101")).later(1_000).apply(seen("u102", "u102")).later(HOUR_MS);
        pbx.tick(NEVER, HOUR_MS).payOwed();
        assertEquals(2, pbx.core.openSessions(), "their begin has shown them within this turn of the timer");
        pbx.later(HOUR_MS / 2).apply(hold(true, "u102")).later(HOUR_MS / 2).tick(NEVER, HOUR_MS).payOwed();
        assertEquals("u101", pbx.last("call.cleared").id());
        assertEquals("expired", pbx.last("call.cleared").cause());
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldKeepASessionThatAListConfirms() {
        pbx.apply(seen("u101", "u101"));
        for (int i = 0; i < 5; i++) {
            pbx.later(HOUR_MS).tick(NEVER, HOUR_MS).payOwed().apply(Listed.begin(ListKind.LEGS));
            pbx.apply(Listed.leg("u101", "u101", LegState.RING)).apply(Listed.end(ListKind.LEGS)).payOwed();
        }
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldEndEachOnceAlsoWhenMoreAreDueThanOneRecordHolds() {
        for (int i = 0; i < 900; i++) {
            pbx.apply(seen("t" + i, "t" + i));
        }
        pbx.later(HOUR_MS).tick(NEVER, HOUR_MS).payOwed().later(HOUR_MS).tick(NEVER, HOUR_MS);
        pbx.tick(NEVER, HOUR_MS).payOwed();
        assertEquals(0, pbx.core.openSessions());
        final List<String> cleared = pbx.told.stream().filter(told -> "call.cleared".equals(told.type())).map(Told::id).toList();
        assertEquals(900, cleared.size());
        assertEquals("t0", cleared.get(0));
        assertEquals("t899", cleared.get(899));
    }
}
