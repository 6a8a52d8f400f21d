package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.Frame;
import io.strowger.persistence.cycle.IndexArray;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Finds the block that holds a sequence: the cycle by the first sequence of each file, the neighbourhood by the places in Chronicle's
 * index, the block by hopping from frame to frame. Each probe reads one header; nothing is scanned.
 *
 * <p>The index is believed only where a block's header stands; where it is damaged, the way from frame to frame gets longer.
 */
final class BlockLocator {
    /** Windows for probes: small, because each probe moves them. */
    private static final long WINDOW = 1 << 20;

    private static final long NO_BLOCK = -1;

    private final List<Path> files;

    /**
     * A search in the files of one generation.
     */
    BlockLocator(final List<Path> files) {
        this.files = files;
    }

    /**
     * First sequence in the journal.
     *
     * @return 0 when there is no block.
     */
    long firstSequence() {
        for (final Path path : files) {
            try (CycleFile file = CycleFile.open(path, WINDOW)) {
                final long sequence = sequenceAt(file, firstBlock(file));
                if (sequence > 0) {
                    return sequence;
                }
            }
        }
        return 0;
    }

    /**
     * Finds a block.
     *
     * @param sequence that is in the journal.
     * @return its place.
     * @throws JournalException when damage lies on the way to it.
     */
    Place locate(final long sequence) {
        final int index = fileOf(sequence);
        if (index < 0) {
            throw new JournalException("no cycle file begins at or before sequence " + sequence);
        }
        try (CycleFile file = CycleFile.open(files.get(index), WINDOW); CycleFile indexView = CycleFile.open(files.get(index), WINDOW)) {
            final CycleHead head = new CycleHead(indexView);
            final long anchor = head.isGood() ? anchor(file, indexView, head, sequence) : NO_BLOCK;
            return hop(file, NO_BLOCK == anchor ? firstBlock(file) : anchor, sequence);
        }
    }

    /**
     * A place near the end: the last indexed block.
     *
     * @return null when there is no block.
     */
    Place lastPlace() {
        for (int i = files.size() - 1; i >= 0; i--) {
            try (CycleFile file = CycleFile.open(files.get(i), WINDOW); CycleFile indexView = CycleFile.open(files.get(i), WINDOW)) {
                final CycleHead head = new CycleHead(indexView);
                long position = head.isGood() ? lastAnchor(file, indexView, head, new long[1]) : NO_BLOCK;
                if (0 == sequenceAt(file, position)) {
                    position = firstBlock(file);
                }
                final long sequence = sequenceAt(file, position);
                if (sequence > 0) {
                    return new Place(file.path(), position, sequence, 0, 1 == sequence);
                }
            }
        }
        return null;
    }

    /**
     * The last indexed block of a file.
     *
     * @param ordinal receives at [0] how many blocks stand before it in the file.
     * @return its place, or that of the first block or of the end when the index names none.
     */
    static long lastAnchor(final CycleFile file, final CycleFile indexView, final CycleHead head, final long[] ordinal) {
        ordinal[0] = 0;
        final IndexArray top = IndexArray.at(indexView, head.index2Index(), "index2index");
        if (null != top && top.isGood()) {
            for (int i = top.used() - 1; i >= 0; i--) {
                final long position = IndexArray.at(indexView, head.index2Index(), "index2index").element(i);
                final IndexArray array = IndexArray.at(indexView, position, "index");
                for (int j = null != array && array.isGood() ? array.used() - 1 : -1; j >= 0; j--) {
                    if (sequenceAt(file, array.element(j)) > 0) {
                        ordinal[0] = ((long)i * head.indexCount() + j) * head.indexSpacing();
                        return array.element(j);
                    }
                }
            }
        }
        return firstFrame(file);
    }

    /**
     * Where the first frame behind the head stands.
     */
    static long firstFrame(final CycleFile file) {
        final int word = file.word(0);
        return Frame.isMeta(word) ? Frame.next(0, word) : 0;
    }

    private int fileOf(final long sequence) {
        int low = 0;
        int high = files.size() - 1;
        int best = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long first = firstSequenceOf(middle);
            while (first <= 0 && middle > low) {
                middle--;
                first = firstSequenceOf(middle);
            }
            if (first > 0 && first <= sequence) {
                best = middle;
                low = ((low + high) >>> 1) + 1;
            } else if (first <= 0) {
                low = ((low + high) >>> 1) + 1;
            } else {
                high = middle - 1;
            }
        }
        return best;
    }

    private long firstSequenceOf(final int index) {
        try (CycleFile file = CycleFile.open(files.get(index), WINDOW)) {
            return sequenceAt(file, firstBlock(file));
        }
    }

    /**
     * Where the first block of a file stands.
     *
     * @return -1 when it has none, or there is no way to it.
     */
    static long firstBlock(final CycleFile file) {
        long position = firstFrame(file);
        int word = file.word(position);
        while (position > 0 && IndexArray.isGoodAt(file, position)) {
            position = Frame.next(position, word);
            word = file.word(position);
        }
        return Frame.isBlock(word) ? position : NO_BLOCK;
    }

    /**
     * First sequence of the block at a place.
     *
     * @return 0 when no block stands there.
     */
    static long sequenceAt(final CycleFile file, final long position) {
        if (position <= 0 || 0 != (position & 3)) {
            return 0;
        }
        final int word = file.word(position);
        if (!Frame.isBlock(word) || !file.covers(position, Frame.WORD_LENGTH + BlockLayout.HEADER_LENGTH)) {
            return 0;
        }
        final DirectBuffer buffer = file.buffer();
        final int block = file.offset(position) + Frame.WORD_LENGTH;
        final boolean isBlock = BlockLayout.MAGIC == BlockLayout.magic(buffer, block)
            && Frame.length(word) == BlockLayout.length(buffer, block);
        return isBlock ? BlockLayout.firstSequence(buffer, block) : 0;
    }

    private static long anchor(final CycleFile file, final CycleFile indexView, final CycleHead head, final long sequence) {
        final IndexArray top = IndexArray.at(indexView, head.index2Index(), "index2index");
        if (null == top || !top.isGood()) {
            return NO_BLOCK;
        }
        for (int i = top.used() - 1; i >= 0; i--) {
            final long position = IndexArray.at(indexView, head.index2Index(), "index2index").element(i);
            final IndexArray array = IndexArray.at(indexView, position, "index");
            if (null != array && array.isGood() && array.used() > 0) {
                final long first = sequenceAt(file, array.element(0));
                if (first > 0 && first <= sequence) {
                    return search(file, array, sequence);
                }
            }
        }
        return NO_BLOCK;
    }

    private static long search(final CycleFile file, final IndexArray array, final long sequence) {
        int low = 0;
        int high = array.used() - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            final long found = sequenceAt(file, array.element(middle));
            if (found > 0 && found <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return array.element(low);
    }

    private static Place hop(final CycleFile file, final long from, final long sequence) {
        long before = NO_BLOCK;
        long position = from;
        while (true) {
            final int word = file.word(position);
            if (Frame.isBlock(word)) {
                final long first = sequenceAt(file, position);
                if (first <= 0 || first > sequence) {
                    throw damaged(file, position, sequence);
                }
                if (sequence < first + BlockLayout.count(file.buffer(), file.offset(position) + Frame.WORD_LENGTH)) {
                    return place(file, position, first, before);
                }
                before = position;
            } else if (!IndexArray.isGoodAt(file, position)) {
                throw damaged(file, position, sequence);
            }
            position = Frame.next(position, word);
        }
    }

    private static JournalException damaged(final CycleFile file, final long position, final long sequence) {
        return new JournalException("journal damaged: " + file.path() + " offset " + position + ": on the way to sequence " + sequence
            + " there is no frame that leads on");
    }

    private static Place place(final CycleFile file, final long position, final long sequence, final long before) {
        if (NO_BLOCK != before) {
            final BlockCheck check = new BlockCheck();
            final int length = Frame.length(file.word(before));
            if (file.covers(before, Frame.WORD_LENGTH + length)
                && null == check.check(file, file.offset(before) + Frame.WORD_LENGTH, length)) {
                final DirectBuffer block = check.copy();
                final boolean isNext = sequence == BlockLayout.firstSequence(block, 0) + BlockLayout.count(block, 0);
                return new Place(file.path(), position, sequence, BlockLayout.chain(block, 0), isNext);
            }
        }
        return new Place(file.path(), position, sequence, 0, 1 == sequence);
    }
}
