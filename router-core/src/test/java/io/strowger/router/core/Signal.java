package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A signal under construction: a block of bytes and its var-data by index, as the schema orders them.
 */
final class Signal {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final int blockLength;
    private final String[] texts;

    Signal(final int templateId, final int blockLength, final int textCount) {
        this.blockLength = blockLength;
        this.texts = new String[textCount];
        putShort(0, blockLength);
        putShort(2, templateId);
        putShort(4, EventEncoder.SCHEMA_ID);
        putShort(6, EventEncoder.SCHEMA_VERSION);
        for (int i = SignalLayout.COMMON_BLOCK_LENGTH; i < blockLength; i++) {
            buffer.putByte(SignalLayout.HEADER_LENGTH + i, (byte)0);
        }
    }

    Signal from(final int source, final long sourceSequence, final long timeMs) {
        buffer.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, sourceSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(SignalLayout.SOURCE_TIME_OFFSET, timeMs * 1_000_000, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(SignalLayout.TENANT_OFFSET, 1, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    Signal tenant(final int tenant) {
        buffer.putInt(SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets a byte of the template's own part of the block. */
    Signal put(final int index, final int value) {
        buffer.putByte(SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH + index, (byte)value);
        return this;
    }

    Signal putShortAt(final int index, final int value) {
        putShort(SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH + index, value);
        return this;
    }

    Signal putIntAt(final int index, final int value) {
        buffer.putInt(SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH + index, value, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    Signal putLongAt(final int index, final long value) {
        buffer.putLong(SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH + index, value, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    Signal text(final int index, final String value) {
        texts[index] = value;
        return this;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Writes the var-data behind the block. */
    int length() {
        int at = SignalLayout.HEADER_LENGTH + blockLength;
        for (final String text : texts) {
            final byte[] bytes = null == text ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            putShort(at, bytes.length);
            buffer.putBytes(at + Short.BYTES, bytes);
            at += Short.BYTES + bytes.length;
        }
        return at;
    }

    private void putShort(final int index, final int value) {
        buffer.putShort(index, (short)value, ByteOrder.LITTLE_ENDIAN);
    }
}
