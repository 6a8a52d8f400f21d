package io.strowger.router.source;

/**
 * What a credential lets a source be. Nothing a source says changes it.
 *
 * @param name      of the source, 1 to 160 bytes in UTF-8.
 * @param tenant    that all its signals belong to.
 * @param coveredBy name of the source that speaks for its user while that one is up and not stale, or null.
 * @param window    most signals that may be under way: sent, and not yet in the journal; 16 to 65,536.
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
        if (null == name || name.isEmpty()) {
            throw new IllegalArgumentException("a source needs a name");
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
