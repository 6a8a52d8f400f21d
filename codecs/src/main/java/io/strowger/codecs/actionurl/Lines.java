package io.strowger.codecs.actionurl;

import io.strowger.codecs.SignalLayout;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The last calls of a device, for phones that give calls no id, or not in every request.
 *
 * <p>A call begun without an id is known by the source sequence of the request that began it. A later request belongs to the call with its
 * id; without an id to the youngest call that is not over with its other side; without that to the youngest call that is not over. The
 * first id told of a call begun without one belongs to it. A call that rings and is told of again is that call, unless it began five
 * minutes before: no phone rings that long, so its end was lost.
 *
 * <p>Phones count their calls from the start again, sooner or later: an id that may have been used before makes a call that is known by the
 * id and its request. Of the ids that were used bits are kept, so that some count as used that were not, and none the other way round. An
 * id that begins again is another call when its call is over, is up with another side, or began five minutes before. At most 32 calls are
 * kept: one more takes the place of the oldest that is over, else of the oldest.
 *
 * <p>Depends on the requests alone, so the same requests give the same ids. A call whose end was lost stays where it is until it is pushed
 * out: that it is over is for the router to conclude. One thread; allocates nothing.
 */
final class Lines {
    /** No line. */
    static final int NONE = -1;

    private static final int COUNT = 32;
    private static final int REMOTE_LENGTH = 64;
    private static final int USED_BITS = 4_096;
    private static final long LONG_AGO_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int HASH_SHIFT = 15;

    /** Where a call stands. */
    private enum State { FREE, RINGING, UP, OVER }

    /** One call. */
    private static final class Line {
        private final byte[] callId = new byte[SignalLayout.MAX_NATIVE_ID_LENGTH];
        private final byte[] remote = new byte[REMOTE_LENGTH];
        private int callIdLength;
        private int remoteLength;
        private boolean isNamed;
        private boolean isAgain;
        private long sequence;
        private long beganNs;
        private long age;
        private State state = State.FREE;

        boolean isOpen() {
            return state == State.RINGING || state == State.UP;
        }
    }

    private final Line[] lines = new Line[COUNT];
    private final long[] used = new long[USED_BITS / Long.SIZE];
    private long ages;
    private byte[] bytes;
    private int callIdOffset;
    private int callIdLength;
    private int remoteOffset;
    private int remoteLength;

    Lines() {
        for (int i = 0; i < COUNT; i++) {
            lines[i] = new Line();
        }
    }

    /**
     * Lays out what the next calls are about.
     *
     * @param texts       hold both.
     * @param callIdCount length of the id, at most 160, 0 for none.
     * @param remoteCount length of the other side, 0 when it is not told.
     */
    void ask(final byte[] texts, final int callIdAt, final int callIdCount, final int remoteAt, final int remoteCount) {
        bytes = texts;
        callIdOffset = callIdAt;
        callIdLength = callIdCount;
        remoteOffset = remoteAt;
        remoteLength = Math.min(remoteCount, REMOTE_LENGTH);
    }

    /** Nothing is known of the calls before: each id may have been used. */
    void knowNothing() {
        Arrays.fill(used, -1L);
    }

    /** The id that is asked for stands in a fact as it is. */
    void use() {
        final int bit = usedBit();
        used[bit / Long.SIZE] |= 1L << bit;
    }

    /**
     * A call goes on that began before anything of this was made: the one that is asked for.
     *
     * @param sequence of the request that began it; negative when it is known by its id alone.
     * @param beganNs  when it began.
     * @param isUp     whether it is up, else it rings.
     */
    void goOn(final long sequence, final long beganNs, final boolean isUp) {
        final Line line = lines[take(sequence, beganNs)];
        line.isNamed = callIdLength > 0;
        line.isAgain = line.isNamed && sequence >= 0;
        line.state = isUp ? State.UP : State.RINGING;
    }

    /**
     * The call that begins, which may be one that is known already.
     *
     * @param sequence of the request.
     * @param nowNs    its arrival.
     */
    int begin(final long sequence, final long nowNs) {
        final int named = callIdLength > 0 ? byCallId() : NONE;
        if (named != NONE && isStill(lines[named], nowNs)) {
            return named;
        }
        final int found = ringing(nowNs);
        if (found != NONE) {
            return bound(found);
        }
        final int taken = take(sequence, nowNs);
        final Line line = lines[taken];
        line.isNamed = callIdLength > 0;
        line.isAgain = line.isNamed && (named != NONE || isUsed());
        if (line.isNamed && !line.isAgain) {
            use();
        }
        return taken;
    }

    /** Whether a call whose id begins again is meant: requests that were sent at the same time come in any order. */
    private boolean isStill(final Line line, final long nowNs) {
        final boolean isOther = line.state == State.UP && remoteLength > 0 && line.remoteLength > 0 && !isRemote(line);
        return line.isOpen() && !isOther && nowNs - line.beganNs < LONG_AGO_NS;
    }

    /**
     * The call that is asked for.
     *
     * @param mayBeOver whether a call without an id may be one that is over.
     * @return {@link #NONE} when there is none.
     */
    int find(final boolean mayBeOver) {
        if (callIdLength > 0) {
            final int named = byCallId();
            return named == NONE ? bound(youngest(true, true)) : named;
        }
        final int open = youngest(true, false);
        return open == NONE && mayBeOver ? youngest(false, false) : open;
    }

    /** As {@link #find}, whoever is on the other side. */
    int findOfAny(final boolean mayBeOver) {
        final int told = remoteLength;
        remoteLength = 0;
        final int found = find(mayBeOver);
        remoteLength = told;
        return found;
    }

    /** The call is up, unless it is over. */
    void up(final int line) {
        if (lines[line].isOpen()) {
            lines[line].state = State.UP;
        }
    }

    void over(final int line) {
        lines[line].state = State.OVER;
    }

    /** Whether the call is known by the phone's own id. */
    boolean isNamed(final int line) {
        return lines[line].isNamed;
    }

    /** Whether the phone's own id may have been another call's. */
    boolean isAgain(final int line) {
        return lines[line].isAgain;
    }

    /** The phone's own id of a call. */
    byte[] callId(final int line) {
        return lines[line].callId;
    }

    /** Length of the phone's own id. */
    int callIdLength(final int line) {
        return lines[line].callIdLength;
    }

    /** Source sequence of the request that began a call. */
    long sequence(final int line) {
        return lines[line].sequence;
    }

    private boolean isUsed() {
        final int bit = usedBit();
        return (used[bit / Long.SIZE] & (1L << bit)) != 0;
    }

    private int usedBit() {
        int hash = 1;
        for (int i = 0; i < callIdLength; i++) {
            hash = 31 * hash + bytes[callIdOffset + i];
        }
        return (hash ^ (hash >>> HASH_SHIFT)) & (USED_BITS - 1);
    }

    private int byCallId() {
        int found = NONE;
        for (int i = 0; i < COUNT; i++) {
            final Line line = lines[i];
            if (line.state != State.FREE && line.callIdLength == callIdLength && isSame(line.callId, callIdOffset, callIdLength)
                && (found == NONE || line.age > lines[found].age)) {
                found = i;
            }
        }
        return found;
    }

    /** A call with the same other side that rings; one with another id is another. */
    private int ringing(final long nowNs) {
        for (int i = 0; i < COUNT; i++) {
            final Line line = lines[i];
            if (line.state == State.RINGING && isRemote(line) && (callIdLength == 0 || line.callIdLength == 0)
                && nowNs - line.beganNs < LONG_AGO_NS) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * The youngest call with the other side that is asked for, or with any if none is.
     *
     * @param isOpen      whether it must not be over; else it must.
     * @param isWithoutId whether it must have no id.
     */
    private int youngest(final boolean isOpen, final boolean isWithoutId) {
        int found = NONE;
        for (int i = 0; i < COUNT; i++) {
            final Line line = lines[i];
            if (line.state != State.FREE && line.isOpen() == isOpen && (remoteLength == 0 || isRemote(line))
                && !(isWithoutId && line.callIdLength > 0) && (found == NONE || line.age > lines[found].age)) {
                found = i;
            }
        }
        return found;
    }

    private int bound(final int found) {
        if (found != NONE && callIdLength > 0 && lines[found].callIdLength == 0) {
            keepCallId(lines[found]);
        }
        return found;
    }

    private int take(final long sequence, final long nowNs) {
        int oldest = 0;
        for (int i = 1; i < COUNT; i++) {
            if (rank(lines[i]) < rank(lines[oldest])) {
                oldest = i;
            }
        }
        final Line line = lines[oldest];
        keepCallId(line);
        System.arraycopy(bytes, remoteOffset, line.remote, 0, remoteLength);
        line.remoteLength = remoteLength;
        line.sequence = sequence;
        line.beganNs = nowNs;
        line.age = ++ages;
        line.state = State.RINGING;
        return oldest;
    }

    /** The least is given up first. */
    private static long rank(final Line line) {
        return line.isOpen() ? line.age : line.state == State.FREE ? Long.MIN_VALUE : line.age + Long.MIN_VALUE;
    }

    private void keepCallId(final Line line) {
        System.arraycopy(bytes, callIdOffset, line.callId, 0, callIdLength);
        line.callIdLength = callIdLength;
    }

    private boolean isRemote(final Line line) {
        return line.remoteLength == remoteLength && isSame(line.remote, remoteOffset, remoteLength);
    }

    private boolean isSame(final byte[] kept, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (kept[i] != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
