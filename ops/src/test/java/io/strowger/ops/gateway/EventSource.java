package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A reader of server-sent events: a thread reads, the test takes.
 */
public final class EventSource implements AutoCloseable {
    private static final long SECONDS = 20;

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private final Thread reader;

    /** Opens a stream, behind an event or none. */
    public EventSource(final LiveGateway gateway, final String path, final String token, final String lastEventId) {
        final HttpRequest.Builder request = gateway.request(path, token).GET();
        if (null != lastEventId) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = gateway.http().send(request.build(), HttpResponse.BodyHandlers.ofLines());
        } catch (final Exception e) {
            throw new AssertionError(path + ": " + e, e);
        }
        assertEquals(200, response.statusCode(), path);
        reader = new Thread(this::read, "event-source");
        reader.setDaemon(true);
        reader.start();
    }

    /** The next message. */
    public Message take() {
        try {
            final Message message = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (null == message) {
                throw new AssertionError("nothing came within " + SECONDS + " s");
            }
            return message;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next messages. */
    public List<Message> take(final int count) {
        final List<Message> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(take());
        }
        return taken;
    }

    /** Whether nothing is there now. */
    public boolean isQuiet() {
        return messages.isEmpty();
    }

    @Override
    public void close() {
        response.body().close();
        reader.interrupt();
    }

    private void read() {
        final String[] fields = {"message", null, null};
        try {
            response.body().forEach(line -> {
                if (line.isEmpty()) {
                    if (null != fields[2]) {
                        messages.add(new Message(fields[0], fields[1], new JsonObject(fields[2])));
                    }
                    fields[0] = "message";
                    fields[1] = null;
                    fields[2] = null;
                } else if (line.startsWith("event: ")) {
                    fields[0] = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    fields[1] = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    fields[2] = line.substring(6);
                }
            });
        } catch (final RuntimeException closed) {
            // the test has what it wanted
        }
    }

    /** One message. */
    public record Message(String event, String id, JsonObject data) {
        /** Type of an event. */
        public String type() {
            return data.getString("type");
        }

        /** A member of its data. */
        public Object of(final String member) {
            return data.getJsonObject("data").getValue(member);
        }
    }
}
