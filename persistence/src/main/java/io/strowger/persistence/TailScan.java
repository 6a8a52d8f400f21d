package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.BlockSearch;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.Frame;
import io.strowger.persistence.cycle.IndexArray;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Looks at the end of a journal before Chronicle does: finds the last block, makes sure nothing committed is lost, cuts what was not.
 *
 * <p>The blocks behind the last index entry are checked in full. A tail that can't be explained by a writer that died is refused: Chronicle
 * would go on behind it, and its readers would never get there.
 */
final class TailScan {
    private static final long WINDOW = 16L << 20;
    private static final int ZERO_SLICE = 64 * 1024;

    private final Path generation;
    private final RollCycle cycle;
    private final Gaps gaps;
    private final WrittenMark mark;
    private final BlockCheck check = new BlockCheck();
    private final List<String> removedFiles = new ArrayList<>();
    private long lastBlockSequence;
    private long lastChain;
    private long lastTimeNs;
    private long cutBytes;
    private String cutPlace;
    private boolean isEnded;
    private String unindexed;
    private long last;
    private long beforeLast;
    private long ordinal;
    private Path newest;
    private long newestEnd;

    /**
     * A scan by the one who may change the files.
     *
     * @param mark how far the journal was on the disk, null when nobody knows.
     */
    TailScan(final Path generation, final RollCycle cycle, final Gaps gaps, final WrittenMark mark) {
        this.generation = generation;
        this.cycle = cycle;
        this.gaps = gaps;
        this.mark = mark;
    }

    /**
     * Scans.
     *
     * @throws JournalException when something committed is damaged or lost: the message names the place and the way out.
     */
    void run() {
        final List<Path> files = JournalDirectory.cycleFiles(generation);
        boolean isNewest = true;
        for (int i = files.size() - 1; i >= 0 && 0 == lastBlockSequence; i--) {
            try (CycleFile file = CycleFile.open(files.get(i), WINDOW); CycleFile indexView = CycleFile.open(files.get(i), WINDOW)) {
                final boolean isUnfinished = !Frame.isMeta(file.word(0));
                if (!isUnfinished) {
                    scan(file, indexView, isNewest);
                    isNewest = false;
                } else if (!isNewest || BlockSearch.holdsAny(file)) {
                    throw refuse(file, 0, "its head is gone");
                } else {
                    removedFiles.add(file.name());
                }
            }
        }
        if (null != mark && mark.isLost(lastSequence())) {
            throw new JournalException("journal damaged: " + generation.resolve(mark.file()) + ": " + mark.lost()
                + ", and the journal ends with " + lastSequence() + "; not opened for writing: see verify, then repair");
        }
        removeUnfinished();
    }

    long lastSequence() {
        return gaps.next(lastBlockSequence + 1) - 1;
    }

    long lastBlockSequence() {
        return lastBlockSequence;
    }

    long lastChain() {
        return lastChain;
    }

    long lastTimeNs() {
        return lastTimeNs;
    }

    /**
     * The newest file, null when there is none.
     */
    Path newest() {
        return newest;
    }

    /**
     * Where its blocks end.
     */
    long end() {
        return newestEnd;
    }

    boolean isEnded() {
        return isEnded;
    }

    /**
     * The last block as {@code file:ordinal} when its writer died before Chronicle noted it, else null.
     */
    String unindexed() {
        return unindexed;
    }

    /**
     * What was found and done.
     *
     * @param lastSequence  in the journal, with what was staged.
     * @param stagedRecords how many of them were.
     * @param stagedLost    why not more, null when these were all.
     */
    OpenReport report(final long lastSequence, final long stagedRecords, final String stagedLost) {
        return new OpenReport(lastSequence, cutBytes, cutPlace, List.copyOf(removedFiles), stagedRecords, stagedLost,
            null != unindexed);
    }

    private void scan(final CycleFile file, final CycleFile indexView, final boolean isNewest) {
        final CycleHead head = new CycleHead(indexView);
        if (!head.isGood()) {
            throw refuse(file, head.faultOffset(), "the head of the cycle file is damaged");
        }
        if (head.indexCount() != cycle.defaultIndexCount() || head.indexSpacing() != cycle.defaultIndexSpacing()) {
            throw refuse(file, 0, "its index is not that of roll cycle " + cycle);
        }
        final long[] anchorOrdinal = new long[1];
        final long end = walk(file, BlockLocator.lastAnchor(file, indexView, head, anchorOrdinal), anchorOrdinal[0]);
        final long written = head.writePosition();
        if (Frame.NOTHING == file.word(end)) {
            if (written >= end) {
                throw refuse(file, end, "a block that was committed is gone; the last one stood at offset " + written);
            }
            if (isNewest) {
                cutTail(file, end);
            }
        }
        if (isNewest) {
            newest = file.path();
            newestEnd = end;
            isEnded = Frame.END == file.word(end);
            if (isEnded && Frame.END_TEXT != file.word(end + Frame.WORD_LENGTH)) {
                // the word came first, then its writer died
                final ByteBuffer text = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, Frame.END_TEXT);
                write(file.path(), end + Frame.WORD_LENGTH, text);
            }
            noteUnclean(file, indexView, head, written);
        }
    }

    private long walk(final CycleFile file, final long from, final long fromOrdinal) {
        long position = from;
        ordinal = fromOrdinal - 1;
        boolean isFirst = true;
        while (true) {
            final int word = file.word(position);
            if (Frame.isBlock(word)) {
                if (!file.covers(position, Frame.WORD_LENGTH + Frame.length(word))) {
                    throw refuse(file, position, "the file ends within a block");
                }
                checkBlock(file, position, Frame.length(word), isFirst);
                isFirst = false;
                beforeLast = last;
                last = position;
                ordinal++;
            } else if (Frame.NOTHING == word || Frame.END == word) {
                return position;
            } else if (!IndexArray.isGoodAt(file, position)) {
                throw refuse(file, position, "a frame that nobody writes");
            }
            position = Frame.next(position, word);
        }
    }

    private void checkBlock(final CycleFile file, final long position, final int length, final boolean isFirst) {
        String fault = check.check(file, file.offset(position) + Frame.WORD_LENGTH, length);
        if (null == fault) {
            final long first = BlockLayout.firstSequence(check.copy(), 0);
            final boolean isNext = first == lastBlockSequence + 1;
            if (!isFirst && !isNext && first != gaps.next(lastBlockSequence + 1)) {
                fault = "sequence " + first + " after " + lastBlockSequence;
            } else {
                fault = check.checkRecords(lastChain, !isFirst && isNext);
            }
        }
        if (null != fault) {
            throw refuse(file, position, fault);
        }
        lastBlockSequence = BlockLayout.firstSequence(check.copy(), 0) + BlockLayout.count(check.copy(), 0) - 1;
        lastChain = check.chain();
        lastTimeNs = check.lastTimeNs();
    }

    /**
     * Zeroes what stands behind the last committed frame, once nothing whole is found in it.
     */
    private void cutTail(final CycleFile file, final long end) {
        final long used = Zeros.lastNonZero(file, end) + 1;
        if (used <= end) {
            return;
        }
        final long found = new BlockSearch(gaps.total()).find(file, end, lastBlockSequence + 1);
        if (found >= 0) {
            throw refuse(file, end, "a hole: whole blocks stand behind it, the next at offset " + found);
        }
        cutBytes = used - end;
        cutPlace = file.name() + ":" + end;
        zero(file.path(), end, used);
    }

    private void noteUnclean(final CycleFile file, final CycleFile indexView, final CycleHead head, final long written) {
        if (0 == last) {
            return;
        }
        // Chronicle goes on from this mark; a writer that died leaves it at most one block behind
        if (written != last && (written != beforeLast || (0 == beforeLast && 0 != ordinal))) {
            throw refuse(file, head.writePositionOffset(), "the writer's mark is " + written + ", the last block stands at " + last);
        }
        final boolean isNoted = written == last && WriterMark.isSequence(head, last, ordinal)
            && WriterMark.isIndexed(indexView, head, last, ordinal);
        if (!isNoted) {
            unindexed = file.name() + ":" + ordinal;
        }
    }

    private void removeUnfinished() {
        if (!removedFiles.isEmpty()) {
            // it lists the files that go; Chronicle makes it anew
            removedFiles.add(JournalDirectory.CHRONICLE_METADATA);
        }
        for (final String name : removedFiles) {
            try {
                Files.deleteIfExists(generation.resolve(name));
            } catch (final IOException ex) {
                throw new JournalException("can't remove unfinished " + name + ": " + ex.getMessage(), ex);
            }
        }
    }

    private static void zero(final Path path, final long from, final long to) {
        long at = from;
        while (at < to) {
            final int length = (int)Math.min(ZERO_SLICE, to - at);
            write(path, at, ByteBuffer.allocate(length));
            at += length;
        }
    }

    private static void write(final Path path, final long position, final ByteBuffer bytes) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        } catch (final IOException ex) {
            throw new JournalException("can't mend the tail of " + path + ": " + ex.getMessage(), ex);
        }
    }

    private static JournalException refuse(final CycleFile file, final long position, final String reason) {
        return new JournalException("journal damaged: " + file.path() + " offset " + position + ": " + reason
            + "; not opened for writing: see verify, then repair");
    }
}
