package io.strowger.ops.receiver.way;

/**
 * Bytes that requests may take while they wait for a link: of all tenants, of one tenant as a share of that, and of one source as a share
 * of the tenant's. A share may have as much as it leaves free to others: who takes all that he can get leaves room for who comes next. Of
 * one tenant these are at most a half of all, of one source a third. On the receiver's loop.
 */
public final class EarlyRoom {
    /** Where nothing else is said. */
    public static final long BYTES_DEFAULT = 16L << 20;

    private final EarlyRoom whole;
    private final long most;
    private long taken;

    /**
     * Nothing is taken.
     *
     * @param most bytes, from 1.
     */
    public EarlyRoom(final long most) {
        this(null, most);
    }

    private EarlyRoom(final EarlyRoom whole, final long most) {
        this.whole = whole;
        this.most = most;
    }

    /** A share of it, of which nothing is taken. */
    public EarlyRoom share() {
        return new EarlyRoom(this, most);
    }

    /** Takes room; false when there is too little. */
    boolean take(final int bytes) {
        if (leftBehind(bytes) < 0) {
            return false;
        }
        add(bytes);
        return true;
    }

    void giveBack(final int bytes) {
        add(-bytes);
    }

    /** By how many bytes what is free of the whole is more than what this share has, when it has so many more. */
    private long leftBehind(final int bytes) {
        return (null == whole ? most : whole.leftBehind(bytes)) - taken - bytes;
    }

    private void add(final int bytes) {
        taken += bytes;
        if (null != whole) {
            whole.add(bytes);
        }
    }
}
