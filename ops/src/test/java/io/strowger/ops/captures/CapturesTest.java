package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the router says of real captures agrees with what really happened. */
class CapturesTest {
    private static final int SCENARIOS = 35;

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldAgreeWithWhatHappenedWhenAllClassesAreSeen(final Capture capture, @TempDir final Path folder) {
        assertEquals(List.of(), new CaptureCheck(capture, false).run(folder));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldAgreeWithWhatHappenedWhenOnlyLeanClassesAreSeen(final Capture capture, @TempDir final Path folder) {
        assertEquals(List.of(), new CaptureCheck(capture, true).run(folder));
    }

    @Test
    void shouldHoldEveryScenarioAgainstLegsWhenChecking() {
        assertTrue(scenarios().size() >= SCENARIOS, () -> "scenarios: " + scenarios().size());
        assertTrue(Leg.table(new Capture("01-answered-call").text("expected.md")).containsKey("1795624150.0"));
    }

    static List<Capture> scenarios() {
        return Capture.all();
    }
}
