package io.strowger.ops.console;

import java.util.regex.Pattern;

/**
 * Text from outside, fit for a terminal: nothing of it may steer that, break the line, or turn the order of what stands there.
 */
public final class Printable {
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {
    }

    /**
     * Shows that something stands there, and nothing more of it: each such character is U+FFFD.
     *
     * @param text from anybody.
     */
    public static String of(final String text) {
        return STEERING.matcher(text).replaceAll("\uFFFD");
    }
}
