package io.strowger.ops.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What a {@link JournalWatch} has seen, as meters.
 */
public final class HealthMetrics implements MeterBinder {
    private final JournalWatch watch;

    /** The meters of a watch. */
    public HealthMetrics(final JournalWatch watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        Gauge.builder("strowger.ready", watch, from -> from.readiness().isReady() ? 1 : 0)
            .description("1 while signals get into the journal").register(registry);
        Gauge.builder("strowger.journal.disk.free", watch, JournalWatch::freeBytes).baseUnit("bytes")
            .description("Free on the disk of the journal").register(registry);
        Gauge.builder("strowger.journal.disk.total", watch, JournalWatch::totalBytes).baseUnit("bytes")
            .description("Size of the disk of the journal").register(registry);
        Gauge.builder("strowger.journal.disk.reserve", watch, JournalWatch::reserveBytes).baseUnit("bytes")
            .description("Left alone by the journal: it takes nothing while no more is free").register(registry);
    }
}
