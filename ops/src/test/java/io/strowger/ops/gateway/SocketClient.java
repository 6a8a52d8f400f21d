package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application on a WebSocket: its thread reads, the test takes. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final long SECONDS = 20;
    private static final JsonObject END = new JsonObject();

    private final LinkedBlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    SocketClient(final LiveGateway gateway, final String token) {
        socket = gateway.http().newWebSocketBuilder().subprotocols("strowger.v1+json", "bearer." + token)
            .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/stream"), this).join();
        assertEquals("strowger.v1+json", socket.getSubprotocol());
    }

    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    void send(final String message) {
        socket.sendText(message, true).join();
    }

    JsonObject take() {
        final JsonObject message = takeOrEnd();
        if (null == message) {
            throw new AssertionError("closed");
        }
        return message;
    }

    /** Null when it is closed. */
    JsonObject takeOrEnd() {
        try {
            final JsonObject message = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (null == message) {
                throw new AssertionError("nothing came within " + SECONDS + " s");
            }
            return END.equals(message) ? null : message;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String take(final String first, final String second) {
        final JsonObject message = take();
        return message.getString(first) + " " + message.getString(second);
    }

    /** The next of an operation, and none of those before it. */
    JsonObject until(final String op) {
        JsonObject message = take();
        while (!op.equals(message.getString("op"))) {
            message = take();
        }
        return message;
    }

    @Override
    public CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean isLast) {
        text.append(data);
        if (isLast) {
            messages.add(new JsonObject(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket from, final int code, final String reason) {
        messages.add(END);
        return null;
    }

    @Override
    public void onError(final WebSocket from, final Throwable fault) {
        messages.add(END);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
