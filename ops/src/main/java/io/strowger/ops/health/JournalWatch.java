package io.strowger.ops.health;

import io.strowger.ops.health.Readiness.Trouble;
import io.strowger.ops.rounds.Rounds;
import io.strowger.router.Router;
import io.strowger.router.status.RouterCounter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Looks once a second whether a router can do its work, and says so in the log when that ends, and when it is so again.
 *
 * <pre>
 *   free bytes  |&lt;-- reserve --&gt;|&lt;------ bound ------&gt;|
 *               full: not ready   warning               fine
 * </pre>
 *
 * <p>The journal refuses blocks while no more than its reserve is free: nothing is lost, as signals wait at their sources, but nothing goes
 * on either. Signals that come while nothing is appended for {@value #STUCK_MS} ms are as bad: a disk that hangs looks like that. So is a
 * look that has not ended for {@value #SILENT_MS} ms, as one that hangs with its disk, or that ends in a fault each time: nobody knows. One
 * thread looks, any thread reads.
 */
public final class JournalWatch implements AutoCloseable {
    /** How long nothing may be appended while signals come, in milliseconds. */
    public static final long STUCK_MS = 5_000;

    /** How long no look may have ended, in milliseconds. */
    public static final long SILENT_MS = 10_000;

    private static final System.Logger LOG = System.getLogger(JournalWatch.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** What must be free beyond the reserve until a disk counts as not full any more. */
    private static final long FREE_AGAIN_BYTES = 16L << 20;
    private static final long WARN_SECONDS = 600;
    private static final int WARN_PART = 20;
    /** A warning ends with so much more than the bound that it begins with: a tenth. */
    private static final double FINE_AGAIN = 1.1;
    /** Weight of the newest look in the rate: a minute, all told. */
    private static final double NEWEST = 1.0 / 60;
    private static final double MS_PER_SECOND = 1e3;
    private static final long MS_A_SECOND = 1_000;
    private static final double MIB = 1 << 20;

    private final Router router;
    private final JournalSpace space;
    private final long reserve;
    private final LongSupplier clock;
    private final Rounds looks = new Rounds("strowger-watch");
    /** Whether looks have ended in faults since the last good one. */
    private boolean isFaulty;
    private boolean isSilenceTold;
    private volatile long seenMs;
    private long seenFull;
    private long seenBlocks;
    private long seenBytes;
    private long seenWaiting;
    private long waitingSinceMs = Long.MAX_VALUE;
    private long notReadySinceMs;
    private volatile long freeBytes;
    private volatile long totalBytes;
    private volatile double bytesPerSecond;
    private volatile Readiness readiness = Readiness.READY;

    /**
     * A watch that has looked once.
     *
     * @param space   on the journal's disk.
     * @param reserve bytes of it that the journal leaves alone.
     * @param clock   milliseconds since any moment, that never goes back.
     */
    public JournalWatch(final Router router, final JournalSpace space, final long reserve, final LongSupplier clock) {
        this.router = router;
        this.space = space;
        this.reserve = reserve;
        this.clock = clock;
        final long nowMs = clock.getAsLong();
        seenMs = nowMs;
        seenFull = count(RouterCounter.JOURNAL_FULL);
        seenBlocks = count(RouterCounter.BLOCKS);
        seenBytes = count(RouterCounter.JOURNAL_BYTES);
        seenWaiting = waiting();
        look(nowMs);
    }

    /** Looks once a second from now on, on a thread of its own. */
    public void start() {
        looks.start(this::tryToLook, LOOK, LOOK);
    }

    /** How it was at the last look; closed, or not seen for long, also at once. */
    public Readiness readiness() {
        final Readiness last = readiness;
        if (router.isClosed()) {
            return Trouble.CLOSED == last.trouble() ? last : closed();
        }
        final long silentMs = clock.getAsLong() - seenMs;
        return silentMs >= SILENT_MS ? new Readiness(Trouble.UNSEEN, "the disk of the journal has not been looked at for "
            + silentMs / MS_A_SECOND + " s: it hangs, or can't be asked", null) : last;
    }

    /** Says in the log that it has not looked for long, and when it has again: for another thread than its own, about once a second. */
    public synchronized void tellSilence() {
        final Readiness now = readiness();
        final boolean isSilent = Trouble.UNSEEN == now.trouble();
        if (isSilent && !isSilenceTold) {
            LOG.log(System.Logger.Level.ERROR, () -> "not ready: " + now.reason());
        } else if (!isSilent && isSilenceTold && Trouble.CLOSED != now.trouble()) {
            LOG.log(System.Logger.Level.INFO, "the disk of the journal is looked at again");
        }
        isSilenceTold = isSilent;
    }

    /** Bytes free on the journal's disk at the last look. */
    public long freeBytes() {
        return freeBytes;
    }

    /** Bytes of the journal's disk. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes of it that the journal leaves alone. */
    public long reserveBytes() {
        return reserve;
    }

    /** Bytes a second that are appended, over about a minute: before they are packed, so the disk takes no more than that. */
    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Looks, whatever the look before has met: of faults in a row the first is said. */
    void tryToLook() {
        try {
            look(clock.getAsLong());
            if (isFaulty) {
                isFaulty = false;
                LOG.log(System.Logger.Level.INFO, "the watch of the journal looks again");
            }
        } catch (final RuntimeException | Error fault) {
            if (!isFaulty) {
                isFaulty = true;
                LOG.log(System.Logger.Level.ERROR, () -> "the watch of the journal can't look: " + fault);
            }
        }
    }

    /** Looks, and says what has changed. */
    private void look(final long nowMs) {
        final long full = count(RouterCounter.JOURNAL_FULL);
        final long blocks = count(RouterCounter.BLOCKS);
        final long bytes = count(RouterCounter.JOURNAL_BYTES);
        final long waiting = waiting();
        if (blocks != seenBlocks || waiting == seenWaiting) {
            waitingSinceMs = Long.MAX_VALUE;
        } else if (Long.MAX_VALUE == waitingSinceMs) {
            waitingSinceMs = seenMs;
        }
        if (nowMs > seenMs) {
            final double last = bytesPerSecond;
            bytesPerSecond = last + NEWEST * ((bytes - seenBytes) * MS_PER_SECOND / (nowMs - seenMs) - last);
        }
        freeBytes = space.freeBytes();
        totalBytes = space.totalBytes();
        final boolean isRefusing = full != seenFull && blocks == seenBlocks;
        seenMs = nowMs;
        seenFull = full;
        seenBlocks = blocks;
        seenBytes = bytes;
        seenWaiting = waiting;
        become(judge(isRefusing, nowMs), nowMs);
    }

    private Readiness judge(final boolean isRefusing, final long nowMs) {
        if (router.isClosed()) {
            return closed();
        }
        final long keptFree = reserve + (Trouble.DISK_FULL == readiness.trouble() ? FREE_AGAIN_BYTES : 0);
        if (isRefusing || freeBytes <= keptFree) {
            return new Readiness(Trouble.DISK_FULL, "the disk of the journal is full: " + mib(freeBytes) + " free, and " + mib(reserve)
                + " of it are left alone", null);
        }
        if (Long.MAX_VALUE != waitingSinceMs && nowMs - waitingSinceMs >= STUCK_MS) {
            return new Readiness(Trouble.STUCK, "signals come, and none has got into the journal for " + STUCK_MS / MS_A_SECOND
                + " s or longer: look at the disk", null);
        }
        final String warning = warning();
        return null == warning ? Readiness.READY : new Readiness(Trouble.NONE, null, warning);
    }

    private Readiness closed() {
        final Throwable failure = router.failure();
        return new Readiness(Trouble.CLOSED, null == failure ? "the router is closed"
            : "the router has failed: " + (null == failure.getMessage() ? failure : failure.getMessage()), null);
    }

    private String warning() {
        final double atThisRate = bytesPerSecond * WARN_SECONDS;
        final double bound = Math.max(atThisRate, (double)totalBytes / WARN_PART);
        final double left = freeBytes - reserve;
        if (left >= bound * (null == readiness.warning() ? 1 : FINE_AGAIN)) {
            return null;
        }
        return "little space on the disk of the journal: " + mib(freeBytes - reserve) + " left to it"
            + (left < atThisRate ? String.format(Locale.ROOT, ", %.0f s at the present rate", left / bytesPerSecond) : "");
    }

    private void become(final Readiness next, final long nowMs) {
        final Readiness last = readiness;
        readiness = next;
        if (next.trouble() != last.trouble()) {
            if (next.isReady()) {
                LOG.log(System.Logger.Level.INFO, () -> "ready again after " + (nowMs - notReadySinceMs) / MS_A_SECOND + " s");
            } else if (Trouble.CLOSED != next.trouble()) {
                // who has closed it says so himself
                notReadySinceMs = last.isReady() ? nowMs : notReadySinceMs;
                LOG.log(System.Logger.Level.ERROR, () -> "not ready: " + next.reason());
            }
        }
        if (Objects.isNull(next.warning()) != Objects.isNull(last.warning()) && next.isReady()) {
            if (null == next.warning()) {
                LOG.log(System.Logger.Level.INFO, () -> "enough space on the disk of the journal again: " + mib(freeBytes - reserve));
            } else {
                LOG.log(System.Logger.Level.WARNING, next::warning);
            }
        }
    }

    /** Grows whenever something finds no room on its way to the journal. */
    private long waiting() {
        return count(RouterCounter.CHANNEL_FULL) + count(RouterCounter.RING_FULL) + count(RouterCounter.HELD_FULL);
    }

    private long count(final RouterCounter counter) {
        return router.counters().get(counter);
    }

    private static String mib(final long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", Math.max(0, bytes) / MIB);
    }

    /** Looks no more, and waits up to two seconds for the look that has begun. */
    @Override
    public void close() {
        looks.interrupt();
        if (!looks.awaitEnd()) {
            LOG.log(System.Logger.Level.WARNING, "the last look at the disk of the journal has not ended");
        }
    }
}
