package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
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
    /** More than the ring of a subscription holds, so that the pass waits for who reads slowly. */
    private static final int MANY = 200;

    /** The longest sleep that each thread has asked for. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();
    /** Sleeps of the catch-up thread that were no rests, and those that were. */
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger rests = new AtomicInteger();

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

    @Test
    void shouldNotRestWhileSomebodyIsInThePass() {
        try (Router router = launch(); Channel channel = router.openChannel()) {
            final EventSignal signal = new EventSignal();
            for (int i = 0; i < MANY; i++) {
                offer(channel, signal);
            }
            while (router.lastSequence() < MANY) {
                Thread.onSpinWait();
            }
            awaitRest();
            final LaggingReader reader = new LaggingReader(router.subscribe(Filter.ofTenant(1), 1));
            reader.poll(1);
            final int restsBefore = rests.get();
            final int waitsBefore = waits.get();
            while (waits.get() < waitsBefore + 2) {
                Thread.onSpinWait();
            }
            assertTrue(rests.get() <= restsBefore + 1, "a rest it was about to begin may have come since, and no other");
            while (reader.got().size() < MANY) {
                reader.poll();
            }
            assertEquals(LongStream.rangeClosed(1, MANY).boxed().toList(), reader.got());
        }
    }

    private static void offer(final Channel channel, final EventSignal signal) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final int length = signal.encode(buffer);
        while (channel.offer(buffer, 0, length) < 0) {
            Thread.onSpinWait();
        }
    }

    private Router launch() {
        return Router.launch(Routers.echo(new MemoryJournal()).threadingMode(ThreadingMode.SHARED).sharedCatchUp(true)
            .idleStrategies(IdleStrategies.same(() -> new SleepingIdleStrategy(this::sleep))));
    }

    private void sleep(final long longestNs) {
        if (CATCH_UP.equals(Thread.currentThread().getName())) {
            (RouterConfiguration.REST_MAX_PARK_NS == longestNs ? rests : waits).incrementAndGet();
        }
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
