package io.strowger.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The floor of the harness: what a benchmark that does nothing, and one that reads the clock, cost here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BaselineBenchmark {
    private long value = 42;

    @Benchmark
    public void nothing() {
        // measured on purpose
    }

    @Benchmark
    public long field() {
        return value;
    }

    @Benchmark
    public long clock() {
        return System.nanoTime();
    }
}
