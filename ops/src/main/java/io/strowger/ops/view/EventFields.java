package io.strowger.ops.view;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A flyweight over an {@code Event} message that finds each text without reading those before it again. One thread.
 */
public final class EventFields {
    /** The source's own id of the session. */
    public static final int NATIVE_ID = 0;

    /** The source's own id of the call. */
    public static final int CALL_ID = 1;

    /** Our side. */
    public static final int LOCAL_USER = 2;

    /** The other side. */
    public static final int REMOTE_PARTY = 3;

    /** What the other side is called. */
    public static final int REMOTE_NAME = 4;

    /** The group or queue. */
    public static final int GROUP = 5;

    /** The name of the source. */
    public static final int SOURCE_NAME = 6;

    /** Who did it: transferred, parked. */
    public static final int BY = 7;

    /** Where from. */
    public static final int FROM = 8;

    /** Where to. */
    public static final int TO = 9;

    /** Where a stored thing is. */
    public static final int REFERENCE = 10;

    /** Anything else the source said. */
    public static final int TEXT = 11;

    private static final int TEXTS = 12;

    private final EventDecoder event = new EventDecoder();
    private final int[] offsets = new int[TEXTS];
    private final int[] lengths = new int[TEXTS];
    private DirectBuffer buffer;

    /**
     * Looks at an event.
     *
     * @param bytes  that hold it.
     * @param offset of its SBE header.
     */
    public void wrap(final DirectBuffer bytes, final int offset) {
        buffer = bytes;
        event.wrap(bytes, offset + SignalLayout.HEADER_LENGTH,
            SignalLayout.blockLength(bytes, offset), SignalLayout.version(bytes, offset));
        int at = SignalLayout.varDataOffset(bytes, offset);
        for (int i = 0; i < TEXTS; i++) {
            lengths[i] = SignalLayout.textLength(bytes, at);
            offsets[i] = at + Short.BYTES;
            at = offsets[i] + lengths[i];
        }
    }

    /** The fixed fields. */
    public EventDecoder fixed() {
        return event;
    }

    /**
     * Reads a text.
     *
     * @param field {@link #NATIVE_ID} to {@link #TEXT}.
     * @return empty when the event has none.
     */
    public String text(final int field) {
        return 0 == lengths[field] ? "" : new String(bytes(field), StandardCharsets.UTF_8);
    }

    /**
     * Compares a text with bytes.
     */
    public boolean is(final int field, final byte[] wanted) {
        return lengths[field] == wanted.length && Arrays.equals(bytes(field), wanted);
    }

    private byte[] bytes(final int field) {
        final byte[] copy = new byte[lengths[field]];
        buffer.getBytes(offsets[field], copy);
        return copy;
    }
}
