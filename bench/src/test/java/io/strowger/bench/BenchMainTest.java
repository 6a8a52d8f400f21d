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
            List.of("fold", "--quick", "--format", "json", "--results", "kept", "--data", "disk", "--size", "sessions=7"));
        assertEquals(new BenchOptions("fold", true, true, Path.of("kept"), Path.of("disk"), Map.of("sessions", 7)), options);
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
        assertTrue(failure("fold", "--size", "calls=1").startsWith("--size is NAME=COUNT with a name of [sessions, "));
        assertTrue(failure("fold", "--size", "sessions").endsWith(", not sessions"));
        assertEquals("--size is NAME=COUNT, not sessions=-1", failure("fold", "--size", "sessions=-1"));
        assertEquals("unexpected argument: --fast", failure("fold", "--fast"));
        assertEquals("unexpected argument: ami", failure("fold", "ami"));
    }

    @Test
    void shouldEndWithTwoWhenTheUsageIsWrong() {
        assertEquals(2, BenchMain.run(List.of()));
        assertEquals(2, BenchMain.run(List.of("no-such-benchmark")));
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
        assertTrue(Benches.names().containsAll(
            List.of("baseline", "codec", "ami", "fold", "journal", "dispatch", "pipeline", "growth", "status", "snapshot")));
    }

    private static String failure(final String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse(List.of(arguments))).getMessage();
    }
}
