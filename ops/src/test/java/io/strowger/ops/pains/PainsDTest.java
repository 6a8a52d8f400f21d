package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.block;
import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.fields;
import static io.strowger.ops.pains.Blocks.hangup;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lost and made again: what a source says behind a reconnect. */
class PainsDTest {
    @TempDir
    private Path folder;

    /**
     * pains.md D10, as far as bytes go: a list that never ends ends nothing and leaves the source stale, while live events go on; the next
     * one that ends brings all into line. When the list is asked for again is the matter of who asks.
     */
    @Test
    void shouldStayStaleWhileListNeverEndsAndLiveEventsGoOn() {
        final String first = created("101", "1.1", "1.1") + created("102", "1.2", "1.2");
        final String second = list("1") + created("103", "1.3", "1.3") + hangup("103", "1.3", "1.3")
            + list("2") + block("Event: CoreShowChannelsComplete", "ActionID: 2", "EventList: Complete", "ListItems: 1")
            + created("104", "1.4", "1.4");
        final Fed fed = Fed.of(folder, "ami", bytes(first), bytes(second));
        final List<Long> cleared = fed.sequencesOf("call.cleared");
        assertEquals(List.of("1.3 normal", "1.2 not-in-snapshot"), fed.all("call.cleared", "nativeId", "cause"));
        assertEquals(List.of("up true"), fed.statusAt(cleared.get(0), "source", "state", "stale"));
        assertEquals(List.of("1.1", "1.2"), fed.statusAt(cleared.get(0), "session", "nativeId").stream().sorted().toList());

        final List<Long> resynchronised = fed.sequencesOf("source.resynchronised");
        assertEquals(1, resynchronised.size());
        assertEquals(List.of("up false"), fed.statusAt(resynchronised.get(0), "source", "state", "stale"));
        assertEquals(List.of("1.1", "1.4"), fed.open().stream().sorted().toList());
    }

    /** A list that shows one leg, and has no end. */
    private static String list(final String actionId) {
        return block("Response: Success", "ActionID: " + actionId, "EventList: start", "Message: Channels will follow")
            + block("Event: CoreShowChannel", "ActionID: " + actionId, fields("", "101", "1.1", "1.1", 4));
    }

    private static byte[] bytes(final String blocks) {
        return blocks.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
