package io.strowger.ops.outage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Reads events on a WebSocket with little credit, and names the last position when it comes again. */
final class SocketReader extends Reader {
    private static final int CREDIT = 64;

    private final HttpClient http;
    private final URI address;
    private final String token;
    private final JsonObject wanted;

    /**
     * A reader.
     *
     * @param users whose events are wanted; empty: all.
     * @param types of the events wanted; empty: all.
     */
    SocketReader(final String name, final HttpClient http, final int port, final String token, final List<String> users,
                 final List<String> types) {
        super(name);
        this.http = http;
        this.address = URI.create("ws://127.0.0.1:" + port + "/stream");
        this.token = token;
        this.wanted = new JsonObject().put("op", "subscribe").put("id", "s").put("users", new JsonArray(users))
            .put("types", new JsonArray(types)).put("credit", CREDIT);
    }

    @Override
    void read(final String after) throws IOException, InterruptedException {
        final Connection connection = new Connection();
        final WebSocket socket;
        try {
            socket = http.newWebSocketBuilder().header("Authorization", "Bearer " + token).subprotocols("strowger.v1+json")
                .buildAsync(address, connection).get();
        } catch (final ExecutionException e) {
            throw new IOException(e.getCause());
        }
        try {
            connection.subscribe(socket, null == after ? wanted.copy().put("start", "status") : wanted.copy().put("after", after));
            connection.over.await();
        } finally {
            socket.abort();
        }
        if (connection.isBroken) {
            throw new IOException("lost");
        }
    }

    /** What comes on one connection. */
    private final class Connection implements WebSocket.Listener {
        private final CountDownLatch over = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        private int taken;
        private volatile boolean isBroken;

        synchronized void subscribe(final WebSocket socket, final JsonObject message) {
            // one message at a time is on its way; a broken connection tells the listener
            sent = sent.thenCompose(before -> socket.sendText(message.encode(), true)).exceptionally(gone -> null);
        }

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence data, final boolean isLast) {
            text.append(data);
            if (isLast) {
                take(socket, new JsonObject(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(final WebSocket socket, final int code, final String reason) {
            over.countDown();
            return null;
        }

        @Override
        public void onError(final WebSocket socket, final Throwable error) {
            isBroken = true;
            over.countDown();
        }

        private void take(final WebSocket socket, final JsonObject message) {
            switch (message.getString("op")) {
                case "event" -> {
                    onEvent(message.getJsonObject("event"));
                    count(socket);
                }
                case "status" -> count(socket);
                case "snapshot-end" -> onStatus(message.getString("position"));
                case "error" -> fault(message.encode());
                default -> { }
            }
        }

        private void count(final WebSocket socket) {
            taken++;
            if (0 == taken % (CREDIT / 2)) {
                subscribe(socket, new JsonObject().put("op", "credit").put("id", "s").put("n", CREDIT / 2));
            }
        }
    }
}
