package io.strowger.bench.server;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param exactness   whether anything was lost, or came twice, or out of order.
 * @param window      how much went through while it was looked at.
 * @param delaysNs    of the deliveries of that time, in nanoseconds.
 * @param isLate      whether the PBXs could not keep their pace.
 * @param residentMiB resident memory without mapped files, the mean of each third.
 * @param heapMiB     the least heap behind a collection in each third.
 * @param collected   heap behind full collections.
 */
record ServerOutcome(Exactness exactness, Window window, Histogram delaysNs, boolean isLate, Thirds residentMiB, Thirds heapMiB,
                     Collected collected) {
    /**
     * Subscribers held against the journal and the status.
     *
     * @param exact        subscribers that got every event of their own once and in order.
     * @param faults       what the first of the others say.
     * @param sameOpen     subscribers that see all, and have the same sessions open as the status.
     * @param openSessions as the status has them, of all tenants.
     */
    record Exactness(int exact, List<String> faults, int sameOpen, int openSessions) {
    }

    /**
     * A time of steady load.
     *
     * @param seconds    how long.
     * @param events     a second.
     * @param deliveries a second.
     * @param serverCpu  processors that the server has kept busy.
     * @param clientCpu  processors that PBXs and subscribers have kept busy.
     */
    record Window(double seconds, double events, double deliveries, double serverCpu, double clientCpu) {
    }

    /**
     * Heap behind a full collection, 0 where none could be asked for.
     *
     * @param beforeMiB before the first event.
     * @param behindMiB behind the last.
     */
    record Collected(int beforeMiB, int behindMiB) {
    }

    /** Whether everything that is checked beside the speed holds, but for the memory. */
    boolean isExact(final ServerSettings settings) {
        return settings.clients() == exactness.exact() && Math.min(ServerSettings.SEE_ALL, settings.clients()) == exactness.sameOpen()
            && !isLate;
    }

    /** Whether memory has grown by no more than a tenth from the second third of the time to the last. */
    boolean isFlat() {
        return residentMiB.isFlat() && heapMiB.isFlat();
    }
}
