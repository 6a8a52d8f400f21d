package io.strowger.codecs.actionurl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests for the tests.
 */
final class ActionUrl {
    /** Arrival time of all bytes of a test, in nanoseconds. */
    static final long ARRIVAL_NS = 1_795_624_150_682_276_000L;

    private ActionUrl() {
    }

    /** Settings of user 101 at the device desk. */
    static ActionUrlSettings settings(final ActionUrlTemplate template) {
        return ActionUrlSettings.of(3, 7, "101", "desk", template);
    }

    /** A request for a target. */
    static String get(final String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: router\r\nAuthorization: Basic c2VjcmV0\r\n\r\n";
    }

    /** A post of XML within Polycom's root. */
    static String polycom(final String xml) {
        final String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PolycomIPPhone>\n" + xml + "\n</PolycomIPPhone>\n";
        return "POST /polycom HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** The facts of requests to a generic device. */
    static FactLog generic(final String... requests) {
        return translate(new ActionUrlTranslator(settings(ActionUrlTemplate.GENERIC_PHONE)), requests);
    }

    /** The facts of requests, each on a connection of its own. */
    static FactLog translate(final ActionUrlTranslator translator, final String... requests) {
        final FactLog log = new FactLog();
        for (int i = 0; i < requests.length; i++) {
            final byte[] bytes = requests[i].getBytes(StandardCharsets.UTF_8);
            translator.connected(i);
            assertEquals(bytes.length, translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, ARRIVAL_NS, log));
            translator.disconnected();
        }
        return log;
    }
}
