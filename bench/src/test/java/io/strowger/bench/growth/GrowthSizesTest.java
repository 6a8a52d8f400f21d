package io.strowger.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.bench.BenchOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthSizesTest {
    private static final GrowthSizes OWN = new GrowthSizes(1_000, 100, 10, 50, 20, 5);

    @Test
    void shouldKeepItsOwnSizesWhenNoneIsAskedFor() {
        assertEquals(OWN, OWN.with(options()));
    }

    @Test
    void shouldTakeTheSizesAskedForAndAnEvenNumberOfSessions() {
        assertEquals(new GrowthSizes(70, 9, 8, 7, 6, 5), OWN.with(options("--set", "sessions=71", "--set", "users=9", "--set",
            "subscriptions=8", "--set", "asks=7", "--set", "turnovers=6")));
    }

    @Test
    void shouldRefuseSizesThatCanNotBe() {
        for (final String size : List.of("sessions=1", "users=0", "subscriptions=101", "asks=4", "turnovers=0", "rounds=0")) {
            assertThrows(IllegalArgumentException.class, () -> OWN.with(options("--set", size)), size);
        }
    }

    @Test
    void shouldComeOutOfItsArgumentsAsItWentIn() {
        final List<String> arguments = new ArrayList<>(OWN.arguments());
        arguments.add("behind");
        assertEquals(OWN, GrowthSizes.of(arguments.toArray(String[]::new)));
        assertEquals("behind", GrowthSizes.rest(arguments.toArray(String[]::new), 0));
    }

    private static BenchOptions options(final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("growth", "--quick"));
        arguments.addAll(List.of(more));
        return BenchOptions.parse(arguments);
    }
}
