package io.strowger.router.follower;

import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * Writes a snapshot of a follower whenever it has folded so many records more. One that can't be written is tried again a while later, from
 * a second on and within ten minutes.
 *
 * <p>One thread.
 */
final class PeriodicSnapshots {
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long UNKNOWN = -1;

    private final long interval;
    private final RouterCounters counters;
    private final Outage outage;
    private long next = UNKNOWN;

    /**
     * None is written yet.
     *
     * @param interval     in records; {@link FollowerSettings#NO_SNAPSHOTS}: none is written.
     * @param errorHandler told of the first in a row that can't be written.
     * @param clock        of the waits between the tries.
     */
    PeriodicSnapshots(final long interval, final RouterCounters counters, final ErrorHandler errorHandler, final NanoClock clock) {
        this.interval = interval;
        this.counters = counters;
        this.outage = new Outage(clock, FIRST_WAIT_NS, LONGEST_WAIT_NS, errorHandler, counters, RouterCounter.SNAPSHOT_FAULTS);
    }

    /** Writes one if it is time. Returns how much it found to do. */
    int write(final Follower follower) {
        if (FollowerSettings.NO_SNAPSHOTS == interval) {
            return 0;
        }
        if (UNKNOWN == next) {
            next = follower.startedAt() + interval;
        }
        if (follower.position() < next || !outage.isTimeToTry()) {
            return 0;
        }
        try {
            follower.writeSnapshot();
            onWritten(follower);
        } catch (final RuntimeException | Error fault) {
            outage.onFault(fault);
            if (fault instanceof SnapshotException told && told.isWritten()) {
                onWritten(follower);
            }
        }
        return 1;
    }

    private void onWritten(final Follower follower) {
        next = follower.position() + interval;
        counters.increment(RouterCounter.SNAPSHOTS);
        outage.end();
    }
}
