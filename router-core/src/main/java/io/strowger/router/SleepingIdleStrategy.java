package io.strowger.router;

import io.strowger.router.pipeline.Waker;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Spins, then maybe yields, then sleeps until somebody brings work: an idle router costs next to nothing, and the first signal after a
 * silence still does not wait for the end of a sleep.
 *
 * <pre>
 *   idle turns   1 ... spins ... yields, announce, one more look, sleep, look, sleep ...
 * </pre>
 *
 * <p>The announcement comes one turn before the sleep: work that was shown before it was seen is found by that turn, and who shows work
 * later sees the announcement. The sleep has a limit all the same, for what nobody announces (a journal that has room again).
 *
 * <p>One thread idles; any thread wakes it.
 */
final class SleepingIdleStrategy implements IdleStrategy, Waker {
    /** Idle turns of the core between two looks at the clock. */
    private static final int TURNS_A_LOOK = 8;

    private final int spins;
    private final int yields;
    /** How long it spins beyond that; 0: no longer. */
    private final long spinNs;
    private final LongSupplier clock;
    private final LongConsumer sleep;
    private volatile Thread sleeper;
    private int turns;
    private long spinBeganNs;

    /** Of a thread beside the core's: it lets others go first. */
    SleepingIdleStrategy() {
        this(LockSupport::parkNanos);
    }

    /**
     * Of the core's thread, or the ingress thread: it spins about as long as a wake would take, and never yields. Who yields while signals
     * come every few microseconds is away when the next one comes, and on a busy core for a whole slice of another thread.
     */
    static SleepingIdleStrategy ofCore() {
        return ofCore(System::nanoTime, LockSupport::parkNanos);
    }

    /** The same with a clock and a sleep of its own. */
    static SleepingIdleStrategy ofCore(final LongSupplier clock, final LongConsumer sleep) {
        return new SleepingIdleStrategy(TURNS_A_LOOK, 0, RouterConfiguration.CORE_IDLE_SPIN_NS, clock, sleep);
    }

    /**
     * A strategy that sleeps in its own way.
     *
     * @param sleep for so many nanoseconds at most, until its thread is unparked.
     */
    SleepingIdleStrategy(final LongConsumer sleep) {
        this(RouterConfiguration.IDLE_SPINS, RouterConfiguration.IDLE_YIELDS, 0, null, sleep);
    }

    private SleepingIdleStrategy(final int spins, final int yields, final long spinNs, final LongSupplier clock, final LongConsumer sleep) {
        this.spins = spins;
        this.yields = yields;
        this.spinNs = spinNs;
        this.clock = clock;
        this.sleep = sleep;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        idle(false);
    }

    /**
     * Idles once.
     *
     * @param isAtRest whether nothing comes that nobody announces.
     */
    void idle(final boolean isAtRest) {
        if (isSpinning()) {
            turns++;
            Thread.onSpinWait();
        } else if (turns < spins + yields) {
            turns++;
            YieldingIdleStrategy.INSTANCE.idle();
        } else if (null == sleeper) {
            sleeper = Thread.currentThread();
        } else {
            sleep.accept(isAtRest ? RouterConfiguration.REST_MAX_PARK_NS : RouterConfiguration.IDLE_MAX_PARK_NS);
        }
    }

    /** A turn is as long as there are channels: only the clock says how long it has spun. */
    private boolean isSpinning() {
        if (turns < spins || 0 == spinNs) {
            return turns < spins;
        }
        if (turns == spins) {
            spinBeganNs = clock.getAsLong();
            return true;
        }
        return 0 != turns % TURNS_A_LOOK || clock.getAsLong() - spinBeganNs < spinNs;
    }

    @Override
    public void reset() {
        turns = 0;
        if (null != sleeper) {
            sleeper = null;
        }
    }

    /** Whether its thread has announced its sleep and nobody has woken it. Any thread. */
    boolean isAsleep() {
        return null != sleeper;
    }

    @Override
    public String alias() {
        return "sleeping";
    }

    @Override
    public void wake() {
        final Thread thread = sleeper;
        if (null != thread) {
            sleeper = null;
            LockSupport.unpark(thread);
        }
    }
}
