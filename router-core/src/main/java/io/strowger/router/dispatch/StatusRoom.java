package io.strowger.router.dispatch;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many bytes of status may wait for those who asked, all together, and how many a tenant may have of it, whatever the others have.
 *
 * <pre>
 *   |──────────────────────── capacity ────────────────────────|
 *   ├── a ──┤                                                      a tenant's most: one of the shares
 *           ├ b ┤
 *               ├──────────── the operator ───────────────┤        who asks for every tenant: all that is left
 * </pre>
 *
 * <p>So what a tenant may have tells it nothing of another, until all of them together have everything. A status that its asker has lost
 * without a word gives its room back when the collector finds it. Any thread.
 */
public final class StatusRoom {
    private final long capacity;
    private final long tenantCapacity;
    private final Map<Integer, Long> tenants = new HashMap<>();
    /** Those that have something: a reference that is not reached itself is never told. */
    private final Set<Share> shares = new HashSet<>();
    private final ReferenceQueue<StatusReport> lost = new ReferenceQueue<>();
    private long taken;

    /**
     * Nothing waits yet.
     *
     * @param capacity       in bytes.
     * @param tenantCapacity most of it for one tenant, in bytes.
     */
    public StatusRoom(final long capacity, final long tenantCapacity) {
        this.capacity = capacity;
        this.tenantCapacity = tenantCapacity;
    }

    /**
     * Room for one status and no other.
     *
     * @param capacity in bytes.
     */
    public static StatusRoom forOne(final long capacity) {
        return new StatusRoom(capacity, capacity);
    }

    /** What a status has of it: nothing yet. */
    Share share(final StatusReport report) {
        return new Share(report, lost);
    }

    /** What is said to who finds none: the same whatever others have. */
    String refusal() {
        return "there is no room for the status: all together may take " + capacity + " bytes"
            + (tenantCapacity < capacity ? ", and a tenant no more than " + tenantCapacity : "")
            + "; ask for less, or raise the status capacity";
    }

    /** How many bytes wait now. */
    public synchronized long taken() {
        collectLost();
        return taken;
    }

    private void collectLost() {
        for (Reference<? extends StatusReport> next = lost.poll(); null != next; next = lost.poll()) {
            final Share share = (Share)next;
            share.giveBack(share.bytes);
        }
    }

    /** What one status has. */
    final class Share extends PhantomReference<StatusReport> {
        private final int tenant;
        private long bytes;

        private Share(final StatusReport report, final ReferenceQueue<StatusReport> queue) {
            super(report, queue);
            this.tenant = report.tenant();
        }

        /** Returns false, and takes nothing, when that much is not left, or the tenant would have more than it may. */
        boolean take(final int length) {
            synchronized (StatusRoom.this) {
                collectLost();
                final long own = tenants.getOrDefault(tenant, 0L) + length;
                if (length > capacity - taken || (Filter.EVERY_TENANT != tenant && own > tenantCapacity)) {
                    return false;
                }
                taken += length;
                tenants.put(tenant, own);
                bytes += length;
                shares.add(this);
                return true;
            }
        }

        void giveBack(final long length) {
            synchronized (StatusRoom.this) {
                taken -= length;
                if (0 == tenants.merge(tenant, -length, Long::sum)) {
                    tenants.remove(tenant);
                }
                bytes -= length;
                if (0 == bytes) {
                    shares.remove(this);
                }
            }
        }
    }
}
