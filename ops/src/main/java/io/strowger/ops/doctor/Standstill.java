package io.strowger.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * How much of their time threads stand still that do nothing but read the clock: what a hypervisor, the kernel and other processes take
 * from a router, whatever it does itself. Where that is 1 % or more, at least one message in a hundred is due in such a gap, so its wait,
 * and with it the p99, is the machine's.
 *
 * @param spunNs    time that all threads together were watched, nanoseconds.
 * @param stillNs   of it in gaps between two readings of more than 20 us.
 * @param longNs    of it in gaps of more than 1 ms.
 * @param longestNs longest gap.
 */
public record Standstill(long spunNs, long stillNs, long longNs, long longestNs) {
    private static final long GAP_NS = 20_000;
    private static final long LONG_GAP_NS = 1_000_000;
    private static final double PERCENT = 100;
    /** A router and whoever offers to it. */
    private static final int THREADS = 2;

    /**
     * Watches two threads of its own, or one where there is one core.
     *
     * @param lengthNs how long, in nanoseconds.
     * @return of all of them together.
     * @throws InterruptedException when the caller is interrupted; the threads go on for the rest of the time.
     */
    public static Standstill measure(final long lengthNs) throws InterruptedException {
        return measure(Math.min(THREADS, Runtime.getRuntime().availableProcessors()), lengthNs);
    }

    static Standstill measure(final int threads, final long lengthNs) throws InterruptedException {
        final ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            final List<Callable<Standstill>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> spin(System::nanoTime, lengthNs));
            }
            Standstill all = new Standstill(0, 0, 0, 0);
            for (final Future<Standstill> each : pool.invokeAll(tasks)) {
                all = all.and(each.get());
            }
            return all;
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdown();
        }
    }

    static Standstill spin(final LongSupplier clock, final long lengthNs) {
        final long beganNs = clock.getAsLong();
        long nowNs = beganNs;
        long stillNs = 0;
        long longNs = 0;
        long longestNs = 0;
        while (nowNs - beganNs < lengthNs) {
            final long nextNs = clock.getAsLong();
            final long gapNs = nextNs - nowNs;
            stillNs += gapNs > GAP_NS ? gapNs : 0;
            longNs += gapNs > LONG_GAP_NS ? gapNs : 0;
            longestNs = Math.max(longestNs, gapNs);
            nowNs = nextNs;
        }
        return new Standstill(nowNs - beganNs, stillNs, longNs, longestNs);
    }

    private Standstill and(final Standstill other) {
        return new Standstill(spunNs + other.spunNs, stillNs + other.stillNs, longNs + other.longNs, Math.max(longestNs, other.longestNs));
    }

    /** Share of the time in gaps of more than 20 us, in percent. */
    public double percent() {
        return PERCENT * stillNs / spunNs;
    }

    /** Share of the time in gaps of more than 1 ms, in percent. */
    public double longPercent() {
        return PERCENT * longNs / spunNs;
    }
}
