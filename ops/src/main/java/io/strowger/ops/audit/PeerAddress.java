package io.strowger.ops.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of peers for people.
 */
public final class PeerAddress {
    /** The longest run of zeros, the first of two. */
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)(0(?::0)+)(?:$|:)");

    private PeerAddress() {
    }

    /**
     * The short form of RFC 5952: {@code 0:0:0:0:0:0:0:1} is {@code ::1}.
     *
     * @param address as Java writes it; anything else stays as it is.
     * @return null for null.
     */
    public static String shortened(final String address) {
        if (null == address || address.indexOf(':') < 0) {
            return address;
        }
        final Matcher zeros = ZEROS.matcher(address);
        int start = 0;
        int end = 0;
        while (zeros.find()) {
            if (zeros.end(1) - zeros.start(1) > end - start) {
                start = zeros.start(1);
                end = zeros.end(1);
            }
        }
        if (0 == end) {
            return address;
        }
        final String before = address.substring(0, Math.max(0, start - 1));
        return before + "::" + address.substring(Math.min(address.length(), end + 1));
    }
}
