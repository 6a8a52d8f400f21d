package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the router says of real captures agrees with what really happened. */
class CapturesTest {
    private static final int SCENARIOS = 39;
    /** The lean client was not there the second time. */
    private static final Set<String> NOT_LEAN = Set.of("20-crash-restart", "20c-reconnect-midcall", "20d-login-during-boot");

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldAgreeWithWhatHappenedWhenAllClassesAreSeen(final Capture capture, @TempDir final Path folder) {
        assertEquals(List.of(), new CaptureCheck(capture, false).run(folder));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leanScenarios")
    void shouldAgreeWithWhatHappenedWhenOnlyLeanClassesAreSeen(final Capture capture, @TempDir final Path folder) {
        assertEquals(List.of(), new CaptureCheck(capture, true).run(folder));
    }

    @Test
    void shouldHoldEveryScenarioAgainstLegsWhenChecking() {
        assertEquals(SCENARIOS, scenarios().size());
        assertEquals(SCENARIOS - NOT_LEAN.size(), leanScenarios().size());
        assertEquals(4, scenarios().stream().filter(Capture::isReconnected).count(), "with a second connection");
        assertTrue(Leg.table(new Capture("01-answered-call").text("expected.md")).containsKey("1795624150.0"));
    }

    static List<Capture> scenarios() {
        return Capture.all();
    }

    static List<Capture> leanScenarios() {
        return scenarios().stream().filter(capture -> !NOT_LEAN.contains(capture.name())).toList();
    }
}
