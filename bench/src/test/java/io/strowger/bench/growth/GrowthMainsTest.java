package io.strowger.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The measured processes at tiny sizes, in this one: they measure everything they are asked for, check it, and leave nothing behind.
 */
@Timeout(120)
class GrowthMainsTest {
    private static final GrowthSizes SIZES = new GrowthSizes(400, 20, 5, 4, 20, 2);

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureMemoryAndCostWithoutAFollower() throws IOException {
        final List<ResultLine> lines = run(GrowthMain::main, "false");
        assertEquals(1, lines.stream().filter(line -> line.caseName().startsWith("a session all told")).count());
        assertEquals(2, lines.stream().filter(line -> null != line.yardstick()).count(), "all beside few sessions");
        assertTrue(lines.stream().noneMatch(line -> line.caseName().contains("statuses")));
        assertTrue(isEmptyBut("rounds.csv"));
    }

    @Test
    void shouldMeasureTheAsksAsWellWithAFollower() throws IOException {
        final List<ResultLine> lines = run(GrowthMain::main, "true");
        assertEquals(6, lines.stream().filter(line -> line.caseName().contains("statuses of one user")).count());
        assertTrue(isEmptyBut("rounds.csv"));
    }

    @Test
    void shouldMeasureTheInputBesideAStatusThatIsRead() throws IOException {
        final List<ResultLine> lines = run(StatusMain::main);
        assertEquals(2, lines.stream().filter(line -> null != line.yardstick()).count());
        assertEquals(2, lines.stream().filter(line -> line.caseName().startsWith("ratio in a round")).count());
        assertEquals(2, lines.stream().filter(line -> line.caseName().startsWith("items of the status")).count());
        assertTrue(isEmptyBut("rounds.csv"));
    }

    @Test
    void shouldStartWhereTheWriterStoodAndReplayItsTail() throws IOException {
        final List<ResultLine> written = run(SnapshotMain::main, SnapshotMain.WRITE);
        final long tail = tail(written);
        assertTrue(tail >= (long)SIZES.turnovers() * GrowthCalls.SIGNALS_A_TURNOVER, () -> "records of the tail: " + tail);
        final List<ResultLine> started = run(SnapshotMain::main, SnapshotMain.START_WARM);
        assertTrue(started.stream().anyMatch(line -> line.caseName().startsWith("router started")));
        run(SnapshotMain::main, SnapshotMain.START_COLD);
        assertEquals(4, run(SnapshotMain::main, SnapshotMain.REPLAY).size());
    }

    @Test
    void shouldWriteALongerTailForAReplay() throws IOException {
        assertTrue(tail(run(SnapshotMain::main, SnapshotMain.WRITE_LONG)) >= 10L * SIZES.turnovers() * GrowthCalls.SIGNALS_A_TURNOVER);
    }

    private static long tail(final List<ResultLine> lines) {
        return (long)lines.stream().filter(line -> line.caseName().startsWith("tail")).findFirst().orElseThrow().spread().median();
    }

    private boolean isEmptyBut(final String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(name));
        }
    }

    private List<ResultLine> run(final Main main, final String... rest) throws IOException {
        final List<String> arguments = new ArrayList<>(SIZES.arguments());
        arguments.addAll(List.of(folder.toString(), folder.resolve("rounds.csv").toString()));
        arguments.addAll(List.of(rest));
        final PrintStream before = System.out;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            main.run(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().map(ResultLine::parse).toList();
    }

    /** An entry. */
    private interface Main {
        void run(String[] arguments) throws IOException;
    }
}
