package io.strowger.codecs.kamailio;

import io.strowger.codecs.translate.AsciiText;

/**
 * Reads how long the contacts of a REGISTER are to be kept: each by its own parameter, else as the request's header says.
 *
 * <pre>
 *   &lt;sip:101@10.0.0.9:5062;ob&gt;;q=1;expires=0, "Desk, left" &lt;sip:101@10.0.0.8&gt;
 *                                 |-------| own             | the header's
 * </pre>
 *
 * <p>Stateless; any thread; allocates nothing.
 */
final class Contacts {
    private static final byte[] EXPIRES = AsciiText.bytes("expires=");

    private Contacts() {
    }

    /**
     * Whether none of the contacts is to be kept.
     *
     * @param expires as the header says, for a contact that does not say it itself.
     */
    static boolean areGone(final byte[] bytes, final int offset, final int length, final long expires) {
        final int end = offset + length;
        boolean isQuoted = false;
        boolean isAddress = false;
        long own = expires;
        int at = offset;
        while (at < end) {
            final byte value = bytes[at++];
            if (value == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted) {
                at += value == '\\' ? 1 : 0;
            } else if (value == '<' || value == '>') {
                isAddress = value == '<';
            } else if (value == ';' && !isAddress) {
                own = parameter(bytes, at, end, own);
            } else if (value == ',' && !isAddress) {
                if (own != 0) {
                    return false;
                }
                own = expires;
            }
        }
        return own == 0;
    }

    private static long parameter(final byte[] bytes, final int offset, final int end, final long absent) {
        int from = offset;
        while (from < end && bytes[from] == ' ') {
            from++;
        }
        if (!AsciiText.beginsIgnoringCase(bytes, from, end - from, EXPIRES)) {
            return absent;
        }
        from += EXPIRES.length;
        int to = from;
        while (to < end && AsciiText.isDigit(bytes[to])) {
            to++;
        }
        return AsciiText.number(bytes, from, to - from, absent);
    }
}
