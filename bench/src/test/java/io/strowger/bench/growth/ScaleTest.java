package io.strowger.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import io.strowger.router.ThreadingMode;
import java.io.IOException;
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

@Timeout(120)
class ScaleTest {
    private static final ScaleCase BASE = new ScaleCase(100, 3, 1, ThreadingMode.SHARED);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldMeasureACaseInEachModeAndLeaveTheTableAlone(final ThreadingMode mode) throws IOException {
        final Path rounds = folder.resolve("rounds.csv");
        final List<String> arguments = new ArrayList<>(BASE.withSources(4).withMode(mode).arguments());
        arguments.addAll(List.of("20", "50", "2", "1", folder.toString(), rounds.toString()));
        ScaleMain.main(arguments.toArray(String[]::new));
        // two rounds of each figure, and how many subscriptions fell behind
        assertEquals(ThreadingMode.SHARED == mode ? 9 : 7, Files.readAllLines(rounds).size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldSpreadCallsOverTheSourcesAndDeliverWhatTheirUsersDo(final ThreadingMode mode) {
        final GrowthSizes sizes = new GrowthSizes(100, 20, 20, 0, 50, 1);
        try (GrowthRouter router = new GrowthRouter(folder, sizes, false, mode, Throwable::printStackTrace)) {
            final GrowthCalls calls = router.newCalls(sizes, 4, 1);
            calls.open(sizes.sessions());
            router.awaitFolded(calls);
            try (UserSubscriptions subscriptions = router.subscribe(sizes.subscriptions())) {
                calls.turnOver(sizes.turnovers());
                router.awaitFolded(calls);
                subscriptions.await((long)GrowthCalls.SIGNALS_A_TURNOVER * sizes.turnovers());
            }
            long said = 0;
            for (int source = 1; source <= 4; source++) {
                final long last = router.router().lastSourceSequence(source);
                assertTrue(last > 0, "source " + source + " has said nothing");
                said += last;
            }
            assertEquals(calls.said(), said);
            router.check(calls);
        }
    }

    @Test
    void shouldGrowOneThingAtATime() {
        final List<ScaleCase> cases = ScaleBench.cases();
        final ScaleCase base = cases.get(0);
        assertEquals(12, cases.size());
        assertEquals(12, cases.stream().map(ScaleCase::name).distinct().count());
        for (final ScaleCase one : cases.subList(1, cases.size())) {
            final List<ScaleCase> alike = List.of(one.withSessions(base.sessions()), one.withSubscriptions(base.subscriptions()),
                one.withSources(base.sources()), one.withMode(base.mode()));
            assertEquals(1, alike.stream().filter(base::equals).count(), one::name);
        }
        assertEquals(cases.get(5), ScaleCase.of(cases.get(5).arguments().toArray(String[]::new)));
    }

    @Test
    void shouldPutWhatItCostsBesideTheBaseCaseOfTheSameFigure() {
        final ScaleCase more = BASE.withSources(10);
        final List<ResultLine> base = List.of(line("wall", BASE, 10, "ns/event"), line("process", BASE, 20, "cpu-ns/event"),
            line("deliveries", BASE, 1, "deliveries/event"));
        final List<ResultLine> beside = ScaleBench.besideBase(List.of(line("wall", more, 30, "ns/event"),
            line("process", more, 10, "cpu-ns/event"), line("deliveries", more, 1, "deliveries/event")), more, base, BASE);
        assertEquals(3.0, beside.get(0).ratio());
        assertEquals(0.5, beside.get(1).ratio());
        assertNull(beside.get(2).yardstick());
        assertEquals(base, ScaleBench.besideBase(base, BASE, base, BASE));
    }

    private static ResultLine line(final String name, final ScaleCase one, final double value, final String unit) {
        return ResultLine.alone("scale", name + ", " + one.name(), Spread.of(value), unit);
    }
}
