package io.strowger.router.core;

import org.agrona.DirectBuffer;

/**
 * What is known of one action. Filled by {@link Core#action}; its texts are good until the next input is folded. Core thread only.
 */
public final class ActionView {
    private final Slice nativeId = new Slice();
    private final Slice text = new Slice();
    private long sequence;
    private long endSequence;
    private int kind;
    private int status;
    private int source;

    /** A view of nothing yet. */
    public ActionView() {
    }

    /** Sequence of the record that asked for it. */
    public long sequence() {
        return sequence;
    }

    /** Sequence of the record that holds its result, 0 while it has none. */
    public long endSequence() {
        return endSequence;
    }

    /** Which action, a code of {@link io.strowger.codecs.sbe.ActionKind}. */
    public int kind() {
        return kind;
    }

    /** How it stands, a code of {@link io.strowger.codecs.sbe.ActionStatus}. */
    public int status() {
        return status;
    }

    /** Number of the source that carries it out, 0 when it never had one. */
    public int source() {
        return source;
    }

    /** Holds the words of its result; of length 0 while it has none. */
    public DirectBuffer text() {
        return text.buffer();
    }

    /** Where the words begin. */
    public int textOffset() {
        return text.offset();
    }

    /** Length of the words in bytes, 0 to 256. */
    public int textLength() {
        return text.length();
    }

    /** Holds the native id that its result names, or else the one it was asked for. */
    public DirectBuffer nativeId() {
        return nativeId.buffer();
    }

    /** Where the native id begins. */
    public int nativeIdOffset() {
        return nativeId.offset();
    }

    /** Length of the native id in bytes, 0 for none. */
    public int nativeIdLength() {
        return nativeId.length();
    }

    ActionView set(final long asked, final long ended, final int itsKind, final int itsStatus, final int itsSource) {
        sequence = asked;
        endSequence = ended;
        kind = itsKind;
        status = itsStatus;
        source = itsSource;
        return this;
    }

    Slice nativeIdSlice() {
        return nativeId;
    }

    Slice textSlice() {
        return text;
    }
}
