package io.strowger.codecs.ami;

import io.strowger.codecs.translate.AsciiText;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Finds where the block that begins at an address ends. Goes on where it stopped when there are more bytes.
 *
 * <pre>
 *   Event: Hangup CR LF Cause: 16 CR LF CR LF | Event: ...      an empty line ends a block
 *   Event: Hangup CR LF Cause: 16 CR LF LF    | Event: ...      so does a lone LF right behind a CRLF
 *   CR LF | LF | Event: ...                                     empty lines before a block are blocks of no content
 *   Asterisk Call Manager/9.0.0 CR LF | Response: ...           the banner is one line
 *   Response: Success CR LF Message: x CR LF | Event: ...       a plain response whose end is missing (below)
 *   Response: Follows CR LF ... --END COMMAND-- CR LF CR LF |   empty lines inside are body
 *   No queues have been created. CR LF CR LF |                  text: any other first line
 * </pre>
 *
 * <p>A bare LF inside a block is part of a value. A missing end is only taken for certain when a line {@code Event:} or {@code Response:}
 * comes while the block has a {@code Response} and no key but Response, ActionID, Message and Events: what those hold is the server's own
 * text or the asker's, never a caller's. Inside an event such a line is always a field (a UserEvent may carry one).
 *
 * <p>Reads raw memory within the bounds it is given; allocates nothing.
 */
final class AmiBoundary {
    /** What a block is, by its first bytes. */
    enum Kind { UNDECIDED, EVENT, RESPONSE, FOLLOWS, BANNER, TEXT, BLANK }

    /** Returned by {@link #find} when the end is not among the bytes. */
    static final int NEED_MORE = 0;

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long CRS = ONES * CR;
    private static final long LFS = ONES * LF;
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;
    /** A word shows seven pairs of neighbours; the eighth byte begins the next word. */
    private static final int PAIRS = Long.BYTES - 1;

    private static final byte[] EVENT = AsciiText.bytes("event:");
    private static final byte[] RESPONSE = AsciiText.bytes("response:");
    private static final byte[] ACTION_ID = AsciiText.bytes("actionid:");
    private static final byte[] MESSAGE = AsciiText.bytes("message:");
    private static final byte[] EVENTS = AsciiText.bytes("events:");
    private static final byte[] FOLLOWS = AsciiText.bytes("response: follows");
    private static final byte[] BANNER = AsciiText.bytes("asterisk call manager");
    private static final byte[] END_COMMAND = AsciiText.bytes("--end command--");

    private final boolean bare;
    private byte[] array;
    private long address;
    private int available;
    private Kind kind = Kind.UNDECIDED;
    /** Where the search goes on; for a response the first byte of the line not yet seen. */
    private int resume;
    /** How far a line end has been looked for in vain. */
    private int looked;
    private boolean hasResponse;
    private boolean isPlain;

    /**
     * A search from the first byte of a block.
     *
     * @param bareLineFeedEndsLine whether an LF without a CR ends a line.
     */
    AmiBoundary(final boolean bareLineFeedEndsLine) {
        bare = bareLineFeedEndsLine;
        reset();
    }

    /**
     * Forgets the block: the next search begins with another one.
     */
    void reset() {
        kind = Kind.UNDECIDED;
        resume = 0;
        looked = 0;
        hasResponse = false;
        isPlain = true;
    }

    /**
     * What the block is, as far as its bytes tell.
     */
    Kind kind() {
        return kind;
    }

    /**
     * Looks for the end of the block.
     *
     * @param bytes  holds the block from its first byte.
     * @param offset of that first byte.
     * @param length of what there is of it and behind it, in bytes.
     * @return length of the block, or {@link #NEED_MORE}.
     */
    int find(final DirectBuffer bytes, final int offset, final int length) {
        bytes.boundsCheck(offset, length);
        array = bytes.byteArray();
        address = bytes.addressOffset() + offset;
        available = length;
        if (kind == Kind.UNDECIDED) {
            kind = decide();
        }
        return switch (kind) {
            case BLANK -> at(0) == LF ? 1 : 2;
            case EVENT, TEXT -> emptyLine();
            case BANNER -> Math.max(lineEnd(0), NEED_MORE);
            case RESPONSE -> response();
            case FOLLOWS -> follows();
            case UNDECIDED -> NEED_MORE;
        };
    }

    private Kind decide() {
        if (available == 0) {
            return Kind.UNDECIDED;
        }
        if (at(0) == LF) {
            return Kind.BLANK;
        }
        if (at(0) == CR) {
            return available < 2 ? Kind.UNDECIDED : at(1) == LF ? Kind.BLANK : Kind.TEXT;
        }
        if (begins(0, EVENT)) {
            return available < EVENT.length ? Kind.UNDECIDED : Kind.EVENT;
        }
        if (begins(0, RESPONSE)) {
            return available < RESPONSE.length ? Kind.UNDECIDED : Kind.RESPONSE;
        }
        if (begins(0, ACTION_ID)) {
            return available < ACTION_ID.length ? Kind.UNDECIDED : Kind.RESPONSE;
        }
        if (begins(0, BANNER)) {
            return available < BANNER.length ? Kind.UNDECIDED : Kind.BANNER;
        }
        return Kind.TEXT;
    }

    /** Length of the block up to and with the empty line that ends it. */
    private int emptyLine() {
        int from = resume;
        while (from + Long.BYTES <= available) {
            final long word = word(from);
            final long feeds = matches(word ^ LFS);
            final long pairs = feeds & ((matches(word ^ CRS) | feeds) >>> Byte.SIZE);
            if (pairs == 0) {
                from += PAIRS;
                continue;
            }
            final int feed = from + (Long.numberOfTrailingZeros(pairs) >>> 3);
            final int end = endBehind(feed);
            if (end != NEED_MORE) {
                return end;
            }
            if (feed + 2 >= available) {
                resume = feed;
                return NEED_MORE;
            }
            from = feed + 1;
        }
        for (; from < available; from++) {
            final int end = at(from) == LF ? endBehind(from) : NEED_MORE;
            if (end != NEED_MORE) {
                return end;
            }
        }
        resume = Math.max(resume, available - 2);
        return NEED_MORE;
    }

    /** Where the block ends when the LF ends its last line: behind the empty line that follows, if it is there. */
    private int endBehind(final int feed) {
        final int next = feed + 1;
        if (next >= available || at(feed) != LF || !endsLine(feed)) {
            return NEED_MORE;
        }
        if (at(next) == LF) {
            return next + 1;
        }
        return at(next) == CR && next + 1 < available && at(next + 1) == LF ? next + 2 : NEED_MORE;
    }

    private int response() {
        while (true) {
            final int end = lineEnd(resume);
            if (end < 0) {
                return NEED_MORE;
            }
            if (isEmpty(resume)) {
                return end;
            }
            final boolean startsBlock = begins(resume, EVENT) || begins(resume, RESPONSE);
            if (startsBlock && hasResponse && isPlain) {
                return resume;
            }
            if (begins(resume, FOLLOWS) && isPlain && !hasResponse && isLineOf(FOLLOWS, end)) {
                kind = Kind.FOLLOWS;
                resume = end - 1;
                return follows();
            }
            hasResponse |= begins(resume, RESPONSE);
            isPlain &= begins(resume, RESPONSE) || begins(resume, ACTION_ID) || begins(resume, MESSAGE) || begins(resume, EVENTS);
            resume = end;
        }
    }

    private boolean isLineOf(final byte[] text, final int end) {
        final int behind = resume + text.length;
        return behind + 1 == end || (at(behind) == CR && behind + 2 == end);
    }

    private int follows() {
        while (true) {
            final int end = emptyLine();
            if (end == NEED_MORE) {
                return NEED_MORE;
            }
            int mark = end - 1;
            while (at(mark) == LF || at(mark) == CR) {
                mark--;
            }
            mark -= END_COMMAND.length - 1;
            if (mark >= 0 && begins(mark, END_COMMAND)) {
                return end;
            }
            resume = end - 1;
        }
    }

    /** Index behind the line end of the line that begins at the offset, or -1. */
    private int lineEnd(final int from) {
        for (int i = Math.max(from, looked); i < available; i++) {
            if (at(i) == LF && (endsLine(i) || i == from)) {
                return i + 1;
            }
        }
        looked = available;
        return -1;
    }

    private boolean isEmpty(final int from) {
        return at(from) == LF || (at(from) == CR && at(from + 1) == LF);
    }

    private boolean endsLine(final int feed) {
        return bare || (feed > 0 && at(feed - 1) == CR);
    }

    /** Whether what is there from the offset agrees with the text, without regard to case; a part of it may be all there is. */
    private boolean begins(final int from, final byte[] lowerCase) {
        final int length = Math.min(lowerCase.length, available - from);
        for (int i = 0; i < length; i++) {
            if (AmiText.lower(at(from + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private byte at(final int index) {
        return UnsafeApi.getByte(array, address + index);
    }

    private long word(final int index) {
        final long word = UnsafeApi.getLong(array, address + index);
        return SWAP ? Long.reverseBytes(word) : word;
    }

    /** The high bit of every byte that is zero, and perhaps of some behind the first such. */
    private static long matches(final long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
