package io.strowger.ops.outage;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** Reads server-sent events, and shows the last id when it comes again. */
final class SseReader extends Reader {
    private static final int FINE = 200;
    private static final int NOT_READY = 503;
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    private final HttpClient http;
    private final URI address;
    private final String token;

    /**
     * A reader.
     *
     * @param query of the events wanted, may be empty.
     */
    SseReader(final String name, final HttpClient http, final int port, final String token, final String query) {
        super(name);
        this.http = http;
        this.address = URI.create("http://127.0.0.1:" + port + "/events?start=status" + query);
        this.token = token;
    }

    @Override
    void read(final String after) throws IOException, InterruptedException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        if (null != after) {
            request.header("Last-Event-ID", after);
        }
        final HttpResponse<Stream<String>> response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (NOT_READY == response.statusCode()) {
                throw new IOException("it starts");
            }
            if (FINE != response.statusCode()) {
                fault("answered " + response.statusCode() + ' ' + lines.toList());
            }
            read(lines.iterator());
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(final Iterator<String> lines) {
        String event = "message";
        String data = null;
        while (lines.hasNext()) {
            final String line = lines.next();
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                data = line.substring(DATA.length());
            } else if (line.isEmpty()) {
                // what has no empty line behind it was cut off
                take(event, data);
                event = "message";
                data = null;
            }
        }
    }

    private void take(final String event, final String data) {
        if ("message".equals(event) && null != data) {
            onEvent(new JsonObject(data));
        } else if ("snapshot-end".equals(event)) {
            onStatus(new JsonObject(data).getString("position"));
        }
    }
}
