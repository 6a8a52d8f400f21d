package io.strowger.router.dispatch;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of status may wait for those who asked, all together, and what a tenant may have of it: no more than it leaves free.
 *
 * <pre>
 *   one tenant asks for all it can     ├──────── a ────────┤                   │   half
 *   then another                       ├──────── a ────────┼─── b ───┤         │   half of the rest
 * </pre>
 *
 * <p>So however much one of them leaves unread, there is room for another. The operator, who asks for every tenant, may have all that is
 * left. Any thread.
 */
public final class StatusRoom {
    private final long capacity;
    private final boolean isShared;
    private final Map<Integer, Long> tenants = new HashMap<>();
    private long taken;

    /**
     * Nothing waits yet.
     *
     * @param capacity in bytes.
     */
    public StatusRoom(final long capacity) {
        this(capacity, true);
    }

    private StatusRoom(final long capacity, final boolean isShared) {
        this.capacity = capacity;
        this.isShared = isShared;
    }

    /**
     * Room for one status and no other.
     *
     * @param capacity in bytes.
     */
    public static StatusRoom forOne(final long capacity) {
        return new StatusRoom(capacity, false);
    }

    /** Returns false, and takes nothing, when that much is not left, or the tenant would have more than it leaves. */
    synchronized boolean take(final int tenant, final int bytes) {
        final long own = tenants.getOrDefault(tenant, 0L) + bytes;
        final long left = capacity - taken - bytes;
        if (left < 0 || (isShared && Filter.EVERY_TENANT != tenant && own > left)) {
            return false;
        }
        taken += bytes;
        tenants.put(tenant, own);
        return true;
    }

    synchronized void giveBack(final int tenant, final long bytes) {
        taken -= bytes;
        if (0 == tenants.merge(tenant, -bytes, Long::sum)) {
            tenants.remove(tenant);
        }
    }

    /** What is said to who finds none. */
    String refusal() {
        return "there is no room for the status: all together may take " + capacity + " bytes"
            + (isShared ? ", and a tenant no more than it leaves free" : "") + "; ask for less, or raise the status capacity";
    }

    /** How many bytes wait now. */
    public synchronized long taken() {
        return taken;
    }
}
