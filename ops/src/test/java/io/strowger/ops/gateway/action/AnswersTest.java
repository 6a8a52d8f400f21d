package io.strowger.ops.gateway.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SendSmsEncoder;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.gateway.ObedientSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each asker is told once, whatever comes late or fails. */
@Timeout(60)
class AnswersTest {
    private static final long SECONDS = 20;
    private static final long WAIT_MS = 200;
    private static final JsonObject ACCEPTED = new JsonObject().put("status", "accepted");
    private static final JsonObject DONE = new JsonObject().put("status", "done");

    private final Vertx vertx = Vertx.vertx();
    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldAnswerInTimeThoughNothingWasHeard() throws Exception {
        assertEquals("503 application/problem+json", told(reply -> { }));
        assertEquals("503 application/problem+json", told(reply -> later(reply, ACCEPTED, DONE)), "what comes later is too late");
        assertEquals("202 application/json", told(reply -> reply.onAnswer(ACCEPTED, false)));
        assertEquals("200 application/json", told(reply -> {
            reply.onAnswer(ACCEPTED, false);
            reply.onAnswer(DONE, true);
            later(reply, ACCEPTED, DONE);
        }));
        assertEquals("503 application/problem+json", told(reply -> reply.onAnswer(null, true)));
    }

    private void later(final ActionReply reply, final JsonObject... answers) {
        Arrays.stream(answers).forEach(answer -> vertx.setTimer(2 * WAIT_MS, late -> reply.onAnswer(answer, DONE.equals(answer))));
    }

    private String told(final Consumer<ActionReply> what) throws Exception {
        final HttpServer server = vertx.createHttpServer().requestHandler(request ->
            what.accept(new ActionReply(vertx, request.response(), false, WAIT_MS))).listen(0, "127.0.0.1").toCompletionStage()
            .toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        final HttpResponse<String> response = HttpClient.newHttpClient().sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/")).build(),
            HttpResponse.BodyHandlers.ofString()).get(SECONDS, TimeUnit.SECONDS);
        server.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        return response.statusCode() + " " + response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void shouldTellOthersThoughOneFails() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
            ObedientSource source = new ObedientSource(gateway.router(), gateway.router().sourceNumber(1, "gw"), 1)) {
            gateway.hello("gw", 1);
            final Admitted caller = gateway.gate().admit(LiveGateway.OWNER, "127.0.0.1");
            final CompletableFuture<String> heard = new CompletableFuture<>();
            vertx.getOrCreateContext().runOnContext(begun -> {
                final Asks asks = new Asks(vertx, gateway.router(), gateway.gate());
                asks.ask(caller, sms("fails"), answer -> {
                    throw new IllegalStateException("the head was written already");
                }).compose(asked -> asks.ask(caller, sms("hears"), answer -> {
                    if (null == answer || answer.isFinal()) {
                        heard.complete(null == answer ? "nothing" : answer.status().name());
                    }
                })).onFailure(heard::completeExceptionally);
                vertx.setPeriodic(1, fired -> asks.turn());
            });
            assertEquals("DONE", heard.get(SECONDS, TimeUnit.SECONDS));
            assertEquals(2, source.carried());
        }
    }

    private static byte[] sms(final String key) {
        final byte[] bytes = new byte[512];
        final SendSmsEncoder sms = new SendSmsEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        sms.sourceSequence(0).sourceTime(0).source(0).tenant(0).deadline(0);
        sms.clientId("").key(key).user("101").number("5551234567").text("hello").sourceName("gw");
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + sms.encodedLength());
    }
}
