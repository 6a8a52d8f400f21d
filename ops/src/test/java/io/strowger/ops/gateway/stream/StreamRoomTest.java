package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.gateway.web.Problem;
import org.junit.jupiter.api.Test;

/** What streams may take, all together. */
class StreamRoomTest {
    private static final int FEWEST_LATEST = 16;

    @Test
    void shouldHaveRoomForNoMoreThanItsBoundAndForAsManyAsAreGivenBack() {
        final StreamRoom room = new StreamRoom(2, 1 << 30);
        room.take(StreamPolicy.EVERY);
        room.take(StreamPolicy.LATEST);
        assertTrue(assertThrows(Problem.class, () -> room.take(StreamPolicy.EVERY)).getMessage().contains("memory for 2 streams"));
        room.giveBack(StreamPolicy.LATEST);
        room.take(StreamPolicy.STRICT);
    }

    @Test
    void shouldHaveRoomForFewerOfTheLatestWhoseEventsWaitHere() {
        final StreamRoom room = new StreamRoom(1_000, 1 << 20);
        for (int i = 0; i < FEWEST_LATEST; i++) {
            room.take(StreamPolicy.LATEST);
        }
        assertTrue(assertThrows(Problem.class, () -> room.take(StreamPolicy.LATEST)).getMessage().contains("streams of the latest"));
        room.take(StreamPolicy.EVERY);
        room.giveBack(StreamPolicy.LATEST);
        room.take(StreamPolicy.LATEST);
    }
}
