package io.strowger.codecs.ami;

import io.strowger.codecs.translate.NameTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * One block with its fields as offsets into its bytes.
 *
 * <pre>
 *   E v e n t : _ H a n g u p CR LF C a u s e : _ 1 6 CR LF CR LF
 *   ^keyOffset    ^valueOffset      ^keyOffset    ^valueOffset
 *   |keyLength|   |valueLength|     |keyLength|   |vL|
 * </pre>
 *
 * <p>A line ends with CRLF; a bare LF or CR belongs to the value, else a value could forge a field (with
 * {@link AmiSettings#bareLineFeedEndsLine()} an LF ends it). One space behind the colon is no part of the value. A line without a colon has
 * an empty key. Repeated keys keep their order; {@link #find} gives the first, so that what a value adds behind it changes nothing.
 *
 * <p>The bytes are this block's own copy. Nothing is allocated once the longest block has been met.
 */
final class AmiBlock {
    /** Most fields of a block; further ones are not read and {@link #isCut} says so. */
    static final int MAX_FIELDS = 1024;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long COLONS = ONES * ':';
    private static final int FIRST_CAPACITY = 4096;

    private final byte lineMark;
    private final long lineMarks;
    private byte[] bytes = new byte[FIRST_CAPACITY + NameTable.PADDING];
    private int length;
    private final int[] keyOffsets = new int[MAX_FIELDS];
    private final int[] keyLengths = new int[MAX_FIELDS];
    private final int[] valueOffsets = new int[MAX_FIELDS];
    private final int[] valueLengths = new int[MAX_FIELDS];
    private int count;
    private boolean cut;
    /** For each key the generation of the block that has it, and the field where it stands first. */
    private final int[] generations = new int[AmiKey.COUNT_OF_KEYS];
    private final int[] firsts = new int[AmiKey.COUNT_OF_KEYS];
    private int generation;

    /**
     * An empty block.
     *
     * @param bareLineFeedEndsLine whether an LF without a CR ends a line.
     */
    AmiBlock(final boolean bareLineFeedEndsLine) {
        lineMark = (byte)(bareLineFeedEndsLine ? '\n' : '\r');
        lineMarks = ONES * lineMark;
    }

    /**
     * Copies a block, or the beginning of one; its fields are not known before {@link #parse}.
     *
     * @param copied how many bytes.
     */
    void load(final DirectBuffer source, final int offset, final int copied) {
        ensureCapacity(copied);
        source.getBytes(offset, bytes, 0, copied);
        length = copied;
        count = 0;
        generation++;
    }

    /**
     * How many bytes there are up to the line end, or to the end of the bytes.
     */
    int lineLength(final int from) {
        int at = from;
        while (at < length && bytes[at] != '\r' && bytes[at] != '\n') {
            at++;
        }
        return at - from;
    }

    /**
     * Whether the last line is an empty one.
     */
    boolean endsWithEmptyLine() {
        final int before = length - 2;
        return before > 0 && (bytes[before] == '\n' || (bytes[before] == '\r' && bytes[before - 1] == '\n'));
    }

    /**
     * Whether the text stands anywhere among the bytes. Looks for its first byte a word at a time.
     *
     * @param text of at least one byte.
     */
    boolean contains(final byte[] text) {
        final long wanted = ONES * text[0];
        final int last = length - text.length;
        int at = 0;
        while (at <= last) {
            final long matches = matches(word(at) ^ wanted);
            if (matches == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(matches) >>> 3;
            if (at <= last && Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                return true;
            }
            at++;
        }
        return false;
    }

    /**
     * Finds the fields.
     */
    void parse() {
        count = 0;
        cut = false;
        generation++;
        int at = 0;
        while (at < length) {
            final int mark = lineMark(at);
            final int next = lineMark == '\n' ? mark + 1 : mark + 2;
            final int lineEnd = lineMark == '\n' && mark > at && bytes[mark - 1] == '\r' ? mark - 1 : mark;
            if (lineEnd > at && !addField(at, lineEnd)) {
                return;
            }
            at = next;
        }
    }

    /**
     * The bytes of the block.
     */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Length in bytes.
     */
    int length() {
        return length;
    }

    /**
     * How many fields there are.
     */
    int count() {
        return count;
    }

    /**
     * Whether the block has more fields than can be read.
     */
    boolean isCut() {
        return cut;
    }

    /**
     * Finds the first field with the key.
     *
     * @param key a number of {@link AmiKey}.
     * @return its index, or -1.
     */
    int find(final int key) {
        return generations[key] == generation ? firsts[key] : -1;
    }

    /**
     * Finds the first of two keys that is there.
     *
     * @return index of the field, or -1.
     */
    int findEither(final int key, final int other) {
        final int field = find(key);
        return field >= 0 ? field : find(other);
    }

    /** Whether the key is there, with a value or without. */
    boolean has(final int key) {
        return generations[key] == generation;
    }

    /** Where the key of the field begins. */
    int keyOffset(final int field) {
        return keyOffsets[field];
    }

    /** Length of the key of the field in bytes. */
    int keyLength(final int field) {
        return keyLengths[field];
    }

    /** Where the value of the field begins. */
    int valueOffset(final int field) {
        return valueOffsets[field];
    }

    /** Length of the value of the field in bytes. */
    int valueLength(final int field) {
        return valueLengths[field];
    }

    /**
     * Whether the first field with the key has this value, without regard to case.
     *
     * @param lowerCase ASCII in lower case.
     */
    boolean is(final int key, final byte[] lowerCase) {
        final int field = find(key);
        return field >= 0 && valueLengths[field] == lowerCase.length && startsWith(valueOffsets[field], lowerCase);
    }

    /**
     * Whether the value of the first field with the key begins so, without regard to case.
     *
     * @param lowerCase ASCII in lower case.
     */
    boolean begins(final int key, final byte[] lowerCase) {
        final int field = find(key);
        return field >= 0 && valueLengths[field] >= lowerCase.length && startsWith(valueOffsets[field], lowerCase);
    }

    /**
     * The value of the first field with the key as a number.
     *
     * @return it, or {@code absent} when the key is absent or its value is not 1 to 18 digits.
     */
    long number(final int key, final long absent) {
        final int field = find(key);
        return field < 0 ? absent : AmiText.number(bytes, valueOffsets[field], valueLengths[field], absent);
    }

    private boolean startsWith(final int offset, final byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            if (AmiText.lower(bytes[offset + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Index of the mark that ends the line at the offset; a block ends with a line end, so there is one. */
    private int lineMark(final int from) {
        int at = from;
        while (at < length) {
            final long matches = matches(word(at) ^ lineMarks);
            if (matches == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(matches) >>> 3;
            if (at < length && (lineMark == '\n' || bytes[at + 1] == '\n')) {
                return at;
            }
            at++;
        }
        return length;
    }

    private boolean addField(final int from, final int lineEnd) {
        if (count == MAX_FIELDS) {
            cut = true;
            return false;
        }
        final int colon = colon(from, lineEnd);
        final int value = colon + 1 < lineEnd && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
        final int field = count++;
        if (colon < from) {
            keyLengths[field] = 0;
            keyOffsets[field] = from;
            valueOffsets[field] = from;
            valueLengths[field] = lineEnd - from;
            return true;
        }
        keyOffsets[field] = from;
        keyLengths[field] = colon - from;
        valueOffsets[field] = value;
        valueLengths[field] = lineEnd - value;
        final int key = AmiKey.find(bytes, from, colon - from);
        if (key >= 0 && generations[key] != generation) {
            generations[key] = generation;
            firsts[key] = field;
        }
        return true;
    }

    private int colon(final int from, final int lineEnd) {
        for (int at = from; at < lineEnd; at += Long.BYTES) {
            final long matches = matches(word(at) ^ COLONS);
            if (matches != 0) {
                final int colon = at + (Long.numberOfTrailingZeros(matches) >>> 3);
                return colon < lineEnd ? colon : -1;
            }
        }
        return -1;
    }

    private long word(final int at) {
        return (long)LONG.get(bytes, at);
    }

    /** The lowest high bit that is set marks the first byte that is zero. */
    private static long matches(final long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    private void ensureCapacity(final int wanted) {
        if (wanted + NameTable.PADDING > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted + NameTable.PADDING, bytes.length * 2));
        }
    }
}
