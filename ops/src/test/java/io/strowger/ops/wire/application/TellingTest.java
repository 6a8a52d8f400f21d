package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.wire.OpeningAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On which threads a client tells, and that it does so one at a time. */
@Timeout(60)
class TellingTest {
    private static final long SECONDS = 20;
    private static final UnsafeBuffer ACTION = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    private final CountDownLatch isInside = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldTellOneAtATimeAndNothingOnTheThreadThatCloses() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, Duration.ofHours(1))) {
            gateway.accept(OpeningAnswer.OPENED);
            client.subscribe(StreamOrder.all(), new Watched("first"));
            final ApplicationStream second = client.subscribe(StreamOrder.all(), new Watched("second"));
            final CompletableFuture<Void> failed = client.act(ACTION, 0, ACTION.capacity())
                .handle((outcome, fault) -> tell("act"));
            gateway.subscribed(0);
            gateway.subscribed(1);
            gateway.streamEnd(1, Why.UNAVAILABLE);
            gateway.lag(0);
            assertTrue(isInside.await(SECONDS, TimeUnit.SECONDS));
            // does not wait for the other one's listener
            second.close();
            final CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close);
            awaitOver(client);
            assertEquals(List.of("first lag"), told, "as long as a listener is called no other one is");
            assertFalse(closed.isDone());
            mayLeave.countDown();
            closed.get(SECONDS, TimeUnit.SECONDS);
            failed.get(SECONDS, TimeUnit.SECONDS);
            assertEquals(4, told.size());
            assertEquals(Set.of("first lag", "second UNSUBSCRIBED", "first UNSUBSCRIBED", "act"), Set.copyOf(told),
                "behind the close all is told");
        }
    }

    @Test
    void shouldShowThatItIsThereWhateverHangsOnAFuture() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, Duration.ofMillis(300))) {
            gateway.accept(OpeningAnswer.OPENED);
            final CompletableFuture<Void> failed = client.act(ACTION, 0, ACTION.capacity()).handle((outcome, fault) -> {
                hold();
                return tell("act");
            });
            assertEquals(1, gateway.ask());
            assertTrue(isInside.await(SECONDS, TimeUnit.SECONDS));
            gateway.awaitPing();
            assertFalse(failed.isDone());
            mayLeave.countDown();
            failed.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            mayLeave.countDown();
        }
    }

    @Test
    void shouldCloseWithinWhatIsTold() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, Duration.ofMillis(300))) {
            gateway.accept(OpeningAnswer.OPENED);
            final Runnable leaving = client::close;
            final CompletableFuture<Void> failed = client.act(ACTION, 0, ACTION.capacity()).handle((outcome, fault) -> {
                leaving.run();
                return tell("act");
            });
            failed.get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void awaitOver(final ApplicationClient client) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (client.isOpen()) {
            assertTrue(System.nanoTime() < endNs, "not closed within " + SECONDS + " s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private Void tell(final String what) {
        assertEquals(1, inside.incrementAndGet(), "one at a time");
        assertTrue(Thread.currentThread().getName().startsWith("strowger-application"), Thread.currentThread().getName());
        assertNotEquals("strowger-application-ticks", Thread.currentThread().getName());
        told.add(what);
        if (what.endsWith("lag")) {
            hold();
        }
        inside.decrementAndGet();
        return null;
    }

    private void hold() {
        isInside.countDown();
        try {
            assertTrue(mayLeave.await(SECONDS, TimeUnit.SECONDS));
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ApplicationClient client(final FakeGateway gateway, final Duration patience) {
        return ApplicationClient.connect(ApplicationClientSettings.plain(LiveWire.HOST, gateway.port(), "token")
            .bounds(10, patience, Duration.ofSeconds(10)));
    }

    /** Tells what it is told. */
    private final class Watched implements StreamListener {
        private final String name;

        Watched(final String name) {
            this.name = name;
        }

        @Override
        public void onEvent(final StreamEventDecoder frame, final EventDecoder event) {
            throw new AssertionError("never called");
        }

        @Override
        public void onLag(final boolean isBehind) {
            tell(name + " lag");
        }

        @Override
        public void onEnd(final Why why, final long missed, final String text) {
            tell(name + " " + why);
        }
    }
}
