package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.wire.OpeningAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Actions that are asked for again, or later: which ones, in which order, and what is said of them. */
@Timeout(60)
class ActsAgainTest {
    private static final long SECONDS = 20;
    private static final UnsafeBuffer SHORT = new UnsafeBuffer(new byte[8]);
    private static final UnsafeBuffer LONG = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    @Test
    void shouldNeverSayThatAnActionIsNotTakenThatMayBe() throws Exception {
        final int pending = 200;
        final int fit = 56;
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway)) {
            gateway.accept(OpeningAnswer.OPENED);
            final List<CompletableFuture<ActionOutcome>> asked = new ArrayList<>();
            for (int i = 0; i < pending; i++) {
                asked.add(client.act(SHORT, 0, SHORT.capacity()));
            }
            assertEquals(range(1, pending), gateway.asks(pending));
            gateway.cut(null);
            gateway.accept(OpeningAnswer.OPENED);
            assertEquals(range(1, pending), gateway.asks(pending));
            for (int ask = fit + 1; ask <= pending; ask++) {
                // those of the connection that was lost hold the places
                gateway.actRefused(ask, Why.TOO_MANY);
            }
            int next = fit + 1;
            for (int ask = 1; ask <= pending; ask++) {
                gateway.done(ask);
                assertEquals(AnswerStatus.DONE, asked.get(ask - 1).get(SECONDS, TimeUnit.SECONDS).status());
                if (next <= pending) {
                    assertEquals(next++, gateway.ask(), "each end makes room, and a tick for some");
                }
            }
        }
    }

    @Test
    void shouldSayThatWhatWasNeverTakenIsNotAndThatNobodyKnowsOfTheRest() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway)) {
            gateway.accept(OpeningAnswer.OPENED);
            final CompletableFuture<ActionOutcome> never = client.act(SHORT, 0, SHORT.capacity());
            assertEquals(1, gateway.ask());
            gateway.actRefused(1, Why.TOO_MANY);
            assertEquals(Why.TOO_MANY, why(never));
            final CompletableFuture<ActionOutcome> maybe = client.act(SHORT, 0, SHORT.capacity());
            assertEquals(2, gateway.ask());
            gateway.cut(null);
            gateway.accept(OpeningAnswer.OPENED);
            assertEquals(2, gateway.ask());
            gateway.actRefused(2, Why.FORBIDDEN);
            assertEquals(Why.UNAVAILABLE, why(maybe), "it may be taken on the connection that was lost");
        }
    }

    @Test
    void shouldSendActionsInTheOrderTheyWereAskedForWhateverRoomThereIs() throws Exception {
        final int count = 3_000;
        try (FakeGateway gateway = new FakeGateway(); ApplicationClient client = client(gateway)) {
            gateway.accept(OpeningAnswer.OPENED);
            client.opened().get(SECONDS, TimeUnit.SECONDS);
            final List<CompletableFuture<ActionOutcome>> asked = new ArrayList<>();
            ask(client, count, asked);
            final CompletableFuture<Void> more = CompletableFuture.runAsync(() -> ask(client, count, asked));
            assertEquals(range(1, 2 * count), gateway.asks(2 * count));
            more.get(SECONDS, TimeUnit.SECONDS);
            asked.forEach(act -> assertFalse(act.isDone()));
        }
    }

    private static void ask(final ApplicationClient client, final int count, final List<CompletableFuture<ActionOutcome>> asked) {
        for (int i = 0; i < count; i++) {
            // a short one finds room where a long one finds none
            final UnsafeBuffer signal = 0 == i % 2 ? LONG : SHORT;
            asked.add(client.act(signal, 0, signal.capacity()));
        }
    }

    private static List<Long> range(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static ApplicationClient client(final FakeGateway gateway) {
        return ApplicationClient.connect(ApplicationClientSettings.plain(LiveWire.HOST, gateway.port(), "token"));
    }

    private static Why why(final CompletableFuture<ActionOutcome> future) {
        final ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(SECONDS, TimeUnit.SECONDS));
        return assertInstanceOf(ApplicationException.class, failed.getCause()).why();
    }
}
