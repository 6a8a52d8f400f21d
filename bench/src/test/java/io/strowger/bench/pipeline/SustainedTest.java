package io.strowger.bench.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.result.ResultLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SustainedTest {
    private static final SustainedSizes TINY = new SustainedSizes(50, 1, 1, 1_000, 100);
    private static final SustainedRun RUN = new SustainedRun(new DiskRoom(() -> Long.MAX_VALUE));

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureBothInTurnAndLeaveTheTablesAlone() throws IOException, InterruptedException {
        final AtomicInteger syncs = new AtomicInteger();
        // a real one waits for whatever anybody writes to this machine's disks
        assertTrue(SustainedMain.measure(arguments(TINY), syncs::incrementAndGet));
        assertEquals(4, syncs.get(), "before each of two probes and two windows");
        assertEquals(3, Files.readAllLines(folder.resolve("rounds.csv")).size());
        assertTrue(Files.readAllLines(folder.resolve("seconds.csv")).size() >= 3);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void shouldNotBeginWhatTheDiskHasNoRoomFor() throws IOException, InterruptedException {
        assertFalse(SustainedMain.measure(arguments(new SustainedSizes(50, Integer.MAX_VALUE, 1, 1_000, 100)), () -> { }));
        assertFalse(Files.exists(folder.resolve("rounds.csv")));
    }

    @Test
    void shouldSayHowManySecondsFit() {
        final DiskRoom room = new DiskRoom(() -> DiskRoom.SPARE_BYTES + 1_000);
        final SustainedWindow probe = window(SustainedRouter.NAME, 10, 200, new SecondCurve());
        room.check(probe, 5);
        final String message = assertThrows(DiskRoom.NoRoomException.class, () -> room.check(probe, 6)).getMessage();
        assertTrue(message.endsWith("--set seconds=5 fits"), message);
        assertThrows(DiskRoom.NoRoomException.class, new DiskRoom(() -> DiskRoom.SPARE_BYTES - 1)::check);
    }

    @Test
    void shouldEndAWindowWhenTheDiskGetsFull() {
        final SustainedRun full = new SustainedRun(new DiskRoom(() -> 0));
        assertThrows(DiskRoom.NoRoomException.class, () -> full.window(new Idle(), Long.MAX_VALUE));
    }

    @Test
    void shouldAppendThePoolOverAndOver() {
        try (SustainedContender contender = new SustainedChronicle(folder, pool())) {
            contender.offer();
            for (int i = 0; i < 4; i++) {
                contender.offer();
            }
            contender.finish();
            contender.check();
            assertEquals(2_512, contender.carried());
        }
    }

    @Test
    void shouldCountWhatTheWindowBroughtAndNotWhatOpenedTheSessions() {
        try (SustainedContender contender = new SustainedRouter(folder, TINY.sessions())) {
            assertEquals(0, contender.carried() + contender.events());
            final SustainedWindow window = RUN.window(contender, 1);
            assertEquals(512, window.signals());
            assertTrue(window.events() > 0 && window.bytes() > 0, window::toString);
            assertTrue(window.offerNs() > 0 && window.offerNs() <= window.wallNs(), window::toString);
        }
    }

    @Test
    void shouldFindTheFirstAndTheSlowestSecond() {
        final SecondCurve curve = new SecondCurve();
        curve.add(1_000_000_000L, 100);
        curve.add(3_000_000_000L, 200);
        curve.add(4_000_000_000L, 400);
        curve.end(4_400_000_000L, 400);
        assertEquals(100.0, curve.first());
        assertEquals(50.0, curve.slowest());
        assertEquals(List.of("x,1000000000,100", "x,3000000000,200", "x,4000000000,400"), curve.rows("x"));
        curve.end(4_600_000_000L, 400);
        assertEquals(0.0, curve.slowest());
        final SecondCurve brief = new SecondCurve();
        brief.end(100_000_000L, 10);
        assertEquals(100.0, brief.first());
    }

    @Test
    void shouldPutTheRouterBesideBareChronicle() {
        final SecondCurve curve = new SecondCurve();
        curve.end(1_000_000_000L, 10);
        final List<SustainedWindow> windows = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            windows.add(window(SustainedRouter.NAME, 10, 300, curve));
            windows.add(window(SustainedChronicle.NAME, 20, 150, curve));
        }
        final List<ResultLine> lines = SustainedLines.of(windows, TINY);
        assertEquals(11, lines.size());
        assertEquals(0.5, lines.get(0).ratio());
        assertEquals(5.0, lines.get(0).spread().median());
        assertNull(lines.get(1).yardstick());
        assertEquals("events/s", lines.get(6).unit());
        assertEquals(2.0, lines.get(7).ratio());
        assertEquals("\"" + SustainedRouter.NAME + "\",2,10,1,300,1000000000,2000000000,50", SustainedLines.table(windows).get(3));
        assertEquals(5, SustainedLines.seconds(windows).size());
    }

    private static SustainedWindow window(final String contender, final long signals, final long bytes, final SecondCurve curve) {
        return new SustainedWindow(contender, signals, 1, bytes, 1_000_000_000L, 2_000_000_000L, 50, curve);
    }

    private static SignalPool pool() {
        final SignalPool pool = new SignalPool(1 << 20);
        Traffic.ofCaptures(TINY.sessions(), 1).fill(pool, TINY.poolSignals());
        return pool;
    }

    private String[] arguments(final SustainedSizes sizes) {
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(folder.toString(), folder.resolve("rounds.csv").toString(), folder.resolve("seconds.csv").toString()));
        return arguments.toArray(String[]::new);
    }

    /** Does nothing, for as long as it is let. */
    private static final class Idle implements SustainedContender {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public void offer() {
            LockSupport.parkNanos(1_000_000);
        }

        @Override
        public long carried() {
            return 0;
        }

        @Override
        public void finish() {
            // nothing is under way
        }

        @Override
        public void check() {
            // nothing can be missing
        }

        @Override
        public long events() {
            return 0;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
