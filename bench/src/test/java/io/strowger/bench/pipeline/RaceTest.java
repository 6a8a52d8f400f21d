package io.strowger.bench.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.result.ResultLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final int SIGNALS = 100;

    private final List<String> calls = new ArrayList<>();
    private final SignalPool pool = new SignalPool(1 << 20);
    private long nowNs;
    private long cpuNs;

    @Test
    void shouldRunContendersInTurnOnTheSameSignals() {
        final Race race = new Race(List.of(new Fake("A", 10, 20), new Fake("B", 5, 5)), () -> nowNs, () -> cpuNs);
        final Traffic traffic = Traffic.ofCaptures(10, 1);
        race.preload(traffic, pool);
        final List<String> preloads = List.copyOf(calls);
        calls.clear();
        race.run(traffic, pool, SIGNALS, 0, 2);
        assertEquals("preload A", preloads.get(0).substring(0, 9));
        assertEquals(preloads.get(0).substring(9), preloads.get(1).substring(9));
        final List<String> order = calls.stream().map(call -> call.replaceAll(" \\d+$", "")).toList();
        final List<String> round = List.of("open A", "run A", "settle A", "open B", "run B", "settle B");
        assertEquals(List.of(round, round), List.of(order.subList(0, 6), order.subList(6, 12)));
        assertEquals(calls.get(1).substring(5), calls.get(4).substring(5), "A and B must get the same last signal");
        assertTrue(!calls.get(1).equals(calls.get(7)), "each round must get new signals");
    }

    @Test
    void shouldMeasureTheRunAloneAndLeaveOutWarmUps() {
        final Race race = new Race(List.of(new Fake("A", 10, 20), new Fake("B", 5, 5)), () -> nowNs, () -> cpuNs);
        final Traffic traffic = Traffic.ofCaptures(10, 1);
        race.preload(traffic, pool);
        final Map<String, List<Window>> windows = race.run(traffic, pool, SIGNALS, 2, 3);
        final Window a = new Window(SIGNALS, 10, 20);
        final Window b = new Window(SIGNALS, 5, 5);
        assertEquals(Map.of("A", List.of(a, a, a), "B", List.of(b, b, b)), windows);
    }

    @Test
    void shouldReportTheFirstContenderBesideEachOther() {
        final Map<String, List<Window>> windows = new LinkedHashMap<>();
        windows.put("router", List.of(new Window(1000, 2_000, 3_000)));
        windows.put("chronicle", List.of(new Window(1000, 1_000, 1_000)));
        windows.put("disruptor", List.of(new Window(1000, 500, 1_000)));
        final List<ResultLine> lines = RaceProcess.lines("pipeline", windows, 10);
        assertEquals(8, lines.size());
        assertEquals(0.5, lines.get(0).ratio());
        assertEquals("chronicle, sessions=10", lines.get(0).yardstick());
        assertEquals(0.25, lines.get(1).ratio());
        assertEquals(5e8, lines.get(0).spread().median());
        assertEquals(3.0, lines.get(4).ratio());
        assertEquals("cpu-ns/signal", lines.get(4).unit());
        assertEquals(3.0, lines.get(4).spread().median());
    }

    @Test
    void shouldWriteEveryRoundDown() {
        final Map<String, List<Window>> windows = Map.of("router, shared", List.of(new Window(10, 20, 30), new Window(10, 21, 31)));
        assertEquals(List.of("contender,round,signals,wall_ns,cpu_ns", "\"router, shared\",1,10,20,30", "\"router, shared\",2,10,21,31"),
            RaceProcess.table(windows));
    }

    /** Takes a fixed time for a run; everything around it takes time too, which must not count. */
    private final class Fake implements Contender {
        private final String name;
        private final long wall;
        private final long cpu;

        Fake(final String name, final long wall, final long cpu) {
            this.name = name;
            this.wall = wall;
            this.cpu = cpu;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void preload(final SignalPool signals) {
            calls.add("preload " + name + " " + signals.count());
        }

        @Override
        public void open() {
            calls.add("open " + name);
            pass(1_000, 1_000);
        }

        @Override
        public void run(final SignalPool signals) {
            calls.add("run " + name + " " + ChronicleContender.lastSequence(signals));
            pass(wall, cpu);
        }

        @Override
        public void settle(final SignalPool signals) {
            calls.add("settle " + name);
            pass(1_000, 1_000);
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }

        private void pass(final long wallNs, final long processorNs) {
            nowNs += wallNs;
            cpuNs += processorNs;
        }
    }
}
