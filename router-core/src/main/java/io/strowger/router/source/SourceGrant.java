package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import java.nio.charset.StandardCharsets;

/**
 * What a credential lets a source be. Nothing a source says changes it.
 *
 * @param name      of the source, 1 to 160 bytes in UTF-8.
 * @param tenant    that all its signals belong to.
 * @param coveredBy name of the source that speaks for its user while that one is up and not stale, or null.
 * @param window    most signals that may be sent and not yet taken into the router; 16 to 65,536.
 */
public record SourceGrant(String name, int tenant, String coveredBy, int window) {
    /** Window where nothing else is said. */
    public static final int WINDOW_DEFAULT = 1024;

    private static final int SMALLEST_WINDOW = 16;
    private static final int GREATEST_WINDOW = 1 << 16;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public SourceGrant {
        final int length = null == name ? 0 : name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            throw new IllegalArgumentException(
                "the name of a source is 1 to " + SignalLayout.MAX_NATIVE_ID_LENGTH + " bytes long: " + name);
        }
        if (window < SMALLEST_WINDOW || window > GREATEST_WINDOW) {
            throw new IllegalArgumentException("window is out of its range: " + window);
        }
    }

    /** A source that nobody covers, with the usual window. */
    public static SourceGrant of(final String name, final int tenant) {
        return new SourceGrant(name, tenant, null, WINDOW_DEFAULT);
    }
}
