package io.strowger.ops.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who gives way to whom. */
class ConnectionRoomTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 5_000;
    private static final int MOST = 8;
    private static final int MOST_OF_ADDRESS = 4;

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
        final ConnectionRoom room = new ConnectionRoom(4, 2);
        take(room, "quiet", "other");
        for (int i = 0; i < 5; i++) {
            take(room, "loud", "loud " + i);
        }
        assertEquals(List.of("loud 0", "loud 1", "loud 2"), gone);
        assertEquals(3, room.taken());
        take(room, "late", "late");
        assertEquals(4, room.taken());
        for (int i = 5; i < 10; i++) {
            take(room, "loud", "loud " + i);
        }
        assertEquals(4, room.taken(), "all room is taken");
        assertEquals(List.of("loud 0", "loud 1", "loud 2", "loud 3", "loud 4", "loud 5", "loud 6", "loud 7"), gone,
            "of a full room, too, each of that address is in place of one of its own");
        take(room, "new", "new").opened();
        assertEquals("other", gone.get(gone.size() - 1), "who has waited the longest gives way to who has none");
    }

    @Test
    void shouldKeepCountWhateverThreadsTakeAndGiveBack() throws Exception {
        final ConnectionRoom room = new ConnectionRoom(MOST, MOST_OF_ADDRESS);
        final AtomicInteger givenWay = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger tooMany = new AtomicInteger();
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final CountDownLatch begin = new CountDownLatch(1);
            final List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                final String address = "a" + thread % 3;
                ends.add(threads.submit(() -> {
                    begin.await();
                    for (int i = 0; i < ROUNDS; i++) {
                        final AtomicInteger ways = new AtomicInteger();
                        final ConnectionRoom.Place place = room.take(address, () -> {
                            givenWay.incrementAndGet();
                            tooMany.addAndGet(ways.getAndIncrement());
                        });
                        if (null == place) {
                            refused.incrementAndGet();
                            continue;
                        }
                        place.opened();
                        tooMany.addAndGet(room.taken() > MOST ? 1 : 0);
                        place.waits();
                        if (0 != i % 4) {
                            place.giveBack();
                            place.giveBack();
                        }
                    }
                    return null;
                }));
            }
            begin.countDown();
            for (final Future<?> end : ends) {
                assertNull(end.get(20, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, tooMany.get(), "never more than there is room for, and none gives way twice");
        assertTrue(room.taken() > 0 && room.taken() <= MOST, room.taken() + " are left");
        assertTrue(givenWay.get() >= THREADS * ROUNDS / 4 - MOST - refused.get(), givenWay + " have given way");
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
