package io.strowger.ops.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gives way to whom. */
class ConnectionRoomTest {
    private final List<String> gone = new ArrayList<>();

    @Test
    void shouldHaveTheOldestThatWaitsGiveWay() {
        final ConnectionRoom room = new ConnectionRoom(3, 3);
        take(room, "a", "first").opened();
        final ConnectionRoom.Place second = take(room, "b", "second");
        take(room, "c", "third");
        take(room, "d", "fourth").opened();
        assertEquals(List.of("second"), gone);
        second.giveBack();
        second.waits();
        assertEquals(3, room.taken(), "what has given way has nothing to give back");
        take(room, "e", "fifth").opened();
        assertEquals(List.of("second", "third"), gone);
        assertNull(room.take("f", () -> gone.add("sixth")), "all are of use");
    }

    @Test
    void shouldHaveAnAddressKeepNobodyElseOut() {
        final ConnectionRoom room = new ConnectionRoom(100, 2);
        take(room, "quiet", "other");
        for (int i = 0; i < 5; i++) {
            take(room, "loud", "loud " + i);
        }
        assertEquals(List.of("loud 0", "loud 1", "loud 2"), gone);
        assertEquals(3, room.taken());
    }

    @Test
    void shouldGiveWayAgainWhenItIsIdleAgain() {
        final ConnectionRoom room = new ConnectionRoom(2, 2);
        final ConnectionRoom.Place first = take(room, "a", "first");
        first.opened();
        take(room, "a", "second").opened();
        assertNull(room.take("a", () -> gone.add("third")));
        first.waits();
        first.waits();
        take(room, "a", "third").opened();
        assertEquals(List.of("first"), gone);
        first.giveBack();
        assertEquals(2, room.taken());
    }

    private ConnectionRoom.Place take(final ConnectionRoom room, final String address, final String name) {
        final ConnectionRoom.Place place = room.take(address, () -> gone.add(name));
        assertNotNull(place, name);
        return place;
    }
}
