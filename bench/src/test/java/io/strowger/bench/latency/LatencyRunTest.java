package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.bench.result.Curve;
import io.strowger.bench.result.ResultLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real windows at tiny sizes: whether a rate is kept is left to the machine, but everything that is sent comes out.
 */
@Timeout(120)
class LatencyRunTest {
    private static final int RATE = 2_000;
    private static final int WINDOWS = 16;
    /** Of what each run says of itself. */
    private static final int PACE_BYTES = 200;
    private static final int WINDOW_MS = 150;
    private static final int SESSIONS = 50;

    @TempDir
    private Path folder;

    static List<LatencyCase> cases() {
        return LatencyCase.all(true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMeasureTheWaitsOfEveryCaseAndLeaveNothingBehind(final LatencyCase asked) throws IOException {
        final LatencyWindow window = new LatencyRun(SESSIONS, folder, folder).window(asked, RATE, WINDOW_MS);
        assertEquals(asked.name(), window.caseName());
        final long waits = window.waitsNs().getTotalCount();
        assertTrue(waits > RATE * WINDOW_MS / 1_000 / 4 && waits < 2 * RATE * WINDOW_MS / 1_000, "waits: " + waits);
        assertTrue(window.us(50) > 0 && window.us(100) < 60_000_000, () -> window.us(50) + " .. " + window.us(100));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @ParameterizedTest
    @EnumSource(LatencyCase.Input.class)
    void shouldAllocateNothingWhileItSends(final LatencyCase.Input input) {
        final Arrivals arrivals = new Arrivals(System::nanoTime);
        final Target target = new RigTarget(arrivals);
        final TrafficFeed feed = TrafficFeed.of(input, SESSIONS, target);
        feed.preload(0, target::receive);
        final OpenLoop loop = new OpenLoop(System::nanoTime, feed, target::receive);
        arrivals.countFrom(0);
        final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long least = Long.MAX_VALUE;
        // until it is compiled some of it allocates
        for (int window = 0; window < WINDOWS && least > PACE_BYTES; window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            loop.run(10_000_000, 20_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least <= PACE_BYTES, "bytes: " + least);
    }

    @Test
    void shouldSayThatTheReaderFellBehindWhenTheJournalKeepsNothing() {
        try (Target target = new RouterTarget(LatencyCase.NO_JOURNAL, folder, SESSIONS, new Arrivals(System::nanoTime))) {
            final TrafficFeed feed = TrafficFeed.of(LatencyCase.Input.FROM_SIGNAL, SESSIONS, target);
            feed.preload(0, target::receive);
            assertThrows(FellBehindException.class, () -> {
                for (int i = 0; i < 40_000; i++) {
                    feed.prepare();
                    while (!feed.offer(i)) {
                        Thread.onSpinWait();
                    }
                }
                target.settle();
            });
        }
    }

    @Test
    void shouldPrintLinesAndKeepWindowsAndCurves() throws IOException, InterruptedException {
        final LatencySizes sizes = new LatencySizes(RATE, 1, WINDOW_MS, RATE, RATE, 1, WINDOW_MS, SESSIONS);
        final Path rounds = folder.resolve("rounds.csv");
        final Path curves = folder.resolve("curves.jsonl");
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(folder.toString(), "", rounds.toString(), curves.toString()));
        final PrintStream before = System.out;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            LatencyMain.measure(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        final List<ResultLine> lines = out.toString(StandardCharsets.UTF_8).lines().map(ResultLine::parse).toList();
        final int cases = LatencyCase.all(false).size();
        assertEquals(cases, lines.stream().filter(line -> line.caseName().endsWith("highest rate kept")).count());
        assertTrue(lines.get(0).caseName().startsWith("p99 with journal on disk"), lines.get(0)::toText);
        assertEquals(2, lines.stream().filter(line -> line.caseName().startsWith("the machine alone")).count());
        assertEquals(1 + 3 + 3 + cases, Files.readAllLines(rounds).size());
        final List<Curve> kept = Files.readAllLines(curves).stream().map(Curve::parse).toList();
        assertEquals(3 + 3 + cases, kept.size());
        assertFalse(kept.stream().anyMatch(curve -> 0 == curve.waitsNs().getTotalCount()));
    }
}
