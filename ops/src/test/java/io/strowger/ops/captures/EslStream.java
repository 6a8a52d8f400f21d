package io.strowger.ops.captures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain reading of a plain event stream, made apart from the translator under test: by Content-Length, a line a field.
 */
final class EslStream {
    private static final String LENGTH = "Content-Length: ";

    private EslStream() {
    }

    /** The events of the streams in order. */
    static List<Map<String, String>> events(final List<Path> streams) {
        final List<Map<String, String>> events = new ArrayList<>();
        for (final Path stream : streams) {
            try {
                read(Files.readString(stream, StandardCharsets.ISO_8859_1), events);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return events;
    }

    private static void read(final String stream, final List<Map<String, String>> events) {
        int at = 0;
        for (int end = stream.indexOf("\n\n", at); end >= 0; end = stream.indexOf("\n\n", at)) {
            final Map<String, String> headers = fields(stream.substring(at, end));
            final int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
            if ("text/event-plain".equals(headers.get("Content-Type"))) {
                final String body = stream.substring(end + 2, Math.min(stream.length(), end + 2 + length));
                events.add(fields(body.contains("\n\n") ? body.substring(0, body.indexOf("\n\n")) : body));
            }
            at = end + 2 + length;
        }
    }

    private static Map<String, String> fields(final String lines) {
        final Map<String, String> fields = new HashMap<>();
        for (final String line : lines.split("\n", -1)) {
            final int colon = line.indexOf(": ");
            if (colon > 0) {
                final String value = line.substring(colon + 2);
                fields.putIfAbsent(line.substring(0, colon), line.startsWith(LENGTH) ? value : decode(value));
            }
        }
        return fields;
    }

    private static String decode(final String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
