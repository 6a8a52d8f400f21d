package io.strowger.bench.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IsolationTest {
    @Test
    @Timeout(120)
    void shouldGiveTheGoodOnesEverythingBesideTheBad(@TempDir final Path folder) {
        try (IsolationRun run = new IsolationRun(folder, 1_000, 500_000_000)) {
            final IsolationRound quiet = run.round(false);
            final IsolationRound disturbed = run.round(true);
            assertFalse(quiet.isDisturbed());
            assertTrue(disturbed.isDisturbed());
            assertTrue(disturbed.p50() > 0 && disturbed.p50() <= disturbed.p99() && disturbed.p99() <= disturbed.max());
        }
    }

    @Test
    void shouldCompareTheWindowsOfEachPair() {
        final List<ResultLine> lines = IsolationMain.lines(List.of(round(false, 10, false), round(true, 20, false),
            round(false, 30, false), round(true, 30, false), round(false, 20, false), round(true, 25, false)), 1_000);
        assertEquals(1.25, lines.get(0).spread().median());
        assertEquals(1.0, lines.get(0).spread().min());
        assertEquals(9, lines.size());
        assertEquals(25.0 / 20.0, lines.get(3).ratio());
    }

    @Test
    void shouldMarkARunThatMissedItsRate() {
        final List<ResultLine> lines = IsolationMain.lines(List.of(round(false, 10, false), round(true, 20, true)), 1_000);
        assertTrue(lines.stream().allMatch(line -> line.caseName().contains("FAILED: rate missed")));
    }

    private static IsolationRound round(final boolean isDisturbed, final double p99, final boolean isMissed) {
        return new IsolationRound(isDisturbed, 1, p99, p99, p99, isMissed);
    }
}
