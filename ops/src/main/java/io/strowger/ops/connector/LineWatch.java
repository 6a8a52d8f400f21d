package io.strowger.ops.connector;

import io.strowger.ops.connector.talk.Talk;
import java.util.concurrent.TimeUnit;

/**
 * What the clock says of one connection: is the login late, is the other side there, are its lists late?
 *
 * <pre>
 *   opened ── login ──► ready ── lists ──► listed        each for so long and no longer
 *      heard ── silence ──► heartbeat ── answer          again and again behind ready
 * </pre>
 *
 * <p>On the connector's thread.
 */
final class LineWatch {
    private final ConnectorTimings timings;
    private boolean isListing;
    private boolean isPinged;
    private long openedNs;
    private long readyNs;
    private long listingNs;
    private long heardNs;
    private long pingedNs;

    LineWatch(final ConnectorTimings timings) {
        this.timings = timings;
    }

    /** A connection has come. */
    void opened(final long nowNs) {
        isListing = false;
        isPinged = false;
        openedNs = nowNs;
        heardNs = nowNs;
    }

    /** It is logged in. */
    void ready(final long nowNs) {
        readyNs = nowNs;
    }

    /** The lists have been asked for. */
    void listing(final long nowNs) {
        isListing = true;
        listingNs = nowNs;
    }

    /** All lists have been answered. */
    void listed() {
        isListing = false;
    }

    /** Something has come. */
    void heard(final long nowNs) {
        isPinged = false;
        heardNs = nowNs;
    }

    /** Whether it has been logged in for longer than a heartbeat. */
    boolean wasLong(final long nowNs) {
        return isOver(readyNs, timings.heartbeatMs(), nowNs);
    }

    /** Why a connection that is not logged in is of no use any more; null while it is. */
    String loginFault(final long nowNs) {
        return isOver(openedNs, timings.loginMs(), nowNs)
            ? "no login within " + timings.loginMs() + " ms: the other side says nothing that leads to one" : null;
    }

    /**
     * Looks at the clock behind the login; asks whether the other side is there when that is due.
     *
     * @return why the connection is of no use any more; null while it is.
     */
    String fault(final Talk talk, final long nowNs) {
        if (isPinged) {
            if (isOver(pingedNs, timings.heartbeatTimeoutMs(), nowNs)) {
                return "no answer to a heartbeat within " + timings.heartbeatTimeoutMs() + " ms";
            }
        } else if (isOver(heardNs, timings.heartbeatMs(), nowNs) && talk.ping()) {
            isPinged = true;
            pingedNs = nowNs;
        }
        if (talk.longestQuietMs() < Long.MAX_VALUE && isOver(heardNs, talk.longestQuietMs(), nowNs)) {
            return "nothing came for " + talk.longestQuietMs() + " ms";
        }
        // its events go on, but what it has is not known: only another connection asks for all of it again
        return isListing && isOver(listingNs, timings.listMs(), nowNs) ? "its lists have no end within " + timings.listMs() + " ms" : null;
    }

    /** What is still missing long behind the login, null for nothing. */
    String missing(final Talk talk, final long nowNs) {
        return isOver(readyNs, timings.loginMs(), nowNs) ? talk.awaited() : null;
    }

    private static boolean isOver(final long sinceNs, final long ms, final long nowNs) {
        return nowNs - sinceNs > TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
