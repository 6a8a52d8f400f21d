package io.strowger.persistence.cycle;

/**
 * The word in front of every frame of a cycle file.
 */
public final class Frame {
    /** Nothing committed at this place. */
    public static final int NOTHING = 0;

    /** The end of a cycle. */
    public static final int END = 0xC0000000;

    /** What follows the end of a cycle, as one little-endian number: a field name of three letters, "EOF". */
    public static final int END_TEXT = 0x464F45C3;

    /** Length of the word. */
    public static final int WORD_LENGTH = 4;

    private static final int KIND_SHIFT = 30;
    private static final int LENGTH_MASK = (1 << KIND_SHIFT) - 1;

    private Frame() {
    }

    /**
     * Whether a block of ours follows.
     */
    public static boolean isBlock(final int word) {
        return word > 0 && 0 == word >>> KIND_SHIFT;
    }

    /**
     * Whether something of Chronicle's own follows.
     */
    public static boolean isMeta(final int word) {
        return 1 == word >>> KIND_SHIFT;
    }

    /**
     * Length of what follows the word, without padding.
     */
    public static int length(final int word) {
        return word & LENGTH_MASK;
    }

    /**
     * Where the next frame begins.
     *
     * @param position of a frame's word.
     * @param word     of that frame.
     */
    public static long next(final long position, final int word) {
        return (position + WORD_LENGTH + length(word) + 3) & ~3L;
    }
}
