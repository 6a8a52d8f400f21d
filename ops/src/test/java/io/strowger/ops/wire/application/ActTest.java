package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.sbe.HangUpEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SendSmsEncoder;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.gateway.ObedientSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Actions over SBE. */
@Timeout(120)
class ActTest {
    private static final long SECONDS = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldCarryOutOnceAndAnswerAlikeWhoeverAsksAgain() throws Exception {
        try (LiveWire wire = open(); ObedientSource source = source(wire);
            ApplicationClient client = wire.client(LiveGateway.OWNER); ApplicationClient another = wire.client(LiveGateway.OWNER)) {
            final List<AnswerStatus> steps = Collections.synchronizedList(new ArrayList<>());
            final UnsafeBuffer sms = sms("a");
            final ActionOutcome done = get(client.act(sms, 0, sms.capacity(), step -> steps.add(step.status())));
            assertEquals(new ActionOutcome("a", AnswerStatus.DONE, "", "so it is"), done);
            assertEquals(List.of(AnswerStatus.ACCEPTED, AnswerStatus.SENT, AnswerStatus.DONE), steps);
            assertEquals(done, get(client.act(sms, 0, sms.capacity())));
            assertEquals(done, get(another.act(sms, 0, sms.capacity())));
            final JsonObject json = new JsonObject(wire.json().post("/actions", LiveGateway.OWNER,
                "{\"key\":\"a\",\"action\":\"send-sms\",\"user\":\"101\",\"number\":\"5551234567\",\"text\":\"hello\"}").body());
            assertEquals("done so it is", json.getString("status") + " " + json.getString("text"), "JSON and SBE know of each other");
            assertEquals(1, source.carried());
        }
    }

    @Test
    void shouldTellWhatCantBe() throws Exception {
        try (LiveWire wire = open(); ObedientSource source = source(wire);
            ApplicationClient client = wire.client(LiveGateway.OWNER);
            ApplicationClient other = wire.client(LiveGateway.OTHER_TENANT);
            ApplicationClient desk = wire.client(LiveGateway.ONLY_102)) {
            final UnsafeBuffer sms = sms("b");
            assertEquals(new ActionOutcome("b", AnswerStatus.FAILED, "", "no such source"), get(other.act(sms, 0, sms.capacity())));
            final UnsafeBuffer hangUp = hangUp("h");
            assertEquals(new ActionOutcome("h", AnswerStatus.FAILED, "1.1", "no such session"),
                get(client.act(hangUp, 0, hangUp.capacity())));
            assertEquals(Why.FORBIDDEN, why(desk.act(sms, 0, sms.capacity())));
            assertEquals(Why.BAD_REQUEST, why(client.act(new UnsafeBuffer(new byte[40]), 0, 40)));
            assertEquals(0, source.carried());
        }
    }

    @Test
    void shouldAskAgainByItselfWhenTheConnectionBreaks() throws Exception {
        try (LiveWire wire = open(); ObedientSource source = source(wire); Cutter cutter = new Cutter(wire.port(), 7, 200);
            ApplicationClient client = LiveWire.client(cutter.port(), LiveGateway.OWNER)) {
            final List<CompletableFuture<ActionOutcome>> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                final UnsafeBuffer sms = sms("k" + i);
                asked.add(client.act(sms, 0, sms.capacity()));
            }
            for (int i = 0; i < 1_000 && cutter.cuts() < 5; i++) {
                LockSupport.parkNanos(10_000_000);
            }
            cutter.hold();
            for (final CompletableFuture<ActionOutcome> each : asked) {
                assertEquals(AnswerStatus.DONE, get(each).status());
            }
            assertEquals(20, source.carried());
        }
    }

    private static ActionOutcome get(final CompletableFuture<ActionOutcome> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    private static Why why(final CompletableFuture<ActionOutcome> future) {
        final ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(SECONDS, TimeUnit.SECONDS));
        return assertInstanceOf(ApplicationException.class, failed.getCause()).why();
    }

    static UnsafeBuffer sms(final String key) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final SendSmsEncoder sms = new SendSmsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        sms.sourceSequence(0).sourceTime(0).source(0).tenant(0).deadline(0);
        sms.clientId("").key(key).user("101").number("5551234567").text("hello").sourceName("gw");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + sms.encodedLength());
    }

    private static UnsafeBuffer hangUp(final String key) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final HangUpEncoder hangUp = new HangUpEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        hangUp.sourceSequence(0).sourceTime(0).source(0).tenant(0).deadline(0).causeCode(HangUpEncoder.causeCodeNullValue());
        hangUp.nativeId("1.1").clientId("").key(key).user("").sourceName("");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + hangUp.encodedLength());
    }

    private LiveWire open() {
        return new LiveWire(folder.resolve("journal"), ApplicationGateway.LIMITS);
    }

    private static ObedientSource source(final LiveWire wire) {
        final ObedientSource source = new ObedientSource(wire.json().router(), wire.json().router().sourceNumber(1, "gw"), 1);
        wire.json().hello("gw", 1);
        return source;
    }
}
