package io.strowger.persistence.cycle;

import java.nio.ByteOrder;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The head of a cycle file: constants that are compared byte by byte, and four numbers the writer moves.
 *
 * <pre>
 *   word  header !SCQStore { writePosition: [ W , V ]       W  place of the last block's word
 *                            indexing: !SCQSIndexing {      V  low bits of W and the ordinal of that block in its file
 *                              indexCount, indexSpacing,       (constants of the roll cycle)
 *                              index2Index: I ,             I  place of the index of indexes
 *                              lastIndex: N }               N  first ordinal that has no index entry
 *                            dataFormat: 1 }
 * </pre>
 *
 * <p>The writer publishes a block by its word, then moves W, then V, then the index: whoever sees a word of 0 at a place up to W looks at
 * damage, not at the end.
 */
public final class CycleHead {
    private static final int WORD_AND_LENGTHS = 4;

    private final AtomicBuffer buffer;
    private final boolean isMade;
    private final int faultOffset;
    private final int end;
    private final int writePositionOffset;
    private final int index2IndexOffset;
    private final int lastIndexOffset;
    private final int indexCount;
    private final int indexSpacing;

    /**
     * Reads the head of a file.
     *
     * @param file stays open as long as the head is asked.
     */
    public CycleHead(final CycleFile file) {
        // the word comes last when a file is made: once it is there, so is what it covers
        final int word = file.word(0);
        buffer = file.head();
        isMade = Frame.isMeta(word);
        final int limit = WORD_AND_LENGTHS + Frame.length(word);
        final WireScanner scanner = new WireScanner(buffer, 0, WORD_AND_LENGTHS, limit);
        if (!isMade) {
            scanner.fault(0);
        }
        scanner.eventName("header");
        scanner.type("SCQStore");
        final int storeEnd = scanner.nested();
        scanner.field("writePosition");
        scanner.array();
        final long capacity = scanner.rawLong();
        final boolean isPair = 2 == capacity && capacity == scanner.rawLong();
        writePositionOffset = scanner.offset();
        scanner.rawLong();
        scanner.rawLong();
        scanner.field("indexing");
        scanner.type("SCQSIndexing");
        final int indexingEnd = scanner.nested();
        scanner.field("indexCount");
        indexCount = (int)scanner.number();
        scanner.field("indexSpacing");
        indexSpacing = (int)scanner.number();
        scanner.field("index2Index");
        index2IndexOffset = scanner.boundLong();
        scanner.field("lastIndex");
        lastIndexOffset = scanner.boundLong();
        if (scanner.offset() != indexingEnd || !isPair) {
            scanner.fault(WORD_AND_LENGTHS);
        }
        scanner.field("dataFormat");
        if (1 != scanner.number() || scanner.offset() != storeEnd || scanner.offset() != limit) {
            scanner.fault(WORD_AND_LENGTHS);
        }
        faultOffset = scanner.faultOffset();
        end = limit;
    }

    /**
     * Whether the head's word was there when it was read. Until then a writer may be making the file.
     */
    public boolean isMade() {
        return isMade;
    }

    /**
     * Whether the constants are what Chronicle writes.
     */
    public boolean isGood() {
        return faultOffset < 0;
    }

    /**
     * Place of the first byte that is not as Chronicle writes it, or -1.
     */
    public int faultOffset() {
        return faultOffset;
    }

    /**
     * Offset behind the last byte of the head; zeros follow up to the next multiple of 4.
     */
    public int end() {
        return end;
    }

    /**
     * Entries an index has room for.
     */
    public int indexCount() {
        return indexCount;
    }

    /**
     * Blocks from one index entry to the next.
     */
    public int indexSpacing() {
        return indexSpacing;
    }

    /**
     * Place of the word of the last block the writer has finished, 0 before the first.
     *
     * @return 0 for a bad head too: it tells nothing.
     */
    public long writePosition() {
        return isGood() ? buffer.getLongVolatile(writePositionOffset) : 0;
    }

    /**
     * The writer's low bits of that place and ordinal of that block, in one number.
     */
    public long writeSequence() {
        return buffer.getLong(writePositionOffset + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Place of the index of indexes.
     */
    public long index2Index() {
        return buffer.getLong(index2IndexOffset, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The first ordinal without an index entry.
     */
    public long lastIndex() {
        return buffer.getLong(lastIndexOffset, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Offset of the last block's place and ordinal.
     */
    public int writePositionOffset() {
        return writePositionOffset;
    }

    /**
     * Offset of the place of the index of indexes.
     */
    public int index2IndexOffset() {
        return index2IndexOffset;
    }

    /**
     * Offset of the first ordinal without an index entry.
     */
    public int lastIndexOffset() {
        return lastIndexOffset;
    }
}
