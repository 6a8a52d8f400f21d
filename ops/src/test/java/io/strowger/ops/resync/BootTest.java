package io.strowger.ops.resync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootTest {
    /**
     * A client logs in while the PBX boots. It says which devices its database has kept before it says that it has booted, and not again:
     * no user is in by that, all are by the lists that are asked for then.
     */
    @Test
    void shouldShowTheUsersOfDevicesToldDuringTheBootBehindTheListsAskedForOnceItIsOver(@TempDir final Path folder) {
        final FoldedStream stream = new FoldedStream();
        final Truth truth = new Truth();
        int asked = 0;
        for (final UnsafeBuffer fact : CapturedFacts.of(folder, List.of(new Capture("20d-login-during-boot")))) {
            stream.feed(fact);
            truth.learn(fact);
            if (truth.isAsked()) {
                asked++;
                assertEquals("", stream.visible());
                truth.lists(stream, stream.lastTimeNs()).forEach(stream::feed);
            }
        }
        assertEquals(1, asked);
        assertEquals("user 102 in\nuser 103 in\nuser 201 in", stream.visible());
    }
}
