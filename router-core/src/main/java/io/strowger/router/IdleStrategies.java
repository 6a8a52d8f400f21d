package io.strowger.router;

import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the threads of a router idle. Each thread gets a strategy of its own; one that is a {@link io.strowger.router.pipeline.Waker} too is
 * told when there is work for its thread.
 *
 * @param core makes those of the threads that a signal waits for: the core's, and where it has one of its own the ingress thread's.
 * @param side makes those of all threads beside them, which should let these go first.
 */
public record IdleStrategies(Supplier<IdleStrategy> core, Supplier<IdleStrategy> side) {
    /** The core spins about as long as a wake takes, all others soon yield; then each sleeps until work comes. */
    public static final IdleStrategies SLEEPING = new IdleStrategies(SleepingIdleStrategy::ofCore, SleepingIdleStrategy::new);

    /** Both there. */
    public IdleStrategies {
        Objects.requireNonNull(core, "core");
        Objects.requireNonNull(side, "side");
    }

    /**
     * The same for every thread.
     *
     * @param every makes one for each.
     */
    public static IdleStrategies same(final Supplier<IdleStrategy> every) {
        return new IdleStrategies(every, every);
    }
}
