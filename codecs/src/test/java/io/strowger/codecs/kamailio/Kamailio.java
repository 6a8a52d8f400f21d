package io.strowger.codecs.kamailio;


import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Streams for the tests: written by hand, or captured from a real server.
 */
final class Kamailio {
    /** Arrival time of all bytes of a test, in nanoseconds. */
    static final long ARRIVAL_NS = 1_795_624_150_682_276_000L;

    /** Source and tenant of all tests. */
    static final KamailioSettings SETTINGS = KamailioSettings.of(3, 7);

    private static final String CALL = "\"callid\":\"c1\",\"from\":\"sip:101@pbx\",\"to\":\"sip:102@pbx\"";

    private Kamailio() {
    }

    /** A netstring of a text. */
    static String netstring(final String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length + ":" + payload + ",";
    }

    /** An event of the call c1 from 101 to 102 with more fields: name, value, name, value. */
    static String event(final String event, final String... more) {
        final StringBuilder json = new StringBuilder("{\"event\":\"").append(event).append("\",").append(CALL);
        for (int i = 0; i < more.length; i += 2) {
            json.append(",\"").append(more[i]).append("\":\"").append(more[i + 1]).append('"');
        }
        return json.append('}').toString();
    }

    /** An HTTP post of a text. */
    static String post(final String body) {
        return "POST /pbx/event HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The facts of a stream in one piece. */
    static FactLog translate(final String stream) {
        return translate(new KamailioTranslator(SETTINGS), utf8(stream));
    }

    /** The facts of a stream in one piece. */
    static FactLog translate(final KamailioTranslator translator, final byte[] stream) {
        return FactLog.of(translator, stream, ARRIVAL_NS);
    }

    /** The facts of one event. */
    static FactLog facts(final String json) {
        return translate(netstring(json));
    }

    /** Captured streams: skipped when they are absent. */
    static List<Path> captures(final String pattern) {
        return CapturedStreams.of("kamailio", pattern, 5);
    }
}
