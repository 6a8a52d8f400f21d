package io.strowger.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchMainTest {
    @Test
    void shouldReadEveryOption() {
        final BenchOptions options = BenchOptions.parse(
            List.of("fold", "--quick", "--format", "json", "--results", "kept", "--data", "disk", "--set", "rate=50", "--set", "users=7"));
        assertEquals(new BenchOptions("fold", true, true, Path.of("kept"), Path.of("disk"), Map.of("rate", 50, "users", 7)), options);
        assertEquals("50", options.setting("rate", 1));
        assertEquals("1", options.setting("records", 1));
    }

    @Test
    void shouldKeepResultsOnlyWhenNotQuick() {
        assertNull(BenchOptions.parse(List.of("fold", "--quick")).results());
        assertTrue(BenchOptions.parse(List.of("fold")).results().endsWith("results"));
        assertFalse(BenchOptions.parse(List.of("fold")).json());
    }

    @Test
    void shouldSayWhatIsWrongInTheCommandLine() {
        assertEquals("no benchmark is named", failure("--quick"));
        assertEquals("--format needs a value", failure("fold", "--format"));
        assertEquals("--format is text or json, not xml", failure("fold", "--format", "xml"));
        assertEquals("--set takes SIZE=NUMBER, not rate", failure("fold", "--set", "rate"));
        assertEquals("--set takes SIZE=NUMBER, not rate=-1", failure("fold", "--set", "rate=-1"));
        assertEquals("unexpected argument: --fast", failure("fold", "--fast"));
        assertEquals("unexpected argument: ami", failure("fold", "ami"));
    }

    @Test
    void shouldEndWithTwoWhenTheUsageIsWrong() {
        assertEquals(2, BenchMain.run(List.of()));
        assertEquals(2, BenchMain.run(List.of("no-such-benchmark")));
        assertEquals(2, BenchMain.run(List.of("rejoin", "--quick", "--set", "no-such-size=1")));
    }

    @Test
    void shouldEndWithZeroWhenAskedForHelp() {
        assertEquals(0, BenchMain.run(List.of("--help")));
    }

    @Test
    void shouldFindEachBenchmarkByItsName() {
        for (final String name : Benches.names()) {
            assertEquals(List.of(name), Benches.named(name).stream().map(Bench::name).toList());
        }
        assertEquals(Benches.names(), Benches.named("all").stream().map(Bench::name).toList());
        assertTrue(Benches.names().containsAll(List.of("baseline", "codec", "ami", "fold", "journal", "dispatch", "pipeline",
            "sustained", "latency", "deliveries", "isolation", "rejoin", "growth", "scale", "status", "snapshot", "server")));
    }

    private static String failure(final String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse(List.of(arguments))).getMessage();
    }
}
