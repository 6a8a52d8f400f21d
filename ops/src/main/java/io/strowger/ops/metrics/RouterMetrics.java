package io.strowger.ops.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.strowger.router.Router;
import io.strowger.router.status.RouterCounter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Every {@link RouterCounter} as a meter: {@code Signals admitted} is {@code strowger.signals.admitted}, times are in seconds.
 */
public final class RouterMetrics implements MeterBinder {
    /** What goes down as well as up. */
    private static final Set<RouterCounter> GAUGES = EnumSet.of(RouterCounter.INGRESS_MAX_CYCLE_NS, RouterCounter.CORE_MAX_CYCLE_NS,
        RouterCounter.DURABILITY_MAX_CYCLE_NS, RouterCounter.FOLLOWER_POSITION, RouterCounter.FOLLOWER_LAG,
        RouterCounter.DURABLE_SEQUENCE, RouterCounter.DURABLE_LAG);
    private static final String PREFIX = "strowger.";
    private static final String NS = " ns";
    private static final double NS_PER_SECOND = 1e9;

    private final Router router;

    /** The meters of a router. */
    public RouterMetrics(final Router router) {
        this.router = router;
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        for (final RouterCounter counter : RouterCounter.values()) {
            if (GAUGES.contains(counter)) {
                final Gauge.Builder<?> gauge = Gauge.builder(name(counter), router, from -> value(from, counter))
                    .description(counter.label());
                (isTime(counter) ? gauge.baseUnit("seconds") : gauge).register(registry);
            } else {
                FunctionCounter.builder(name(counter), router, from -> value(from, counter)).description(counter.label())
                    .register(registry);
            }
        }
        Gauge.builder(PREFIX + "journal.sequence", router, Router::lastSequence).description("Last sequence in the journal")
            .register(registry);
        Gauge.builder(PREFIX + "up", router, from -> from.isClosed() ? 0 : 1).description("1 while the router runs").register(registry);
    }

    private static double value(final Router router, final RouterCounter counter) {
        final long value = router.counters().get(counter);
        return isTime(counter) ? value / NS_PER_SECOND : value;
    }

    private static boolean isTime(final RouterCounter counter) {
        return counter.label().endsWith(NS);
    }

    private static String name(final RouterCounter counter) {
        final String label = counter.label();
        return PREFIX + (isTime(counter) ? label.substring(0, label.length() - NS.length()) : label).toLowerCase(Locale.ROOT)
            .replace(' ', '.').replace('-', '.');
    }
}
