package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be read in two ways is refused. */
@Timeout(60)
class StrictRequestTest {
    @TempDir
    private Path folder;
    private LiveGateway gateway;

    @BeforeEach
    void open() {
        gateway = new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }

    @AfterEach
    void shouldStillServe() {
        assertEquals("ready\n", gateway.get("/health/ready", null).body());
        gateway.close();
    }

    @Test
    void shouldRefuseWhatCanBeReadInTwoWaysAndLogNothingOfIt() {
        final List<String> logged = Collections.synchronizedList(new ArrayList<>());
        final Handler handler = new Kept(logged);
        final Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            final String path = "GET /health/ready HTTP/1.1\n";
            for (final String head : List.of(path + "X: y", path + "Host: a b", path + "Host: [::1", path + "Host: x:99999",
                path + "Host: http://x/", path + "Host: %zz", path + "Host:", path + "Host: a\nHost: a", path + "Host: [1:2]",
                path + "Host: a\nAuthorization: Bearer a\nAuthorization: Bearer b", path + "Host: a\nX: 1\n 2", path + "Host: a\n\t",
                "GET ?a HTTP/1.1\nHost: a", "GET * HTTP/1.1\nHost: a", "GET http://a/health/ready HTTP/1.1\nHost: b")) {
                for (final boolean isInPieces : new boolean[] {false, true}) {
                    try (RawPeer peer = new RawPeer(gateway)) {
                        final String whole = head + "\n\n";
                        for (int i = 0; i < whole.length(); i += isInPieces ? 1 : whole.length()) {
                            peer.send(isInPieces ? whole.substring(i, i + 1) : whole);
                        }
                        final String answer = peer.rest();
                        assertTrue(answer.startsWith("HTTP/1.1 400"), head + ": " + answer);
                    }
                }
            }
        } finally {
            root.removeHandler(handler);
        }
        assertEquals(List.of(), logged);
    }

    @Test
    void shouldAnswerWhoNamesAHostAsOneMayAndWhoNeedsNone() {
        for (final String head : List.of("1.1\nHost: a_b-c.example:7088", "1.1\nHost: [::1]:1", "1.1\nHost: 127.0.0.1", "1.0\nX: y",
            "1.0\nHost: a")) {
            try (RawPeer peer = new RawPeer(gateway)) {
                peer.send("GET /health/ready HTTP/" + head + "\nConnection: close\n\n");
                assertTrue(peer.rest().contains(" 200 OK"), head);
            }
        }
        try (RawPeer peer = new RawPeer(gateway)) {
            peer.send("POST /x HTTP/1.1\nHost: a\nContent-Length: 5\n\na\n b"
                + "GET /health/ready HTTP/1.1\nHost: a\nConnection: close\n\n");
            assertTrue(peer.rest().contains(" 200 OK"), "in a body a line may begin with a space");
        }
    }

    /** Keeps what is logged. */
    private static final class Kept extends Handler {
        private final List<String> lines;

        Kept(final List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(final LogRecord entry) {
            lines.add(entry.getMessage() + entry.getThrown());
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
