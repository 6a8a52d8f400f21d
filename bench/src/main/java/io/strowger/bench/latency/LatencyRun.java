package io.strowger.bench.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.IoUtil;

/**
 * Runs windows, each on a target of its own: opened, filled with sessions, run in, measured, closed and removed. Nothing of another case is
 * there meanwhile, so that none of its threads wakes up in the window.
 */
final class LatencyRun implements LatencyPlan.Windows {
    private static final int WARM_UP_PARTS = 3;
    private static final double NS_PER_US = 1_000;

    private final int sessions;
    private final Path data;
    private final Path memory;

    /**
     * Windows.
     *
     * @param sessions open at a time.
     * @param data     folder on the disk.
     * @param memory   folder in memory; null without one.
     */
    LatencyRun(final int sessions, final Path data, final Path memory) {
        this.sessions = sessions;
        this.data = data;
        this.memory = memory;
    }

    @Override
    public LatencyWindow window(final LatencyCase asked, final int rate, final int windowMs) throws IOException {
        final Path folder = Files.createTempDirectory(LatencyCase.Store.MEMORY == asked.store() ? memory : data, "latency-");
        System.gc();
        final LongSupplier clock = epochClock();
        final Arrivals arrivals = new Arrivals(clock);
        try (Target target = open(asked, folder, arrivals)) {
            final TrafficFeed feed = TrafficFeed.of(asked.input(), sessions, target);
            feed.preload(clock.getAsLong(), target::receive);
            final OpenLoop loop = new OpenLoop(clock, feed, target::receive);
            loop.run(rate, count(rate, windowMs / WARM_UP_PARTS));
            arrivals.countFrom(clock.getAsLong());
            final Pace pace = loop.run(rate, count(rate, windowMs));
            final boolean isMissed = pace.isMissed() || target.isBehind();
            target.settle();
            return new LatencyWindow(asked.name(), rate, pace.achieved(), pace.latestNs() / NS_PER_US, isMissed, arrivals.waitsNs());
        } catch (final FellBehindException e) {
            return new LatencyWindow(asked.name(), rate, 0, TimeUnit.MILLISECONDS.toMicros(windowMs), true, arrivals.waitsNs());
        } finally {
            IoUtil.delete(folder.toFile(), false);
        }
    }

    private Target open(final LatencyCase asked, final Path folder, final Arrivals arrivals) {
        return switch (asked.way()) {
            case RIG -> new RigTarget(arrivals);
            case RING -> new RingTarget(folder, arrivals);
            default -> new RouterTarget(asked, folder, sessions, arrivals);
        };
    }

    private static long count(final int rate, final int windowMs) {
        return Math.max(1, (long)rate * windowMs / TimeUnit.SECONDS.toMillis(1));
    }

    /** The monotonic clock, as nanoseconds since 1970: what it gives is a source time. */
    private static LongSupplier epochClock() {
        final long offsetNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
        return () -> System.nanoTime() + offsetNs;
    }
}
