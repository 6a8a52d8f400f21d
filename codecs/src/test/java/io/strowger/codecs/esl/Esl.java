package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Streams for the tests: written by hand, or captured from a real server.
 */
final class Esl {
    /** Arrival time of all bytes of a test, in nanoseconds. */
    static final long ARRIVAL_NS = 1_795_624_150_682_276_000L;

    /** Source and tenant of all tests. */
    static final EslSettings SETTINGS = EslSettings.of(3, 7);

    /** Id of the caller's leg, and so of the call. */
    static final String CALLER = "a-leg";

    /** Id of the callee's leg. */
    static final String CALLEE = "b-leg";

    private Esl() {
    }

    /** An event of the caller's leg 101 that calls 102, with more fields or other values: name, value, name, value. */
    static Map<String, String> caller(final String event, final String... more) {
        return with(event, List.of("Unique-ID", CALLER, "Channel-Call-UUID", CALLER, "Channel-Name", "sofia/internal/101@10.0.0.1",
            "Channel-Presence-ID", "101@10.0.0.1", "Call-Direction", "inbound", "Caller-Caller-ID-Number", "101",
            "Caller-Caller-ID-Name", "Ann", "Caller-Destination-Number", "102"), more);
    }

    /** An event of the callee's leg. */
    static Map<String, String> callee(final String event, final String... more) {
        return with(event, List.of("Unique-ID", CALLEE, "Channel-Call-UUID", CALLER, "Channel-Name", "sofia/internal/102@10.0.0.2:5062",
            "Channel-Presence-ID", "102@10.0.0.1", "Call-Direction", "outbound", "Caller-Caller-ID-Number", "101",
            "Caller-Caller-ID-Name", "Ann", "Caller-Callee-ID-Number", "102", "Caller-Callee-ID-Name", "Outbound Call",
            "Caller-Destination-Number", "102", "Other-Leg-Unique-ID", CALLER), more);
    }

    /** An event without a leg. */
    static Map<String, String> plainEvent(final String event, final String... more) {
        return with(event, List.of(), more);
    }

    /** A CUSTOM event. */
    static Map<String, String> custom(final String subclass, final Map<String, String> event) {
        final Map<String, String> all = new LinkedHashMap<>(event);
        all.put("Event-Name", "CUSTOM");
        all.put("Event-Subclass", subclass);
        return all;
    }

    private static Map<String, String> with(final String event, final List<String> usual, final String... more) {
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Event-Name", event);
        for (int i = 0; i < usual.size(); i += 2) {
            fields.put(usual.get(i), usual.get(i + 1));
        }
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    /** The plain form of an event; a field {@code _body} becomes its raw body. */
    static String plain(final Map<String, String> event) {
        final StringBuilder text = new StringBuilder();
        event.forEach((name, value) -> {
            if (!"_body".equals(name)) {
                text.append(name).append(": ").append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")).append('\n');
            }
        });
        final String body = event.getOrDefault("_body", "");
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(utf8(body).length).append('\n');
        }
        return frame("text/event-plain", text.append('\n').append(body).toString());
    }

    /** The JSON form of an event. */
    static String json(final Map<String, String> event) {
        final StringBuilder text = new StringBuilder("{");
        event.forEach((name, value) -> text.append(text.length() > 1 ? "," : "").append('"').append(name).append("\":\"")
            .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"'));
        return frame("text/event-json", text.append('}').toString());
    }

    /** A frame with a body. */
    static String frame(final String type, final String body) {
        return "Content-Length: " + utf8(body).length + "\nContent-Type: " + type + "\n\n" + body;
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The facts of a stream in one piece. */
    static FactLog translate(final String stream) {
        return translate(new EslTranslator(SETTINGS), utf8(stream));
    }

    /** The facts of a stream in one piece. */
    static FactLog translate(final EslTranslator translator, final byte[] stream) {
        return FactLog.of(translator, stream, ARRIVAL_NS);
    }

    /** The facts of one event, the same from both forms. */
    static FactLog facts(final Map<String, String> event) {
        final FactLog fromPlain = translate(plain(event));
        final FactLog fromJson = translate(json(event));
        assertEquals(fieldsOf(fromPlain), fieldsOf(fromJson), "plain and JSON");
        return fromPlain;
    }

    /** Templates and fields of all facts, but for their place in the stream. */
    static List<String> fieldsOf(final FactLog log) {
        return log.facts().stream().map(fact -> {
            final Map<String, String> fields = new LinkedHashMap<>(fact.fields());
            fields.remove("sourceSequence");
            if (fact.template().equals("Message")) {
                fields.remove("nativeId");
            }
            if (fact.template().equals("Other")) {
                fields.remove("text");
            }
            return fact.template() + fields;
        }).toList();
    }

    /** Captured streams: skipped when they are absent. */
    static List<Path> captures(final String folder, final String pattern) {
        return CapturedStreams.of(folder, pattern, 1);
    }
}
