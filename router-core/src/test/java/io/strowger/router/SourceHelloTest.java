package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.source.SourceConnection;
import io.strowger.router.source.SourceGrant;
import io.strowger.router.status.ReturnCode;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/** A hello that can't be answered now is brought again, and leaves nothing behind. */
class SourceHelloTest {
    private static final int TENANT = 1;
    private static final String NAME = "gateway";

    private boolean isRefused = true;
    private int asked;

    @Test
    void shouldWatchItsSourceNoLongerWhenTheHelloWasBroughtTwice() {
        try (Router router = launch();
            Channel other = router.openChannel()) {
            final SourceConnection connection = router.openSource(SourceGrant.of(NAME, TENANT), (buffer, offset, length) -> true);
            assertThrows(IllegalStateException.class, () -> hello(connection));
            isRefused = false;
            hello(connection);
            asked = 0;
            Routers.settle(router);
            assertTrue(asked > 0, "the core shows how far the journal has its source");
            connection.end("gone", 0);
            while (!connection.isClosed()) {
                connection.poll();
                router.poll();
            }
            Routers.settle(router);
            asked = 0;
            Routers.offer(other, new EventSignal());
            Routers.settle(router);
            assertEquals(0, asked, "looks at a source that nobody asks for");
        }
    }

    @Test
    void shouldCountAHelloThatWasBroughtTwiceOnce() {
        try (Router router = launch()) {
            final SourceConnection connection = router.openSource(SourceGrant.of(NAME, TENANT), (buffer, offset, length) -> true);
            assertThrows(IllegalStateException.class, () -> hello(connection));
            isRefused = false;
            hello(connection);
            final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
            final EventSignal signal = new EventSignal();
            for (int i = 0; i < SourceGrant.WINDOW_DEFAULT; i++) {
                assertNotEquals(ReturnCode.CLOSED, connection.onSignal(buffer, 0, signal.encode(buffer)), "signal " + i + " of its credit");
            }
            assertEquals(ReturnCode.CLOSED, connection.onSignal(buffer, 0, signal.encode(buffer)), "beyond its credit");
        }
    }

    private Router launch() {
        return Router.launch(Routers.invoker(new MemoryJournal())
            .foldFactory((out, seed) -> Routers.watched(new EchoFold(out), this::onCall)));
    }

    private static void hello(final SourceConnection connection) {
        new ConnectionFacts(1, TENANT, NAME, "sbe").connected(0, 0, true,
            (buffer, offset, length) -> connection.onSignal(buffer, offset, length) > 0);
    }

    /** The fold refuses to say how far a source is, and then it is counted how often it is asked. */
    private void onCall(final String method) {
        if ("lastSourceSequence".equals(method)) {
            asked++;
            if (isRefused) {
                throw new IllegalStateException("not now");
            }
        }
    }
}
