package io.strowger.ops.connector.talk;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Finds the frames of an event socket stream: headers, an empty line, and as many bytes as they say. Of a body it keeps the beginning only.
 *
 * <p>One thread.
 */
final class EslFrames {
    private static final int MOST_HEADERS = 256;
    private static final int LONGEST_LINE = 1024;
    private static final int BODY_KEPT = 64;
    private static final int MOST_DIGITS = 9;

    private final Consumer consumer;
    private final byte[] line = new byte[LONGEST_LINE];
    private final byte[] body = new byte[BODY_KEPT];
    private final Map<String, String> headers = new HashMap<>();
    private int lineLength;
    private int bodyLength;
    /** Bytes of the body that are still to come; in headers 0. */
    private int left;

    /** At the start of a frame. */
    EslFrames(final Consumer consumer) {
        this.consumer = consumer;
    }

    /** Looks at the next bytes. */
    void onBytes(final DirectBuffer bytes, final int length) {
        int at = 0;
        while (at < length) {
            if (left > 0) {
                at += takeBody(bytes, at, length);
            } else {
                takeHeader(bytes.getByte(at));
                at++;
            }
        }
    }

    private int takeBody(final DirectBuffer bytes, final int at, final int length) {
        final int taken = Math.min(left, length - at);
        final int kept = Math.min(taken, BODY_KEPT - bodyLength);
        bytes.getBytes(at, body, bodyLength, kept);
        bodyLength += kept;
        left -= taken;
        if (0 == left) {
            tell();
        }
        return taken;
    }

    private void takeHeader(final byte value) {
        if (value != '\n') {
            if (lineLength < LONGEST_LINE) {
                line[lineLength] = value;
                lineLength++;
            }
            return;
        }
        final String text = new String(line, 0, lineLength, StandardCharsets.UTF_8).strip();
        lineLength = 0;
        if (!text.isEmpty() && headers.size() >= MOST_HEADERS) {
            // no frame has so many: what is behind them is not kept
            return;
        }
        if (!text.isEmpty()) {
            final int colon = text.indexOf(':');
            if (colon > 0) {
                headers.put(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1).strip());
            } else {
                headers.put(text, "");
            }
        } else if (!headers.isEmpty()) {
            left = length(headers.getOrDefault("content-length", "0"));
            if (0 == left) {
                tell();
            }
        }
    }

    private static int length(final String digits) {
        final boolean isNumber = !digits.isEmpty() && digits.length() <= MOST_DIGITS && digits.chars().allMatch(Character::isDigit);
        return isNumber ? Integer.parseInt(digits) : 0;
    }

    private void tell() {
        final Map<String, String> frame = Map.copyOf(headers);
        final String text = new String(body, 0, bodyLength, StandardCharsets.UTF_8);
        headers.clear();
        bodyLength = 0;
        consumer.onFrame(frame, text);
    }

    /** Takes the frames. */
    @FunctionalInterface
    interface Consumer {
        /**
         * A frame is complete.
         *
         * @param headers by their names in small letters.
         * @param body    its beginning.
         */
        void onFrame(Map<String, String> headers, String body);
    }
}
