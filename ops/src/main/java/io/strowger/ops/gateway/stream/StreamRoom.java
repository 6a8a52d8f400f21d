package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;

/**
 * Room for the streams of all applications together, over whatever gateway they come. Any thread.
 */
public final class StreamRoom {
    /** Things that may wait in one stream of the latest. */
    static final int LATEST_CAPACITY = 500;

    /** A thing that waits: its record, mostly far less. */
    private static final int LATEST_BYTES = 1024;
    /** This part of the heap may be taken by what waits in streams of the latest. */
    private static final int HEAP_PART = 8;
    private static final int FEWEST_LATEST = 16;

    private final int most;
    private final int mostLatest;
    private int taken;
    private int takenLatest;
    private long begun;

    /**
     * Room that nobody has taken.
     *
     * @param most      streams.
     * @param heapBytes of the process.
     */
    public StreamRoom(final int most, final long heapBytes) {
        this.most = most;
        this.mostLatest = (int)Math.min(Integer.MAX_VALUE, Math.max(FEWEST_LATEST, heapBytes / HEAP_PART / LATEST_CAPACITY / LATEST_BYTES));
    }

    /**
     * Takes room for one more.
     *
     * @throws Problem when there is none.
     */
    synchronized void take(final StreamPolicy policy) {
        if (taken >= most) {
            throw Problem.unavailable("this server has memory for " + most + " streams at a time, and as many are open");
        }
        if (StreamPolicy.LATEST == policy) {
            if (takenLatest >= mostLatest) {
                throw Problem.unavailable("this server has memory for " + mostLatest + " streams of the latest, and as many are open");
            }
            takenLatest++;
        }
        taken++;
    }

    /** The next number that a stream is told from others by, over whatever gateway they come. */
    synchronized long number() {
        return ++begun;
    }

    synchronized void giveBack(final StreamPolicy policy) {
        taken--;
        takenLatest -= StreamPolicy.LATEST == policy ? 1 : 0;
    }
}
