package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The thread of the catch-up pass has nothing to look for while nobody is behind: it takes no time from the core's. Here its rest has no
 * end of its own, so that a wake that fails is seen.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RouterRestTest {
    private static final String CORE = "strowger";
    private static final String CATCH_UP = "strowger-catch-up";
    private static final int COUNT = 10;

    /** The longest sleep that each thread has asked for. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    @Test
    void shouldRestWhileNobodyIsBehindAndEndWhenTheRouterIsClosed() {
        final Router router = launch();
        awaitRest();
        router.close();
        assertEquals(Map.of(CORE, RouterConfiguration.IDLE_MAX_PARK_NS, CATCH_UP, RouterConfiguration.REST_MAX_PARK_NS), asked);
    }

    @Test
    void shouldBringBackWhoFallsBehindWhileItRests() {
        try (Router router = launch(); Channel channel = router.openChannel()) {
            final EventSignal signal = new EventSignal();
            for (int i = 0; i < COUNT; i++) {
                Routers.offer(channel, signal);
            }
            awaitRest();
            final LaggingReader reader = new LaggingReader(router.subscribe(Filter.ofTenant(1), 1));
            while (reader.got().size() < COUNT) {
                reader.poll();
            }
            assertEquals(LongStream.rangeClosed(1, COUNT).boxed().toList(), reader.got());
        }
    }

    private Router launch() {
        return Router.launch(Routers.echo(new MemoryJournal()).threadingMode(ThreadingMode.SHARED).sharedCatchUp(true)
            .idleStrategy(() -> new SleepingIdleStrategy(this::sleep)));
    }

    private void sleep(final long longestNs) {
        asked.merge(Thread.currentThread().getName(), longestNs, Math::max);
        if (RouterConfiguration.REST_MAX_PARK_NS == longestNs) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(longestNs);
        }
    }

    private void awaitRest() {
        while (asked.size() < 2) {
            Thread.onSpinWait();
        }
    }
}
