package io.strowger.persistence;

/**
 * How far a journal was on the disk for certain, in {@code journal.properties}: a journal that ends before that has lost something, though
 * all that is left of it may be good, as when its newest file is empty or gone.
 *
 * @param file     name of the cycle file that was the newest.
 * @param sequence last one on the disk, from 1 on.
 */
record WrittenMark(String file, long sequence) {
    private static final char SEPARATOR = ':';

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
        final int separator = text.lastIndexOf(SEPARATOR);
        final long sequence = separator < 1 ? 0 : Long.parseLong(text.substring(separator + 1));
        if (sequence < 1) {
            throw new IllegalArgumentException("written=" + text);
        }
        return new WrittenMark(text.substring(0, separator), sequence);
    }

    /**
     * What is said of a journal that does not get so far.
     */
    String lost() {
        return "it is gone, empty or cut: it was on the disk up to sequence " + sequence;
    }

    @Override
    public String toString() {
        return file + SEPARATOR + sequence;
    }
}
