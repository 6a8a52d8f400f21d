package io.strowger.bench.jmh;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredJvm;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A JMH benchmark class as one benchmark of the command line: forked, with the GC profiler, one result line a case.
 *
 * <p>Fails when a method that must not allocate does. JMH's own log and raw result are kept beside the results.
 */
final class JmhBench implements Bench {
    /** What may be left by a call that is declared free of allocation. */
    private static final double BYTES_A_CALL = 0.01;

    /**
     * What JMH itself may leave in an iteration, however many calls that has: 5 to 8 KB as measured. Calls of a millisecond and more are
     * held to this alone; 16 bytes in each of a thousand of them are above it.
     */
    private static final double BYTES_AN_ITERATION = 12 * 1024;

    private final String name;
    private final Class<?> type;
    private final Set<String> allocationFree;
    private final Map<String, String> yardsticks;
    private final Map<String, String[]> quickParameters = new HashMap<>();
    private List<Boolean> boundsChecks = List.of(true);
    private int heapMb = 1024;
    private int forks = 2;
    private String unit = "ns/op";
    private ToDoubleFunction<JmhCase> perScore = result -> 1;
    private boolean inverse;

    /**
     * A benchmark in nanoseconds a call.
     *
     * @param name           on the command line.
     * @param type           the JMH class.
     * @param allocationFree methods that must leave nothing on the heap.
     * @param yardsticks     method to the method it is compared with.
     */
    JmhBench(final String name, final Class<?> type, final Set<String> allocationFree, final Map<String, String> yardsticks) {
        this.name = name;
        this.type = type;
        this.allocationFree = allocationFree;
        this.yardsticks = yardsticks;
    }

    /** Values of a parameter that a quick run takes. */
    JmhBench quick(final String parameter, final String... values) {
        quickParameters.put(parameter, values);
        return this;
    }

    /** Runs everything twice, with bounds checks on and off. */
    JmhBench withAndWithoutBoundsChecks() {
        boundsChecks = List.of(true, false);
        return this;
    }

    /** Heap of the measured process in MiB. */
    JmhBench heapMb(final int size) {
        heapMb = size;
        return this;
    }

    /** Processes one after the other for each case; a quick run takes one. 2 where nothing is said. */
    JmhBench forks(final int count) {
        forks = count;
        return this;
    }

    /** Reports a rate: so many units are done in one call, over its time in nanoseconds. */
    JmhBench rate(final String rateUnit, final ToDoubleFunction<JmhCase> unitsPerCall) {
        unit = rateUnit;
        perScore = unitsPerCall;
        inverse = true;
        return this;
    }

    /** Reports a time a unit, of which so many are done in one call. */
    JmhBench perCall(final String timeUnit, final IntSupplier unitsPerCall) {
        unit = timeUnit;
        perScore = result -> 1.0 / unitsPerCall.getAsInt();
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredJvm.flags(heapMb, true));
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws RunnerException {
        boolean holds = true;
        for (final boolean checked : options.quick() ? boundsChecks.subList(0, 1) : boundsChecks) {
            final String variant = 1 == boundsChecks.size() ? "" : "bounds-checks=" + (checked ? "on" : "off");
            final List<JmhCase> cases = measure(options, raw, checked);
            for (final ResultLine line : lines(cases, variant)) {
                results.add(line);
            }
            holds &= allocatesNothing(cases);
        }
        return holds;
    }

    /** Result lines of the cases of one run, each beside its yardstick with the same parameters. */
    List<ResultLine> lines(final List<JmhCase> cases, final String variant) {
        final Map<String, ResultLine> byName = new HashMap<>();
        final Function<JmhCase, ResultLine> line = result -> {
            final double units = perScore.applyAsDouble(result);
            return result.line(name, variant, score -> inverse ? units / score : units * score, unit);
        };
        cases.forEach(result -> byName.put(result.name(""), line.apply(result)));
        final List<ResultLine> lines = new ArrayList<>();
        for (final JmhCase result : cases) {
            final ResultLine own = byName.get(result.name(""));
            final String yardstick = yardsticks.get(result.method());
            final ResultLine other = null == yardstick ? null : byName.get((yardstick + " " + result.parameters()).strip());
            lines.add(null == other ? own : own.beside(other));
        }
        return lines;
    }

    /** Whether every method that must not allocate did not; says so on stderr for each that did. */
    boolean allocatesNothing(final List<JmhCase> cases) {
        boolean holds = true;
        for (final JmhCase result : cases) {
            if (allocationFree.contains(result.method()) && !isClean(result)) {
                System.err.printf("bench: %s: %s is declared free of allocation, and leaves %.3f bytes a call"
                    + " (%.0f in an iteration) on the heap; %.2f a call are allowed%n",
                    name, result.name(""), result.allocated(), result.leftInIteration(), BYTES_A_CALL);
                holds = false;
            }
        }
        return holds;
    }

    private static boolean isClean(final JmhCase result) {
        return result.allocated() <= BYTES_A_CALL || result.leftInIteration() < BYTES_AN_ITERATION;
    }

    private List<JmhCase> measure(final BenchOptions options, final Path raw, final boolean checked) throws RunnerException {
        final String stem = name + (checked ? "" : "-unchecked");
        final ChainedOptionsBuilder builder = new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\.")
            .jvm(MeasuredJvm.java())
            .jvmArgs(MeasuredJvm.flags(heapMb, checked).toArray(String[]::new))
            .jvmArgsAppend("-Dstrowger.bench.data=" + options.data().toAbsolutePath())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(raw.resolve(stem + ".jmh.log").toString())
            .resultFormat(ResultFormatType.JSON)
            .result(raw.resolve(stem + ".jmh.json").toString())
            .forks(options.quick() ? 1 : forks)
            .warmupIterations(options.quick() ? 1 : 5)
            .warmupTime(TimeValue.milliseconds(options.quick() ? 100 : 1000))
            .measurementIterations(options.quick() ? 2 : 5)
            .measurementTime(TimeValue.milliseconds(options.quick() ? 100 : 1000));
        if (options.quick()) {
            quickParameters.forEach(builder::param);
        }
        return JmhCase.of(new Runner(builder.build()).run());
    }
}
