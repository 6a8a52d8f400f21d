package io.strowger.ops.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.strowger.codecs.SignalLayout;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * How long events take from their source, by its own clock or from their arrival, until they are shown: a histogram in seconds.
 *
 * <p>The tap is the core thread's: it reads the clock once a block and allocates nothing. Anybody collects.
 */
public final class EventDelay implements Tap, Collector {
    private static final long[] BOUNDS_US = {10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
        500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000};
    private static final long NS_PER_US = 1_000;
    private static final double US_PER_SECOND = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    private final EpochNanoClock clock;
    /** One more than there are bounds, then the sum in nanoseconds. */
    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_US.length + 2);
    private final LogHistogram recent = new LogHistogram();
    private long nowNs;
    private boolean isBlockNew = true;

    /**
     * A histogram.
     *
     * @param clock nanoseconds since 1970.
     */
    public EventDelay(final EpochNanoClock clock) {
        this.clock = clock;
    }

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        if (isBlockNew) {
            nowNs = clock.nanoTime();
            isBlockNew = false;
        }
        final long delayNs = Math.max(0, nowNs - SignalLayout.sourceTime(block, RecordLayout.eventOffset(block, record)));
        add(bucket(delayNs), 1);
        add(BOUNDS_US.length + 1, delayNs);
        recent.add(delayNs);
    }

    @Override
    public void onBlock(final DirectBuffer block, final int offset, final int length) {
        isBlockNew = true;
    }

    @Override
    public MetricSnapshot collect() {
        final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < BOUNDS_US.length; i++) {
            buckets.bucket(BOUNDS_US[i] / US_PER_SECOND, counts.get(i));
        }
        buckets.bucket(Double.POSITIVE_INFINITY, counts.get(BOUNDS_US.length));
        return HistogramSnapshot.builder().name("strowger_event_delay_seconds").help("From the source's time of an event until it is shown")
            .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets.build())
                .sum(counts.get(BOUNDS_US.length + 1) / NS_PER_SECOND).build())
            .build();
    }

    /** The counts of all events so far by their delay in nanoseconds, in the buckets of {@link LogHistogram}. Any thread. */
    long[] recent() {
        return recent.counts();
    }

    /** Only one thread writes. */
    private void add(final int index, final long delta) {
        counts.setOpaque(index, counts.getPlain(index) + delta);
    }

    private static int bucket(final long delayNs) {
        int bucket = 0;
        while (bucket < BOUNDS_US.length && delayNs > BOUNDS_US[bucket] * NS_PER_US) {
            bucket++;
        }
        return bucket;
    }
}
