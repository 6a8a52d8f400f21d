package io.strowger.router.follower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FollowerSettingsTest {
    private final FollowerSettings defaults = FollowerSettings.defaults();

    @Test
    void shouldRefuseWhatIsOutOfItsRange() {
        assertThrows(IllegalArgumentException.class, () -> defaults.withSnapshotRecords(-1));
        assertThrows(IllegalArgumentException.class, () -> defaults.withStatusCapacity(-1));
        assertThrows(IllegalArgumentException.class, () -> defaults.withTenantShares(0));
        assertEquals(FollowerSettings.NO_SNAPSHOTS, defaults.withSnapshotRecords(0).snapshotRecords());
        assertEquals(0, defaults.withStatusCapacity(0).tenantCapacityBytes());
    }

    @Test
    void shouldGiveATenantItsShareOfTheCapacityInWhateverOrderTheyAreSet() {
        assertEquals(defaults.statusCapacityBytes() / 2, defaults.tenantCapacityBytes());
        assertEquals(250, defaults.withTenantShares(4).withStatusCapacity(1000).tenantCapacityBytes());
        assertEquals(250, defaults.withStatusCapacity(1000).withTenantShares(4).tenantCapacityBytes());
    }
}
