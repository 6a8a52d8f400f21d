package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.bench.BenchOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencySizesTest {
    @Test
    void shouldComeBackTheSameFromItsArguments() {
        assertEquals(LatencySizes.OWN, LatencySizes.of(LatencySizes.OWN.arguments().toArray(String[]::new)));
    }

    @Test
    void shouldTakeWhatTheCommandLineAsksFor() {
        final LatencySizes sizes = LatencySizes.QUICK.with(BenchOptions.parse(List.of("latency", "--quick",
            "--set", "rate=1", "--set", "pairs=2", "--set", "pair-ms=3", "--set", "first-rate=4", "--set", "last-rate=5",
            "--set", "rounds=7", "--set", "climb-ms=8", "--set", "sessions=9")));
        assertEquals(new LatencySizes(1, 2, 3, 4, 5, 7, 8, 9), sizes);
        assertEquals(LatencySizes.NAMES.size(), sizes.arguments().size());
    }

    @Test
    void shouldRefuseSizesThatCannotBe() {
        for (final String size : List.of("rate=0", "rounds=2", "sessions=0", "pair-ms=0", "last-rate=2000000000")) {
            assertThrows(IllegalArgumentException.class,
                () -> LatencySizes.QUICK.with(BenchOptions.parse(List.of("latency", "--quick", "--set", size))), size);
        }
    }
}
