package io.strowger.codecs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class HttpRequestFramerTest {
    /** A request as it was made, with how its body is sent: 0 by its length, else in chunks of so many bytes. */
    record Made(String method, String target, String body, int chunk) {
        String text() {
            final StringBuilder text = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nX: y: z\r\n");
            if (chunk == 0) {
                return text.append("content-LENGTH:  ").append(body.length()).append(" \r\n\r\n").append(body).toString();
            }
            text.append("Transfer-Encoding: Chunked\r\n\r\n");
            for (int i = 0; i < body.length(); i += chunk) {
                final int length = Math.min(chunk, body.length() - i);
                text.append(Integer.toHexString(length)).append("\r\n").append(body, i, i + length).append("\r\n");
            }
            return text.append("0\r\n\r\n").toString();
        }

        String shown() {
            return method + "|" + target + "|" + body;
        }
    }

    @Property(tries = 500)
    void shouldFindEveryRequestInAnyPieces(
        @ForAll("requests") @Size(max = 6) final List<Made> requests, @ForAll @IntRange(min = 1, max = 60) final int piece) {
        final StringBuilder stream = new StringBuilder();
        requests.forEach(request -> stream.append(request.text()));
        assertEquals(requests.stream().map(Made::shown).toList(), frame(new HttpRequestFramer(1000), stream.toString(), piece));
    }

    @Property(tries = 500)
    void shouldTakeAnyBytes(@ForAll final byte[] bytes, @ForAll @IntRange(min = 1, max = 60) final int piece) {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertEquals(frame(new HttpRequestFramer(10), text, text.length() + 1), frame(new HttpRequestFramer(10), text, piece));
    }

    @Test
    void shouldShowNoHeaderOfARequest() {
        final HttpRequestFramer framer = new HttpRequestFramer(100);
        final byte[] bytes = "GET /a b?c HTTP/1.1\r\nAuthorization: secret\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(bytes.length, framer.frame(new UnsafeBuffer(bytes), 0, bytes.length));
        assertEquals("GET /a b?c", new String(framer.request().bytes(), 0, framer.request().shownLength(), StandardCharsets.US_ASCII));
        assertFalse(framer.isUnfinished());
    }

    @Test
    void shouldCutABodyThatIsTooLongAndFindTheNextRequest() {
        final HttpRequestFramer framer = new HttpRequestFramer(4);
        final String stream = new Made("POST", "/", "abcdefgh", 0).text() + new Made("POST", "/", "abcdefgh", 3).text()
            + new Made("GET", "/", "", 0).text();
        assertEquals(List.of("POST|/|abcd!", "POST|/|abcd!", "GET|/|"), frame(framer, stream, 7));
    }

    @Test
    void shouldLoseTheStreamWhereALengthIsInDoubtUntilItBeginsAgain() {
        final HttpRequestFramer framer = new HttpRequestFramer(100);
        final String good = new Made("GET", "/", "", 0).text();
        for (final String bad : List.of("x y\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(300) + "\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "T: x\r\n".repeat(2000),
            "POST / HTTP/1.1\r\nContent-Length: 9999999999999999\r\n\r\n", "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000))) {
            assertEquals(List.of("GET|/|", "malformed"), frame(framer, good + bad + good, 1_000));
            framer.reset();
        }
        assertEquals(List.of("GET|/|"), frame(framer, good, 1));
        assertTrue(frame(framer, "GET /", 1).isEmpty());
        assertTrue(framer.isUnfinished());
    }

    private static List<String> frame(final HttpRequestFramer framer, final String stream, final int piece) {
        final byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final List<String> found = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            final int taken = framer.frame(buffer, at, Math.min(piece, bytes.length - at));
            assertTrue(taken > 0);
            at += taken;
            if (framer.isReady()) {
                found.add(shown(framer.request()));
            }
        }
        return found;
    }

    private static String shown(final HttpRequest request) {
        final String text = new String(request.bytes(), 0, request.length(), StandardCharsets.ISO_8859_1);
        return request.isMalformed() ? "malformed" : text.substring(0, request.methodLength()) + "|"
            + text.substring(request.targetOffset(), request.targetOffset() + request.targetLength()) + "|"
            + text.substring(request.bodyOffset(), request.bodyOffset() + request.bodyLength()) + (request.isTooLarge() ? "!" : "");
    }

    @Provide
    Arbitrary<List<Made>> requests() {
        return Combinators.combine(
            Arbitraries.of("GET", "POST", "PUT"),
            Arbitraries.strings().withCharRange('!', '~').withChars(' ', 'é').ofMinLength(1).ofMaxLength(40).map(text -> "/" + text + "x"),
            Arbitraries.strings().withCharRange('\u0000', 'ÿ').ofMaxLength(100), Arbitraries.integers().between(0, 40))
            .as(Made::new).list();
    }
}
