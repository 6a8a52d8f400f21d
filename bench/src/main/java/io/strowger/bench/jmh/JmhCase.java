package io.strowger.bench.jmh;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark method with its parameters, as JMH measured it.
 *
 * @param method          name of the method.
 * @param parameters      as {@code sessions=10000}, empty when it has none.
 * @param rounds          score of each measured iteration, in the unit of the benchmark.
 * @param allocated       bytes a call left on the heap, from the GC profiler, in the median iteration; NaN when it was not asked.
 * @param leftInIteration bytes all calls of the median iteration left, and JMH itself; NaN likewise.
 */
record JmhCase(String method, String parameters, List<Double> rounds, double allocated, double leftInIteration) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String ALLOCATED_MB_A_SECOND = "gc.alloc.rate";
    private static final double MB = 1 << 20;
    private static final double MS_PER_SECOND = 1_000;

    /** Reads what a run of JMH gave. */
    static List<JmhCase> of(final Collection<RunResult> results) {
        return results.stream().map(JmhCase::of).toList();
    }

    /**
     * The result line of this case.
     *
     * @param bench   name on the command line.
     * @param variant what all cases of the run have in common, may be empty.
     * @param convert from the benchmark's unit to the wanted one.
     * @param unit    wanted.
     */
    ResultLine line(final String bench, final String variant, final DoubleUnaryOperator convert, final String unit) {
        final double[] converted = rounds.stream().mapToDouble(Double::doubleValue).map(convert).toArray();
        return ResultLine.alone(bench, name(variant), Spread.of(converted), unit);
    }

    /** What the case is called in results. */
    String name(final String variant) {
        return String.join(" ", List.of(method, parameters, variant)).replaceAll(" +", " ").strip();
    }

    private static JmhCase of(final RunResult result) {
        final BenchmarkParams params = result.getParams();
        final String full = params.getBenchmark();
        final StringBuilder parameters = new StringBuilder();
        for (final String key : params.getParamsKeys()) {
            parameters.append(parameters.isEmpty() ? "" : " ").append(key).append('=').append(params.getParam(key));
        }
        final List<Double> rounds = result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults).flatMap(Collection::stream)
            .map(iteration -> iteration.getPrimaryResult().getScore()).toList();
        final String method = full.substring(full.lastIndexOf('.') + 1);
        return new JmhCase(method, parameters.toString(), rounds, secondary(result, ALLOCATED),
            secondary(result, ALLOCATED_MB_A_SECOND) * MB * params.getMeasurement().getTime().convertTo(TimeUnit.MILLISECONDS)
                / MS_PER_SECOND);
    }

    /**
     * The median over the iterations, of an even number the lower one: the last iteration of a process has what the benchmark leaves when
     * it cleans up, and a journal begins a new part of its file in some.
     */
    private static double secondary(final RunResult result, final String name) {
        final double[] iterations = result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults).flatMap(Collection::stream)
            .map(iteration -> iteration.getSecondaryResults().get(name))
            .mapToDouble(found -> null == found ? Double.NaN : found.getScore()).sorted().toArray();
        return lowerMedian(iterations);
    }

    /** Of sorted values; NaN when there is none, or one of them is NaN. */
    static double lowerMedian(final double... sorted) {
        final boolean isComplete = 0 != sorted.length && !Double.isNaN(sorted[sorted.length - 1]);
        return isComplete ? sorted[(sorted.length - 1) / 2] : Double.NaN;
    }
}
