package io.strowger.ops.receiver.way;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What a request can be answered with. Any thread. */
public enum Answer {
    /** It is in the journal, or carries nothing. */
    OK(200, "OK", "", ""),
    /** It can't be read. */
    BAD(400, "Bad Request", "", "can't be read"),
    /** Nobody is known by what it shows. */
    UNAUTHORIZED(401, "Unauthorized", "WWW-Authenticate: Basic realm=\"strowger\", charset=\"UTF-8\"\r\n", "who is this?"),
    /** It names no user of the fleet. */
    FORBIDDEN(403, "Forbidden", "", "user= must name a user of this source"),
    /** It only asks. */
    METHOD(405, "Method Not Allowed", "Allow: GET, POST\r\n", "GET or POST"),
    /** It does not come to its end. */
    SLOW(408, "Request Timeout", "", "too slow"),
    /** Its body is too long. */
    TOO_LARGE(413, "Content Too Large", "", "too long"),
    /** Its target is too long. */
    LONG_TARGET(414, "URI Too Long", "", "too long"),
    /** The router has refused what it tells: again it would be refused again. */
    REFUSED(422, "Unprocessable Content", "", "the router refuses it"),
    /** Too many wrong tokens came from its address. */
    FLOOD(429, "Too Many Requests", "Retry-After: 1\r\n", "too many wrong tokens from this address: wait"),
    /** Its fleet has as many phones as it may have. */
    TOO_MANY(503, "Service Unavailable", "Retry-After: 60\r\n", "this source has as many phones as it may have"),
    /** No room, or not known in time whether the journal has it. */
    UNAVAILABLE(503, "Service Unavailable", "Retry-After: 1\r\n", "not taken for sure");

    private final int status;
    private final String open;
    private final String last;

    Answer(final int status, final String reason, final String headers, final String text) {
        this.status = status;
        final String body = text.isEmpty() ? "" : text + '\n';
        final String head = "HTTP/1.1 " + status + ' ' + reason + "\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\n" + headers
            + "Content-Length: " + body.length() + "\r\nConnection: ";
        open = head + "keep-alive\r\n\r\n" + body;
        last = head + "close\r\n\r\n" + body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * Its bytes, as they go over the connection.
     *
     * @param isLast the connection ends behind it.
     */
    public Buffer bytes(final boolean isLast) {
        return Buffer.buffer((isLast ? last : open).getBytes(StandardCharsets.US_ASCII));
    }
}
