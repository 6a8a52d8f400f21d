package io.strowger.codecs.actionurl;

import io.strowger.codecs.translate.AsciiText;
import java.util.Map;

/**
 * Finds what a word stands for, without regard to case and to what separates its parts: {@code call_id}, {@code Call-ID} and
 * {@code callid} are one word. Immutable; any thread; allocates nothing to find one.
 *
 * @param <T> of what words stand for.
 */
final class WordTable<T> {
    private final byte[][] words;
    private final Object[] meanings;

    /**
     * A table of words.
     *
     * @param words with what they stand for.
     */
    WordTable(final Map<String, T> words) {
        this.words = new byte[words.size()][];
        this.meanings = new Object[words.size()];
        int i = 0;
        for (final Map.Entry<String, T> word : words.entrySet()) {
            this.words[i] = AsciiText.bytes(word.getKey().replaceAll("[^A-Za-z0-9]", ""));
            for (int j = 0; j < this.words[i].length; j++) {
                this.words[i][j] = AsciiText.lower(this.words[i][j]);
            }
            meanings[i++] = word.getValue();
        }
    }

    /** What the word stands for, or null. */
    @SuppressWarnings("unchecked")
    T find(final byte[] bytes, final int offset, final int length) {
        for (int i = 0; i < words.length; i++) {
            if (is(words[i], bytes, offset, length)) {
                return (T)meanings[i];
            }
        }
        return null;
    }

    private static boolean is(final byte[] word, final byte[] bytes, final int offset, final int length) {
        int matched = 0;
        for (int i = offset; i < offset + length; i++) {
            final byte value = AsciiText.lower(bytes[i]);
            if (AsciiText.isDigit(value) || (value >= 'a' && value <= 'z')) {
                if (matched == word.length || word[matched] != value) {
                    return false;
                }
                matched++;
            } else if (value < 0) {
                return false;
            }
        }
        return matched == word.length && matched > 0;
    }
}
