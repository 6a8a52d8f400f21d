package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.SubscribeDecoder;
import io.strowger.codecs.sbe.application.UnsubscribeDecoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.log.Heard;
import io.strowger.ops.wire.OpeningAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client beside gateways and listeners that do not do what they should. */
@Timeout(60)
class ClientTroubleTest {
    private static final long SECONDS = 20;
    private static final UnsafeBuffer ACTION = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    @Test
    void shouldNeverWaitForAPeerThatDoesNotReadAndCutItOffInTheEnd() throws Exception {
        final int most = 20_000;
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, most, Duration.ofHours(1))) {
            gateway.accept(OpeningAnswer.OPENED);
            client.opened().get(SECONDS, TimeUnit.SECONDS);
            final List<CompletableFuture<ActionOutcome>> asked = new ArrayList<>();
            final long sinceNs = System.nanoTime();
            for (int i = 0; i < most; i++) {
                asked.add(client.act(ACTION, 0, ACTION.capacity()));
            }
            assertTrue(System.nanoTime() - sinceNs < TimeUnit.SECONDS.toNanos(5), "27 MB that nobody reads");
            assertEquals(Why.TOO_MANY, why(client.act(ACTION, 0, ACTION.capacity())), "one too many");
            gateway.done(1);
            assertEquals(AnswerStatus.DONE, asked.get(0).get(SECONDS, TimeUnit.SECONDS).status(), "what comes is read all the same");
            final CompletableFuture<Void> again = CompletableFuture.runAsync(() -> {
                try {
                    gateway.accept(OpeningAnswer.OPENED);
                } catch (final IOException e) {
                    throw new AssertionError(e);
                }
            });
            while (!again.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                if (!again.isDone()) {
                    quietly(gateway);
                }
            }
            again.get();
        }
    }

    /** Subscribes, and what the gateway hears next is that. */
    private static ApplicationStream open(final FakeGateway gateway, final ApplicationClient client, final Recorder recorder,
                                          final int id) throws Exception {
        final ApplicationStream stream = client.subscribe(StreamOrder.all(), recorder);
        assertEquals(SubscribeDecoder.TEMPLATE_ID, gateway.template());
        gateway.subscribed(id);
        recorder.awaitOpen();
        return stream;
    }

    /** There are signs of life: only the write shows that something is wrong. */
    private static void quietly(final FakeGateway gateway) {
        try {
            gateway.pong();
        } catch (final IOException cut) {
            // so it is to be
        }
    }

    @Test
    void shouldEndAStreamThatIsClosedWhileItWaitsToBeOrderedAgain() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, 10, Duration.ofHours(1))) {
            gateway.accept(OpeningAnswer.OPENED);
            final Recorder recorder = new Recorder();
            final ApplicationStream stream = open(gateway, client, recorder, 0);
            gateway.streamEnd(0, Why.UNAVAILABLE);
            gateway.done(1);
            await(() -> isPutOff(client, stream));
            stream.close();
            assertEquals(Why.UNSUBSCRIBED, recorder.end().why());
            assertTrue(stream.isEnded());
            final Recorder other = new Recorder();
            // and nothing of the first one
            final ApplicationStream open = open(gateway, client, other, 1);
            open.close();
            assertEquals(UnsubscribeDecoder.TEMPLATE_ID, gateway.template());
            gateway.streamEnd(1, Why.UNSUBSCRIBED);
            assertEquals(Why.UNSUBSCRIBED, other.end().why());
        }
    }

    @Test
    void shouldEndAStreamThatIsClosedWhileTheConnectionIsLost() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, 10, Duration.ofHours(1))) {
            gateway.accept(OpeningAnswer.OPENED);
            final Recorder recorder = new Recorder();
            final ApplicationStream stream = open(gateway, client, recorder, 0);
            gateway.leave();
            await(() -> !client.isOpen());
            stream.close();
            assertEquals(Why.UNSUBSCRIBED, recorder.end().why());
        }
    }

    @Test
    void shouldGoOnReadingWhateverAListenerThrows() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, 10, Duration.ofHours(1));
            Heard heard = Heard.all()) {
            gateway.accept(OpeningAnswer.OPENED);
            final CountDownLatch ended = new CountDownLatch(1);
            client.subscribe(StreamOrder.all(), new StreamListener() {
                @Override
                public void onEvent(final StreamEventDecoder frame, final EventDecoder event) {
                    throw new AssertionError("never called");
                }

                @Override
                public void onLag(final boolean isBehind) {
                    throw new AssertionError("of the lag");
                }

                @Override
                public void onEnd(final Why why, final long missed, final String text) {
                    ended.countDown();
                    throw new IllegalStateException("of the end");
                }
            });
            final Recorder good = new Recorder();
            client.subscribe(StreamOrder.all(), good);
            final CompletableFuture<ActionOutcome> act = client.act(ACTION, 0, ACTION.capacity(), step -> {
                throw new AssertionError("of the step");
            });
            gateway.subscribed(0);
            gateway.subscribed(1);
            gateway.lag(0);
            assertTrue(ended.await(SECONDS, TimeUnit.SECONDS));
            gateway.done(1);
            assertEquals(AnswerStatus.DONE, act.get(SECONDS, TimeUnit.SECONDS).status());
            gateway.lag(1);
            await(() -> List.of(true).equals(good.lags()));
            assertEquals(1, good.opens(), "the connection is the same");
            final String lines = heard.lines().toString();
            assertTrue(lines.contains("of the lag") && lines.contains("of the end") && lines.contains("of the step"), lines);
        }
    }

    @Test
    void shouldEndAStreamWhoseOrderWasNotUnderstood() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, 10, Duration.ofHours(1))) {
            gateway.accept(OpeningAnswer.OPENED);
            final Recorder recorder = new Recorder();
            client.subscribe(StreamOrder.all(), recorder);
            assertEquals(SubscribeDecoder.TEMPLATE_ID, gateway.template());
            gateway.refused(0);
            assertEquals(new Recorder.End(Why.BAD_REQUEST, 0, "no"), recorder.end());
        }
    }

    @Test
    void shouldEndAnActionOnceThatNobodyAnswers() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway, 1, Duration.ofMillis(300))) {
            gateway.accept(OpeningAnswer.OPENED);
            final CompletableFuture<ActionOutcome> first = client.act(ACTION, 0, ACTION.capacity());
            assertEquals(Why.TOO_MANY, why(client.act(ACTION, 0, ACTION.capacity())));
            assertEquals(Why.UNAVAILABLE, why(first));
            gateway.done(1);
            final CompletableFuture<ActionOutcome> second = client.act(ACTION, 0, ACTION.capacity());
            gateway.done(2);
            assertEquals(AnswerStatus.DONE, second.get(SECONDS, TimeUnit.SECONDS).status());
            assertEquals(Why.UNAVAILABLE, why(first), "not changed by what came late");
        }
    }

    @Test
    void shouldSayWhyItIsNotConnectedAndLeaveNoThreadBehind() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); Heard heard = Heard.all()) {
            for (int i = 0; i < 20; i++) {
                try (ApplicationClient client = client(gateway, 1, Duration.ofHours(1))) {
                    gateway.accept(OpeningAnswer.NOT_LET_IN);
                    assertThrows(ExecutionException.class, () -> client.opened().get(SECONDS, TimeUnit.SECONDS));
                    assertThrows(IllegalStateException.class, () -> client.subscribe(StreamOrder.all(), new Recorder()));
                }
            }
            final ApplicationClient lost = client(gateway, 1, Duration.ofHours(1));
            gateway.accept(OpeningAnswer.TOO_MANY);
            gateway.accept(OpeningAnswer.TOO_MANY);
            gateway.accept(OpeningAnswer.TOO_MANY);
            final CompletableFuture<ActionOutcome> act = lost.act(ACTION, 0, ACTION.capacity());
            lost.close();
            assertEquals(Why.UNAVAILABLE, why(act));
            final String refused = "127.0.0.1:" + gateway.port() + ": the server says: not let in";
            assertEquals(20, heard.lines().stream().filter(line -> line.contains(refused)).count());
            assertEquals(1, heard.lines().stream().filter(line -> line.contains("too many, connects again")).count(), "once");
            await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("strowger-application")));
        }
    }

    @Test
    void shouldComeAgainWithTheTokenThatIsGoodThenWhenTheOneItCameWithIsVoid() throws Exception {
        final List<String> tokens = Collections.synchronizedList(new ArrayList<>(List.of("old", "new", "void")));
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = ApplicationClient.connect(
            new ApplicationClientSettings(LiveWire.HOST, gateway.port(), () -> tokens.remove(0), null))) {
            gateway.accept(OpeningAnswer.OPENED);
            final Recorder recorder = new Recorder();
            client.subscribe(StreamOrder.all(), recorder);
            assertEquals(SubscribeDecoder.TEMPLATE_ID, gateway.template());
            gateway.subscribed(0);
            recorder.awaitOpen();
            final CompletableFuture<ActionOutcome> act = client.act(ACTION, 0, ACTION.capacity());
            assertEquals(1, gateway.ask());
            // what is told before the connection ends
            gateway.streamEnd(0, Why.UNAUTHORIZED);
            gateway.actRefused(1, Why.UNAUTHORIZED);
            gateway.cut(OpeningAnswer.NOT_LET_IN);
            gateway.accept(OpeningAnswer.OPENED);
            assertEquals(SubscribeDecoder.TEMPLATE_ID, gateway.template());
            gateway.subscribed(0);
            assertEquals(1, gateway.ask());
            gateway.done(1);
            assertEquals(AnswerStatus.DONE, act.get(SECONDS, TimeUnit.SECONDS).status());
            assertEquals(2, recorder.opens());
            gateway.cut(OpeningAnswer.NOT_LET_IN);
            gateway.accept(OpeningAnswer.NOT_LET_IN);
            assertEquals(Why.UNAUTHORIZED, recorder.end().why());
            assertThrows(IllegalStateException.class, () -> client.subscribe(StreamOrder.all(), new Recorder()));
            assertEquals(List.of(), tokens);
        }
    }

    private static ApplicationClient client(final FakeGateway gateway, final int mostActs, final Duration patience) {
        return ApplicationClient.connect(ApplicationClientSettings.plain(LiveWire.HOST, gateway.port(), "token")
            .bounds(mostActs, patience, Duration.ofSeconds(2)));
    }

    private static boolean isPutOff(final ApplicationClient client, final ApplicationStream stream) {
        final boolean[] isSo = new boolean[1];
        client.locked(() -> isSo[0] = stream.isPutOff());
        return isSo[0];
    }

    private static Why why(final CompletableFuture<ActionOutcome> future) {
        final ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(SECONDS, TimeUnit.SECONDS));
        return assertInstanceOf(ApplicationException.class, failed.getCause()).why();
    }

    private static void await(final BooleanSupplier condition) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, "not within " + SECONDS + " s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
