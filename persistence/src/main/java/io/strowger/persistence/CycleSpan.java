package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.Frame;
import io.strowger.persistence.cycle.IndexArray;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.nio.file.Path;

/**
 * What one cycle file holds.
 *
 * @param file     with its folder.
 * @param first    sequence in it.
 * @param last     sequence in it.
 * @param chain    output chain behind that.
 * @param newestNs journal time of that record, in nanoseconds since 1970: none in the file is newer.
 * @param bytes    in use: up to the end of the last block. The file is longer, but a hole from there on.
 */
public record CycleSpan(Path file, long first, long last, long chain, long newestNs, long bytes) {
    private static final long WINDOW = 1 << 20;

    /**
     * Looks at a file: at its first block, and from the last indexed block on at each.
     *
     * @return null when there is no block in it.
     * @throws JournalException when it is damaged there.
     */
    static CycleSpan read(final Path path) {
        try (CycleFile file = CycleFile.open(path, WINDOW); CycleFile indexView = CycleFile.open(path, WINDOW)) {
            if (!Frame.isMeta(file.word(0))) {
                return null;
            }
            final CycleHead head = new CycleHead(indexView);
            final long firstBlock = BlockLocator.firstBlock(file);
            if (head.isGood() && firstBlock < 0 && 0 == head.writePosition()) {
                return null;
            }
            final long first = BlockLocator.sequenceAt(file, firstBlock);
            if (!head.isGood() || first <= 0) {
                throw damaged(file, Math.max(0, firstBlock), "its beginning can't be read");
            }
            return walk(file, BlockLocator.lastAnchor(file, indexView, head, new long[1]), first);
        } catch (final InternalError ex) {
            throw new JournalException("journal damaged: " + path + ": " + Disk.NO_PAGE + "; nothing is removed", ex);
        }
    }

    /**
     * Sees that a file goes on where another one ends.
     *
     * @param isChainDue whether the output chain goes on too.
     * @throws JournalException when its first block is damaged, or another is due.
     */
    void checkBehind(final CycleSpan before, final boolean isChainDue) {
        try (CycleFile view = CycleFile.open(file, WINDOW)) {
            final long position = BlockLocator.firstBlock(view);
            final BlockCheck check = new BlockCheck();
            final String fault = fault(check, view, position);
            if (null != fault) {
                throw damaged(view, position, fault);
            }
            final String chainFault = check.checkRecords(before.chain(), isChainDue);
            if (null != chainFault) {
                throw damaged(view, position, chainFault);
            }
        }
    }

    private static CycleSpan walk(final CycleFile file, final long from, final long first) {
        final BlockCheck check = new BlockCheck();
        long position = from;
        long end = from;
        long last = 0;
        for (int word = file.word(position); Frame.NOTHING != word && Frame.END != word; word = file.word(position)) {
            if (Frame.isBlock(word)) {
                final String fault = fault(check, file, position);
                if (null != fault) {
                    throw damaged(file, position, fault);
                }
                last = BlockLayout.firstSequence(check.copy(), 0) + BlockLayout.count(check.copy(), 0) - 1;
                end = Frame.next(position, word);
            } else if (!IndexArray.isGoodAt(file, position)) {
                throw damaged(file, position, "a frame that nobody writes");
            }
            position = Frame.next(position, word);
        }
        if (0 == last) {
            throw damaged(file, from, "no block where the index names the last");
        }
        return new CycleSpan(file.path(), first, last, check.chain(), check.lastTimeNs(), end);
    }

    private static String fault(final BlockCheck check, final CycleFile file, final long position) {
        final int length = Frame.length(file.word(position));
        if (!file.covers(position, Frame.WORD_LENGTH + length)) {
            return "the file ends within a block";
        }
        final String fault = check.check(file, file.offset(position) + Frame.WORD_LENGTH, length);
        return null == fault ? check.checkRecords(0, false) : fault;
    }

    private static JournalException damaged(final CycleFile file, final long position, final String reason) {
        return new JournalException("journal damaged: " + file.path() + " offset " + position + ": " + reason
            + "; nothing is removed: see verify, then repair");
    }
}
