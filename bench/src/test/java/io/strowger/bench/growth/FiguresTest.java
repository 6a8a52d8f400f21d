package io.strowger.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    private final Figures figures = new Figures("growth");

    @TempDir
    private Path folder;

    @Test
    void shouldSumUpTheRoundsOfAFigureBesideItsYardstick() {
        figures.add("many", "ns/event", 30);
        figures.add("few", "ns/event", 10);
        figures.add("many", "ns/event", 10);
        figures.add("many", "ns/event", 20);
        final ResultLine line = figures.line("many", "few");
        assertEquals(new Spread(20, 10, 30), line.spread());
        assertEquals(2.0, line.ratio());
        assertEquals("few", line.yardstick());
        assertNull(figures.line("few", null).yardstick());
    }

    @Test
    void shouldAddEveryRoundToTheTable() throws IOException {
        final Path rounds = folder.resolve("rounds.csv");
        figures.add("a", "us", 1);
        figures.add("a", "us", 2);
        figures.print(Map.of(), rounds);
        figures.print(Map.of(), rounds);
        assertEquals(List.of("\"a\",1,1.0,us", "\"a\",2,2.0,us", "\"a\",1,1.0,us", "\"a\",2,2.0,us"), Files.readAllLines(rounds));
    }

    @Test
    void shouldMakeOneLineOfTheProcessesThatMeasuredTheSame() {
        final List<ResultLine> lines = SnapshotBench.together(List.of(line("warm", 3), line("cold", 9), line("warm", 1), line("warm", 2)));
        assertEquals(List.of(new ResultLine("snapshot", "warm", new Spread(2, 1, 3), "s", null, 0), line("cold", 9)), lines);
    }

    @Test
    void shouldFindTheMemoryOfThisProcess() throws IOException {
        assertEquals(7 << 10, MemoryUse.field(List.of("RssAnonymous:\t 5 kB", "RssAnon:\t       7 kB"), "RssAnon"));
        assertEquals(0, MemoryUse.field(List.of("RssAnon: 7 kB"), "RssFile"));
        final MemoryUse use = MemoryUse.now();
        assertTrue(use.resident() > 0 && use.heap() > 0, use::toString);
    }

    @Test
    void shouldLeaveFilesAsTheyAreWhenTheirPagesAreDropped() throws IOException {
        final byte[] bytes = new byte[3 << 20];
        bytes[bytes.length - 1] = 7;
        final Path file = Files.write(folder.resolve("file"), bytes);
        PageCache.drop(folder);
        assertTrue(PageCache.read(folder) > 0);
        assertEquals(7, Files.readAllBytes(file)[bytes.length - 1]);
    }

    private static ResultLine line(final String name, final double value) {
        return ResultLine.alone("snapshot", name, Spread.of(value), "s");
    }
}
