package io.strowger.persistence;

import java.nio.file.Path;

/**
 * What was on the disk of a journal for certain, in {@code journal.properties}: a journal that ends before the file begins has lost it,
 * though all that is left may be good, as when its newest file is empty or gone. A copy of a running journal ends anywhere behind that.
 *
 * @param file  name of the cycle file.
 * @param first sequence in it, from 1 on.
 * @param last  sequence in it that was on the disk when this was noted.
 */
record WrittenMark(String file, long first, long last) {
    private static final String SEPARATOR = ":";
    private static final int PARTS = 3;

    /**
     * Reads it.
     *
     * @param text of {@link #toString()}, or empty.
     * @return null for an empty text.
     * @throws IllegalArgumentException when it is none.
     */
    static WrittenMark parse(final String text) {
        if (text.isEmpty()) {
            return null;
        }
        final String[] parts = text.split(SEPARATOR, PARTS);
        final WrittenMark mark = PARTS == parts.length
            ? new WrittenMark(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])) : null;
        if (null == mark || mark.file.isEmpty() || mark.first < 1 || mark.last < mark.first) {
            throw new IllegalArgumentException("written=" + text);
        }
        return mark;
    }

    /**
     * Whether a journal has lost it.
     *
     * @param end last sequence of the journal.
     */
    boolean isLost(final long end) {
        return end < first;
    }

    /**
     * What is said of a journal that has lost it.
     */
    String lost() {
        return "it is gone, empty or cut: sequences " + first + " to " + last + " of it were on the disk";
    }

    boolean isOf(final Path cycleFile) {
        return file.equals(cycleFile.getFileName().toString());
    }

    @Override
    public String toString() {
        return file + SEPARATOR + first + SEPARATOR + last;
    }
}
