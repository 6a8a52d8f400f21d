package io.strowger.ops.console;

import java.util.Locale;

/**
 * A count with its word, in the right number: 1 file, 2 files, 1,500 records.
 */
public final class Counted {
    private Counted() {
    }

    /**
     * Counts what has a plain plural.
     *
     * @param count from 0.
     * @param one   the word for one of them.
     * @return the word with an s for any count but 1.
     */
    public static String of(final long count, final String one) {
        return of(count, one, one + "s");
    }

    /**
     * Counts what has another plural, or words behind it.
     *
     * @param count from 0.
     * @param one   the words for one of them.
     * @param many  the words for any other count.
     */
    public static String of(final long count, final String one, final String many) {
        return count + " " + (1 == count ? one : many);
    }

    /**
     * Counts much: thousands are set apart.
     *
     * @param count from 0.
     * @param one   the word for one of them.
     * @return the word with an s for any count but 1.
     */
    public static String grouped(final long count, final String one) {
        return String.format(Locale.ROOT, "%,d %s", count, 1 == count ? one : one + "s");
    }
}
