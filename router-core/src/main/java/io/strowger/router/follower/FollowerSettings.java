package io.strowger.router.follower;

/**
 * How a router's follower works.
 *
 * @param statusCapacityBytes most bytes of status that may wait for those who asked, all together, from 0; a status that does not fit is
 *                            refused. A session takes about 200 bytes.
 * @param tenantShares        into how many equal shares that is divided, from 1: a tenant's statuses may take one of them, whatever others
 *                            take. So many tenants together can take everything. Who asks for every tenant may take all that is left.
 * @param snapshotRecords     a snapshot is written whenever the journal has so many records more than the newest one holds, from 1; needs a
 *                            snapshot store. {@link #NO_SNAPSHOTS}: none is.
 */
public record FollowerSettings(long statusCapacityBytes, int tenantShares, long snapshotRecords) {
    /** No snapshots are written. */
    public static final long NO_SNAPSHOTS = 0;

    private static final long STATUS_CAPACITY_DEFAULT = 512L << 20;
    private static final int TENANT_SHARES_DEFAULT = 2;

    /**
     * Settings.
     *
     * @throws IllegalArgumentException when one is out of its range.
     */
    public FollowerSettings {
        check("status capacity", statusCapacityBytes, 0);
        check("tenant shares", tenantShares, 1);
        check("snapshot records", snapshotRecords, NO_SNAPSHOTS);
    }

    /** With room for some million sessions, half of it for a tenant, without snapshots. */
    public static FollowerSettings defaults() {
        return new FollowerSettings(STATUS_CAPACITY_DEFAULT, TENANT_SHARES_DEFAULT, NO_SNAPSHOTS);
    }

    /** With another interval of snapshots. */
    public FollowerSettings withSnapshotRecords(final long records) {
        return new FollowerSettings(statusCapacityBytes, tenantShares, records);
    }

    /** With another capacity. */
    public FollowerSettings withStatusCapacity(final long bytes) {
        return new FollowerSettings(bytes, tenantShares, snapshotRecords);
    }

    /** With another number of shares: 1 for a router with a single tenant. */
    public FollowerSettings withTenantShares(final int shares) {
        return new FollowerSettings(statusCapacityBytes, shares, snapshotRecords);
    }

    /** Most bytes of status that may wait for one tenant. */
    public long tenantCapacityBytes() {
        return statusCapacityBytes / tenantShares;
    }

    private static void check(final String what, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " below " + least + ": " + value);
        }
    }
}
