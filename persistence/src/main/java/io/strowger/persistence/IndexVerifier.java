package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.IndexArray;
import java.util.Set;
import net.openhft.chronicle.queue.RollCycle;
import org.agrona.collections.LongArrayList;

/**
 * Holds Chronicle's index and the writer's marks in the head of a cycle file against the frames that were found in it.
 *
 * <p>What may differ without damage: the notes on a block whose writer died right behind it, and those on blocks that a live writer appends
 * while the file is read. Behind a hole the ordinals of blocks are not known; the order of the entries is still looked at.
 */
final class IndexVerifier {
    private static final String TOP = "index2index";

    private final CycleFile file;
    private final CycleHead head;
    private final Findings findings;
    private final LongArrayList blocks;
    private final LongArrayList indexes;
    private Set<String> unindexed;
    private boolean hasHole;
    private Marks marks;
    private long highestIndexed;

    IndexVerifier(final CycleFile file, final CycleHead head, final Findings findings, final LongArrayList blocks,
        final LongArrayList indexes) {
        this.file = file;
        this.head = head;
        this.findings = findings;
        this.blocks = blocks;
        this.indexes = indexes;
    }

    /**
     * Checks.
     *
     * @param cycle        of the journal.
     * @param newUnindexed blocks that may lack an entry, as file:ordinal.
     * @param newMarks     the writer's marks before the file was walked.
     * @param newHasHole   whether frames were lost, so that ordinals are not known.
     */
    void run(final RollCycle cycle, final Set<String> newUnindexed, final Marks newMarks, final boolean newHasHole) {
        this.unindexed = newUnindexed;
        this.hasHole = newHasHole;
        this.marks = newMarks;
        if (head.indexCount() != cycle.defaultIndexCount() || head.indexSpacing() != cycle.defaultIndexSpacing()) {
            findings.damage(file.name(), 0, head.end(), "the head says another index than roll cycle " + cycle + " has");
            return;
        }
        highestIndexed = -1;
        checkTop();
        for (int i = 1; i < indexes.size(); i++) {
            checkArray(i - 1, indexes.getLong(i));
        }
        if (!hasHole) {
            checkMarks();
        }
    }

    private void checkTop() {
        if (indexes.isEmpty() || head.index2Index() != indexes.getLong(0)) {
            findings.damage(file.name(), head.index2IndexOffset(), Long.BYTES, "the head's place of the index of indexes");
            return;
        }
        final long position = indexes.getLong(0);
        final IndexArray top = IndexArray.at(file, position, TOP);
        if (null == top || !top.isGood() || top.capacity() != head.indexCount()) {
            fault(position, null == top ? -1 : top.faultOffset(), "the index of indexes");
            return;
        }
        if (hasHole) {
            // which indexes there should be is not known
            return;
        }
        // that a writer is at it is asked last: it moves its marks before the index
        if (top.used() != indexes.size() - 1 && !isLive()) {
            findings.damage(file.name(), position, Long.BYTES, "the index of indexes counts " + top.used() + " of " + (indexes.size() - 1));
        }
        for (int i = 0; i < top.capacity(); i++) {
            final long due = i + 1 < indexes.size() ? indexes.getLong(i + 1) : 0;
            if (due != top.element(i) && !isLive()) {
                findings.damage(file.name(), placeOf(top, i), Long.BYTES, "an entry of the index of indexes");
            }
        }
    }

    private void checkArray(final int number, final long position) {
        final IndexArray array = IndexArray.at(file, position, "index");
        if (null == array || !array.isGood() || array.capacity() != head.indexCount()) {
            fault(position, null == array ? -1 : array.faultOffset(), "an index");
            return;
        }
        int used = 0;
        long before = 0;
        for (int i = 0; i < array.capacity(); i++) {
            final long place = array.element(i);
            final long ordinal = ((long)number * head.indexCount() + i) * head.indexSpacing();
            if (!isEntryGood(ordinal, place, before)) {
                findings.damage(file.name(), placeOf(array, i), Long.BYTES, "an index entry");
            }
            if (0 != place) {
                used = i + 1;
                before = place;
                highestIndexed = ordinal;
            }
        }
        // a writer that died between the two left the head's count short too
        final boolean isShort = array.used() == used - 1 && marks.lastIndex() == highestIndexed && isTolerated(highestIndexed);
        if (!hasHole && array.used() != used && !isShort && !isLive()) {
            findings.damage(file.name(), placeOf(array, 0) - Long.BYTES, Long.BYTES, "an index counts " + array.used() + " of " + used);
        }
    }

    private boolean isEntryGood(final long ordinal, final long place, final long before) {
        if (hasHole) {
            return 0 == place || (place > before && place < file.size());
        }
        if (ordinal < blocks.size()) {
            return place == blocks.getLong((int)ordinal) || (0 == place && isTolerated(ordinal));
        }
        // a live writer may have come further
        return 0 == place || (isLive() && place > lastBlock() && place <= head.writePosition());
    }

    private void checkMarks() {
        final int count = blocks.size();
        if (isLive()) {
            // only now: whatever the marks' own moves could have brought was read before
            return;
        }
        final long written = marks.written();
        final long last = lastBlock();
        final long beforeLast = count > 1 ? blocks.getLong(count - 2) : 0;
        if (written != last && written != beforeLast) {
            findings.damage(file.name(), head.writePositionOffset(), Long.BYTES, "the writer's mark is " + written + ", not " + last);
        }
        final long sequence = marks.sequence();
        final boolean isSequenceGood = (0 == count && 0 == sequence) || sequence == WriterMark.sequence(head, last, count - 1L)
            || sequence == (count > 1 ? WriterMark.sequence(head, beforeLast, count - 2L) : 0);
        // the place is moved first: only it can be new alone
        final boolean isOrderGood = written == last || sequence != WriterMark.sequence(head, last, count - 1L);
        if (!isSequenceGood || !isOrderGood) {
            findings.damage(file.name(), head.writePositionOffset() + Long.BYTES, Long.BYTES, "the writer's count of blocks");
        }
        final long due = highestIndexed < 0 ? 0 : highestIndexed + head.indexSpacing();
        final boolean isShort = marks.lastIndex() == due - head.indexSpacing() && isTolerated(highestIndexed);
        if (marks.lastIndex() != due && !isShort) {
            findings.damage(file.name(), head.lastIndexOffset(), Long.BYTES, "the head's count of indexed blocks");
        }
    }

    private boolean isTolerated(final long ordinal) {
        return ordinal == blocks.size() - 1L || unindexed.contains(file.name() + ":" + ordinal);
    }

    private boolean isLive() {
        return !marks.equals(Marks.of(head));
    }

    private long lastBlock() {
        return blocks.isEmpty() ? 0 : blocks.getLong(blocks.size() - 1);
    }

    private long placeOf(final IndexArray array, final int index) {
        return file.position(array.elementOffset(index));
    }

    private void fault(final long position, final int offset, final String what) {
        findings.damage(file.name(), offset < 0 ? position : file.position(offset), 1, what);
    }
}
