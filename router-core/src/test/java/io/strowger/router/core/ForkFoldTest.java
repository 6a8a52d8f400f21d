package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.dial;
import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A caller for whom several legs ring at once, or one after the other.
 */
final class ForkFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    @BeforeEach
    void call() {
        pbx.apply(seen("u101", "u101"));
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, NO_ANSWER, busy", "NO_ANSWER, BUSY, busy", "BUSY, UNAVAILABLE, busy", "UNAVAILABLE, BUSY, busy",
        "NO_ANSWER, UNAVAILABLE, no-answer", "UNAVAILABLE, NO_ANSWER, no-answer", "UNAVAILABLE, CONGESTION, congestion",
        "NO_ANSWER, CONGESTION, no-answer", "UNAVAILABLE, UNAVAILABLE, unavailable"})
    void shouldFailOnceWithTheStrongestWordWhenAllForksFail(final DialStatus first, final DialStatus second, final String cause) {
        begin("u102").begin("u103");
        end("u102", first);
        pbx.apply(hangup("u102", 16));
        end("u103", second);
        pbx.apply(hangup("u103", 16)).apply(hangup("u101", 16));

        assertEquals(List.of("call.initiated", "call.failed", "call.cleared"), pbx.typesOf("u101"));
        assertEquals(cause, pbx.last("call.failed").cause());
        assertEquals(cause, pbx.last("call.cleared").cause());
    }

    @Test
    void shouldChangeNothingOfTheCallerWhenTheOtherForkEndsBehindTheAnswer() {
        begin("u102").begin("u103");
        pbx.apply(state("u102", "u101", LegState.UP));
        end("u102", DialStatus.ANSWER);
        final int before = pbx.typesOf("u101").size();
        end("u103", DialStatus.CANCEL);
        pbx.apply(hangup("u103", 26));
        assertEquals(before, pbx.typesOf("u101").size());
        pbx.apply(hangup("u101", 16));

        assertEquals("normal", pbx.last("call.cleared").cause(), "the cancel of the other is not the caller's");
        assertEquals(List.of("call.initiated", "call.cleared"), pbx.typesOf("u101"));
    }

    @Test
    void shouldKeepAnEstablishedCallerAsItIsWhenAForkEndsLate() {
        begin("u102").begin("u103");
        end("u102", DialStatus.ANSWER);
        pbx.apply(state("u101", "u101", LegState.UP));
        final long digest = pbx.core.digest();
        pbx.applyAs(dial(DialPhase.END, DialStatus.BUSY, "u101", "nobody", "u101").from(1, Codes.NULL_LONG, 0));
        assertEquals(digest, pbx.core.digest());
        assertEquals(List.of("call.initiated", "call.established"), pbx.typesOf("u101"));
    }

    @Test
    void shouldSayThatTheCallerGaveUpThoughAForkWasBusyBefore() {
        begin("u102").begin("u103");
        end("u102", DialStatus.BUSY);
        end("u103", DialStatus.CANCEL);
        pbx.apply(hangup("u101", 16));
        assertEquals(List.of("call.initiated", "call.cleared"), pbx.typesOf("u101"));
        assertEquals("cancelled", pbx.last("call.cleared").cause());
    }

    @Test
    void shouldForgetHowTheAttemptBeforeEndedWhenAnotherBegins() {
        begin("u102");
        end("u102", DialStatus.BUSY);
        begin("u103");
        end("u103", DialStatus.NO_ANSWER);
        pbx.apply(hangup("u101", 16));
        assertEquals("no-answer", pbx.last("call.failed").cause());
    }

    private ForkFoldTest begin(final String callee) {
        pbx.apply(seen(callee, "u101").put(0, LegState.DOWN.value()));
        pbx.apply(dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "u101", callee, "u101"));
        return this;
    }

    private void end(final String callee, final DialStatus status) {
        pbx.apply(dial(DialPhase.END, status, "u101", callee, "u101"));
    }
}
