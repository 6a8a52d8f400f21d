package io.strowger.ops.node;

import io.strowger.ops.config.KeepConfig;
import io.strowger.ops.rounds.Rounds;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.retention.Retention;
import io.strowger.persistence.retention.RetentionLimits;
import io.strowger.persistence.retention.RetentionReport;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Removes from a journal that is written what need not be kept, every ten minutes, on a thread of its own; and says
 * what has gone, and what holds it above its bound.
 */
final class JournalKeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JournalKeeping.class.getName());
    /** By then what follows the router has come to its end, and holds nothing more. */
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final KeptCycles cycles;
    private final Retention retention;
    private final LongSupplier clock;
    private final Rounds runs = new Rounds("strowger-retention");
    /** What was said last of a journal that is too large; null when it is not. */
    private String held;

    /**
     * Keeping that has not begun.
     *
     * @param clock nanoseconds since 1970, which ages are counted from.
     */
    JournalKeeping(final KeptCycles cycles, final Retention retention, final LongSupplier clock) {
        this.cycles = cycles;
        this.retention = retention;
        this.clock = clock;
    }

    /** What a configuration says. */
    static RetentionLimits limits(final KeepConfig keep) {
        return new RetentionLimits(null == keep.days() ? RetentionLimits.NONE : TimeUnit.DAYS.toNanos(keep.days()),
            null == keep.bytes() ? RetentionLimits.NONE : keep.bytes());
    }

    void start() {
        runs.start(this::run, FIRST, EVERY);
    }

    /** One run. A fault is said, and the next one tries again. Any thread. */
    synchronized void run() {
        try {
            tell(retention.run(cycles, clock.getAsLong()));
        } catch (final RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, () -> "nothing was removed from the journal: " + fault.getMessage());
        }
    }

    private void tell(final RetentionReport report) {
        if (!report.removed().isEmpty()) {
            LOG.log(System.Logger.Level.INFO, () -> String.format(Locale.ROOT,
                "removed from the journal: %d files with %,d bytes; kept: %,d bytes, from %d on", report.removed().size(),
                report.removedBytes(), report.keptBytes(), report.firstSequence()));
        }
        final String now = report.isOverSize() && !report.holding().isEmpty() ? report.holding().get(0).toString() : null;
        if (null != now && !now.equals(held)) {
            LOG.log(System.Logger.Level.WARNING, () -> String.format(Locale.ROOT,
                "the journal has %,d bytes, which is more than it should: held back by %s", report.keptBytes(), now));
        }
        held = now;
    }

    /** Begins no further run. */
    void ending() {
        runs.stop();
    }

    /** A run that reads large snapshots may take longer than is waited for; it is left alone: who reads a journal is never interrupted. */
    @Override
    public void close() {
        ending();
        if (!runs.awaitEnd()) {
            LOG.log(System.Logger.Level.WARNING, "a run that removes from the journal has not ended in time");
        }
    }
}
