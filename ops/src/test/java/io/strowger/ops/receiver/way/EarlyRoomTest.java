package io.strowger.ops.receiver.way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who takes all that he can get leaves room for others. */
class EarlyRoomTest {
    private static final int MOST = 1_200;

    @Test
    void shouldTakeAllWhereNothingIsShared() {
        final EarlyRoom room = new EarlyRoom(MOST);
        assertTrue(room.take(MOST));
        assertFalse(room.take(1));
        room.giveBack(1);
        assertTrue(room.take(1));
    }

    @Test
    void shouldLeaveRoomToOthersWhenOneTakesAllThatHeCanGet() {
        final EarlyRoom tenant = new EarlyRoom(MOST).share();
        final EarlyRoom source = tenant.share();
        assertEquals(MOST / 3, fill(source));
        assertEquals(MOST / 9, fill(tenant.share()), "another source of the tenant");
        assertFalse(source.take(1));
    }

    @Test
    void shouldLeaveRoomToTheNextWhenManyTenantsTakeAllThatTheyCanGet() {
        final EarlyRoom room = new EarlyRoom(MOST * MOST);
        int before = MOST * MOST;
        for (int tenant = 0; tenant < 8; tenant++) {
            final int taken = fill(room.share());
            assertTrue(taken > 0 && taken < before, taken + " of tenant " + tenant);
            before = taken;
        }
    }

    @Test
    void shouldGiveBackToAllOfThatItIsAShare() {
        final EarlyRoom room = new EarlyRoom(MOST);
        final List<EarlyRoom> sources = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sources.add(room.share().share());
        }
        for (final EarlyRoom source : sources) {
            final int taken = fill(source);
            assertTrue(taken > 0);
            source.giveBack(taken);
        }
        assertTrue(room.take(MOST), "nothing is taken any more");
    }

    private static int fill(final EarlyRoom room) {
        int taken = 0;
        while (room.take(1)) {
            taken++;
        }
        return taken;
    }
}
