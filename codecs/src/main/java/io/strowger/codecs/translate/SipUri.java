package io.strowger.codecs.translate;

/**
 * Finds the name or number in what a SIP program writes for a party.
 *
 * <pre>
 *   102    sip:102@host:5060;user=phone    "Bob" &lt;sip:102@host&gt;    tel:+49301234;ext=1    sip:102:secret@host    sip:host
 * </pre>
 *
 * <p>Stateless; any thread; allocates nothing.
 */
public final class SipUri {
    private static final byte[] SIP = AsciiText.bytes("sip:");
    private static final byte[] SIPS = AsciiText.bytes("sips:");
    private static final byte[] TEL = AsciiText.bytes("tel:");

    private SipUri() {
    }

    /**
     * The user part, or the host where there is no user.
     *
     * @return {@code offset << 32 | length}; length 0 when there is neither.
     */
    public static long party(final byte[] bytes, final int offset, final int length) {
        int from = offset;
        int end = offset + length;
        final int open = lastOpen(bytes, offset, end);
        if (open >= 0) {
            from = open + 1;
            final int close = find(bytes, from, end, (byte)'>');
            end = close < 0 ? end : close;
        }
        from += scheme(bytes, from, end - from);
        final int at = find(bytes, from, end, (byte)'@');
        int to = from;
        final int limit = at < 0 ? end : at;
        while (to < limit && bytes[to] != ';' && bytes[to] != ':' && bytes[to] != '?') {
            to++;
        }
        return ((long)from << Integer.SIZE) | (to - from);
    }

    /** The angle bracket that opens the address; one in a quoted name does not count. */
    private static int lastOpen(final byte[] bytes, final int from, final int end) {
        boolean isQuoted = false;
        int open = -1;
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                isQuoted = !isQuoted;
            } else if (bytes[i] == '<' && !isQuoted) {
                open = i;
            }
        }
        return open;
    }

    private static int scheme(final byte[] bytes, final int offset, final int length) {
        if (AsciiText.beginsIgnoringCase(bytes, offset, length, SIP)) {
            return SIP.length;
        }
        if (AsciiText.beginsIgnoringCase(bytes, offset, length, SIPS)) {
            return SIPS.length;
        }
        return AsciiText.beginsIgnoringCase(bytes, offset, length, TEL) ? TEL.length : 0;
    }

    private static int find(final byte[] bytes, final int from, final int end, final byte value) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }
}
