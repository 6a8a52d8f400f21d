package io.strowger.router.follower;

/**
 * How a router's follower works.
 *
 * @param statusCapacityBytes most bytes of status that may wait for those who asked, all together; a tenant's may take no more than they
 *                            leave free, so half of it when nobody else asks; a status that does not fit is refused.
 *                            A session takes about 200 bytes.
 * @param snapshotRecords     a snapshot is written whenever the journal has so many records more than the newest one holds; needs a
 *                            snapshot store. {@link #NO_SNAPSHOTS}: none is.
 */
public record FollowerSettings(long statusCapacityBytes, long snapshotRecords) {
    /** No snapshots are written. */
    public static final long NO_SNAPSHOTS = 0;

    private static final long STATUS_CAPACITY_DEFAULT = 512L << 20;

    /** With room for some million sessions, without snapshots. */
    public static FollowerSettings defaults() {
        return new FollowerSettings(STATUS_CAPACITY_DEFAULT, NO_SNAPSHOTS);
    }

    /** With another interval of snapshots. */
    public FollowerSettings withSnapshotRecords(final long records) {
        return new FollowerSettings(statusCapacityBytes, records);
    }

    /** With another capacity. */
    public FollowerSettings withStatusCapacity(final long bytes) {
        return new FollowerSettings(bytes, snapshotRecords);
    }
}
