package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.IndexArray;

/**
 * What Chronicle notes about a block after it has published it, as it should stand in the head and the index.
 */
final class WriterMark {
    private static final int MIN_SHIFT = 32;

    private WriterMark() {
    }

    /**
     * The head's second number for a block: its ordinal below, the low bits of its place above.
     */
    static long sequence(final CycleHead head, final long position, final long ordinal) {
        final int bits = 2 * log2(head.indexCount()) + log2(head.indexSpacing());
        final int shift = Math.max(MIN_SHIFT, bits);
        return (position << shift) + (ordinal & ((1L << shift) - 1));
    }

    static boolean isSequence(final CycleHead head, final long position, final long ordinal) {
        return sequence(head, position, ordinal) == head.writeSequence();
    }

    /**
     * Whether a block has the index entry it should have, and the head counts it: the count is written last.
     */
    static boolean isIndexed(final CycleFile indexView, final CycleHead head, final long position, final long ordinal) {
        if (0 != ordinal % head.indexSpacing()) {
            return true;
        }
        final long entry = ordinal / head.indexSpacing();
        final int element = (int)(entry / head.indexCount());
        final IndexArray top = IndexArray.at(indexView, head.index2Index(), "index2index");
        if (null == top || !top.isGood() || element >= top.capacity()) {
            return false;
        }
        final IndexArray array = IndexArray.at(indexView, top.element(element), "index");
        return null != array && array.isGood() && position == array.element((int)(entry % head.indexCount()))
            && head.lastIndex() >= ordinal + head.indexSpacing();
    }

    private static int log2(final int value) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
    }
}
