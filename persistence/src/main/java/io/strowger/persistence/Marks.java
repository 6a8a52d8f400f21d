package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleHead;

/**
 * The numbers in the head of a cycle file that a writer moves, as they stood at one moment: when they differ at another, a writer is at it.
 *
 * @param written   place of the last block.
 * @param sequence  its ordinal and low bits of its place.
 * @param lastIndex first ordinal without an index entry.
 */
record Marks(long written, long sequence, long lastIndex) {
    static Marks of(final CycleHead head) {
        return head.isGood() ? new Marks(head.writePosition(), head.writeSequence(), head.lastIndex()) : new Marks(0, 0, 0);
    }
}
