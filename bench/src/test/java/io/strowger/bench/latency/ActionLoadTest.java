package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ActionLoadTest {
    private static final int SESSIONS = 50;
    private static final int SIGNALS = 400;

    @TempDir
    private Path folder;

    @Test
    void shouldBeBehindWhileWhatIsDueWasNotAskedForAndNoLongerOnceItWas() {
        try (RouterTarget target = open(LatencyCase.ACTIONS)) {
            final TrafficFeed feed = feed(target);
            assertFalse(target.isBehind());
            send(feed);
            assertTrue(target.isBehind());
            target.settle();
            assertFalse(target.isBehind());
        }
    }

    @Test
    void shouldNotBeBehindWithoutActions() {
        try (RouterTarget target = open(LatencyCase.DISK)) {
            send(feed(target));
            assertFalse(target.isBehind());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayInTheResultsHowTheSourceAnswers(final boolean saysSent) {
        assertTrue(ActionLoad.settings(saysSent).contains(saysSent ? "answers sent and done;" : "answers done;"));
    }

    private RouterTarget open(final LatencyCase asked) {
        return new RouterTarget(asked, folder, SESSIONS, new Arrivals(System::nanoTime));
    }

    private static TrafficFeed feed(final RouterTarget target) {
        final TrafficFeed feed = TrafficFeed.of(LatencyCase.Input.FROM_SIGNAL, SESSIONS, target);
        feed.preload(System.nanoTime(), target::receive);
        target.settle();
        return feed;
    }

    /** Nobody looks at what has come meanwhile, and so nothing is asked for. */
    private static void send(final TrafficFeed feed) {
        for (int i = 0; i < SIGNALS; i++) {
            feed.prepare();
            assertTrue(feed.offer(System.nanoTime()));
        }
    }
}
