package io.strowger.persistence.cycle;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One index frame: the places of every n-th block of its file, or the places of such indexes.
 *
 * <pre>
 *   word | name "index" or "index2index" | capacity (i64) | used (i64) | capacity places (i64), 0 where unused
 * </pre>
 *
 * <p>A view of the file's window: valid until another place is asked for.
 */
public final class IndexArray {
    private final DirectBuffer buffer;
    private final int faultOffset;
    private final long capacity;
    private final long used;
    private final int elements;

    private IndexArray(final CycleFile file, final long position, final int word, final String name) {
        buffer = file.buffer();
        final int start = file.offset(position);
        final int limit = start + Frame.WORD_LENGTH + Frame.length(word);
        final WireScanner scanner = new WireScanner(buffer, position - start, start + Frame.WORD_LENGTH, limit);
        scanner.eventName(name);
        scanner.array();
        capacity = scanner.rawLong();
        used = scanner.rawLong();
        elements = scanner.offset();
        if (capacity < 0 || capacity != (limit - elements) / Long.BYTES || 0 != (limit - elements) % Long.BYTES) {
            scanner.fault(elements - 2 * Long.BYTES);
        } else if (used < 0 || used > capacity) {
            scanner.fault(elements - Long.BYTES);
        }
        faultOffset = scanner.faultOffset();
    }

    /**
     * Reads the index at a place.
     *
     * @param name "index" or "index2index".
     * @return null when no index frame of that length can stand there; else a view, good or bad.
     */
    public static IndexArray at(final CycleFile file, final long position, final String name) {
        if (position <= 0 || 0 != (position & 3)) {
            return null;
        }
        final int word = file.word(position);
        if (!Frame.isMeta(word) || !file.covers(position, Frame.WORD_LENGTH + Frame.length(word))) {
            return null;
        }
        return new IndexArray(file, position, word, name);
    }

    /**
     * Whether an index of either kind stands at a place, so that the frame behind it is where its word says.
     */
    public static boolean isGoodAt(final CycleFile file, final long position) {
        final IndexArray index = at(file, position, "index");
        if (null != index && index.isGood()) {
            return true;
        }
        final IndexArray top = at(file, position, "index2index");
        return null != top && top.isGood();
    }

    /**
     * Whether every byte around the places is what Chronicle writes.
     */
    public boolean isGood() {
        return faultOffset < 0;
    }

    /**
     * Offset in the window of the first byte that is not, or -1.
     */
    public int faultOffset() {
        return faultOffset;
    }

    /**
     * Places there is room for.
     */
    public int capacity() {
        return (int)capacity;
    }

    /**
     * Places that were set.
     */
    public int used() {
        return (int)used;
    }

    /**
     * Offset in the window of a place.
     */
    public int elementOffset(final int index) {
        return elements + index * Long.BYTES;
    }

    /**
     * A place in the file, 0 when unset.
     *
     * @param index from 0 to {@link #capacity()} - 1.
     */
    public long element(final int index) {
        return buffer.getLong(elementOffset(index), ByteOrder.LITTLE_ENDIAN);
    }
}
