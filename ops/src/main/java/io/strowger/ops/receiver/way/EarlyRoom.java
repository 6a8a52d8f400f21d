package io.strowger.ops.receiver.way;

/** Bytes that requests of all ways may take while they wait for a link. On the receiver's loop. */
public final class EarlyRoom {
    /** Where nothing else is said. */
    public static final long BYTES_DEFAULT = 16L << 20;

    private final long most;
    private long taken;

    /**
     * Nothing is taken.
     *
     * @param most bytes, from 1.
     */
    public EarlyRoom(final long most) {
        this.most = most;
    }

    /** Takes room; false when there is too little. */
    boolean take(final int bytes) {
        if (taken + bytes > most) {
            return false;
        }
        taken += bytes;
        return true;
    }

    void giveBack(final int bytes) {
        taken -= bytes;
    }
}
