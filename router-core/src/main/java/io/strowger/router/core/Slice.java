package io.strowger.router.core;

import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * Some bytes of a buffer, for as long as one input is folded.
 */
final class Slice {
    private DirectBuffer buffer;
    private int offset;
    private int length;

    void wrap(final DirectBuffer bytes, final int bytesOffset, final int bytesLength) {
        buffer = bytes;
        offset = bytesOffset;
        length = bytesLength;
    }

    void wrap(final Fact fact, final int index) {
        wrap(fact.buffer(), fact.textOffset(index), fact.textLength(index));
    }

    void wrap(final TextStore texts, final int handle) {
        wrap(texts.buffer(handle), texts.offset(handle), texts.length(handle));
    }

    void wrap(final Slice other) {
        wrap(other.buffer, other.offset, other.length);
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return 0 == length;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
