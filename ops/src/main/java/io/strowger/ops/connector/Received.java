package io.strowger.ops.connector;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes that came and nobody has had yet, in one piece of memory that is used again. One thread. */
final class Received {
    private static final int FIRST_CAPACITY = 16 * 1024;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private final UnsafeBuffer all = new UnsafeBuffer(bytes);
    private final UnsafeBuffer last = new UnsafeBuffer(bytes);
    private int length;

    /**
     * Puts what has come behind what is held.
     *
     * @return what has come, from 0 on; valid until the next call.
     */
    DirectBuffer add(final Buffer buffer) {
        final int wanted = length + buffer.length();
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            all.wrap(bytes);
        }
        buffer.getBytes(bytes, length);
        last.wrap(bytes, length, buffer.length());
        length = wanted;
        return last;
    }

    /** All that is held, from 0 on. */
    DirectBuffer all() {
        return all;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }
}
