package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.BlockSearch;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.Frame;
import io.strowger.persistence.cycle.IndexArray;
import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.BlockLayout;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * A cursor over the mapped cycle files, cold or live, in the writer's process or another.
 *
 * <p>Checks every block before it is handed over: checksum, dense records, density over blocks, output chain. Where nothing is committed it
 * is at the end only if that is consistent: the writer's own mark must not lie further on, and a later file must begin with the sequence
 * that is due here. Else the journal is damaged and says where.
 *
 * <p>What is handed over is a copy, plain, made before it was checked: it is whole until the next poll, whatever becomes of file and
 * cursor.
 *
 * <p>One thread at a time. Allocates when it changes window or file, or a block is longer than all before it; nothing in between.
 */
final class FileCursor implements JournalCursor {
    private static final long WINDOW = 64L << 20;

    /** Looks for a later file at the first idle poll in a file, and then at each of these many: a listing costs microseconds. */
    private static final int LISTING_INTERVAL = 64;

    private final Path generation;
    private final Gaps gaps;
    private final long from;
    private final StagedBlocks staged;
    private final BlockCheck check = new BlockCheck();
    private CycleFile file;
    private CycleHead head;
    private long position;
    private long expected;
    private long chain;
    private boolean isChainKnown;
    private int idlePolls;
    private int unreadyPolls;
    private boolean isClosed;
    /** Whether the last step has a block to hand over. */
    private boolean isAtHand;
    /** Sequence that the next block in the files begins with: less than what is expected, once staged blocks were handed over. */
    private long expectedInFiles;

    /**
     * A cursor.
     *
     * @param start  null for a journal without a block.
     * @param from   first sequence to hand over: blocks that end before it are checked and passed over.
     * @param staged behind the files.
     */
    FileCursor(final Path generation, final Gaps gaps, final Place start, final long from, final StagedBlocks staged) {
        this.generation = generation;
        this.gaps = gaps;
        this.from = from;
        this.staged = staged;
        if (null == start) {
            expected = 1;
            isChainKnown = true;
        } else {
            enter(CycleFile.open(start.file(), WINDOW));
            position = start.position();
            expected = start.sequence();
            chain = start.chain();
            isChainKnown = start.isChainKnown();
        }
        expectedInFiles = expected;
    }

    @Override
    public int poll(final BlockHandler handler, final int blockLimit) {
        if (isClosed) {
            throw new JournalException("the cursor is closed");
        }
        int delivered = 0;
        try {
            while (delivered < blockLimit && step()) {
                if (isAtHand) {
                    delivered++;
                    if (!handler.onBlock(check.copy(), 0, BlockLayout.length(check.copy(), 0))) {
                        break;
                    }
                }
            }
        } catch (final InternalError ex) {
            throw new JournalException(place() + ": " + Disk.NO_PAGE, ex);
        }
        return delivered;
    }

    @Override
    public void close() {
        isClosed = true;
        if (null != file) {
            file.close();
            file = null;
        }
    }

    /**
     * Sequence that the next block begins with.
     */
    long expected() {
        return expected;
    }

    /**
     * Sequence that the next block in the files begins with.
     */
    long expectedInFiles() {
        return expectedInFiles;
    }

    /**
     * Output chain behind the last block passed, 0 before the first.
     */
    long chain() {
        return chain;
    }

    /** Goes one frame on; false at the end. */
    private boolean step() {
        isAtHand = false;
        final int word = null == file ? Frame.NOTHING : file.word(position);
        if (Frame.isBlock(word)) {
            take(Frame.length(word));
            return true;
        }
        if (Frame.isMeta(word)) {
            passIndex(word);
            return true;
        }
        return goOn(word) || takeStaged();
    }

    /** Checks the block at the place and steps behind it. */
    private void take(final int length) {
        if (!file.covers(position, Frame.WORD_LENGTH + length)) {
            throw damaged("the file ends within a block");
        }
        checkBlock(check.check(file, file.offset(position) + Frame.WORD_LENGTH, length), expectedInFiles);
        final DirectBuffer block = check.copy();
        expectedInFiles = BlockLayout.firstSequence(block, 0) + BlockLayout.count(block, 0);
        // else it was handed over when it was staged, and its writer's successor has brought it into the file
        if (expectedInFiles > expected) {
            pass(block);
        }
        position += Frame.WORD_LENGTH + ((length + 3) & ~3);
    }

    /** Takes the next staged block; false when there is none. */
    private boolean takeStaged() {
        final DirectBuffer block = staged.at(gaps.next(expected));
        if (null == block) {
            return false;
        }
        checkBlock(check.check(block, 0, block.capacity()), expected);
        pass(check.copy());
        return true;
    }

    private void checkBlock(final String fault, final long due) {
        if (null != fault) {
            throw damaged(fault);
        }
        final long first = BlockLayout.firstSequence(check.copy(), 0);
        if (first != due && first != gaps.next(due)) {
            throw damaged("found sequence " + first);
        }
    }

    private void pass(final DirectBuffer block) {
        final long first = BlockLayout.firstSequence(block, 0);
        // else the records in between are lost, and with them the chain up to here
        final String fault = check.checkRecords(chain, isChainKnown && first == expected);
        if (null != fault) {
            throw damaged(fault);
        }
        chain = check.chain();
        isChainKnown = true;
        expected = first + BlockLayout.count(block, 0);
        isAtHand = expected > from;
    }

    private void passIndex(final int word) {
        if (!IndexArray.isGoodAt(file, position)) {
            throw damaged("Chronicle's index frame");
        }
        position = Frame.next(position, word);
    }

    /**
     * Moves on from a place without a frame.
     *
     * @return false at the end of the journal.
     */
    private boolean goOn(final int word) {
        if (Frame.NOTHING != word && Frame.END != word) {
            throw damaged("a frame word that nobody writes");
        }
        if (null != file && Frame.NOTHING == word && isCommittedBehind()) {
            return true;
        }
        // without an end mark a later file is the exception: a writer died as it rolled
        if (Frame.NOTHING == word && null != file && 0 != (idlePolls++ & (LISTING_INTERVAL - 1))) {
            return false;
        }
        final Path next = JournalDirectory.cycleFileBehind(generation, null == file ? null : file.path());
        return null != next && goOnIn(next, null == file || Frame.END == word);
    }

    private boolean goOnIn(final Path next, final boolean isEnded) {
        final CycleFile candidate = CycleFile.openIfThere(next, WINDOW);
        if (null == candidate) {
            return isGoneFor(next);
        }
        boolean isNext = false;
        try {
            isNext = isReady(candidate) && (isEnded || beginsHere(candidate));
        } finally {
            if (!isNext) {
                candidate.close();
            }
        }
        if (isNext) {
            enter(candidate);
        }
        return isNext;
    }

    /**
     * Looks at a file that went between being listed and being opened.
     *
     * @return false, always: it is looked again.
     * @throws JournalException when what is due was in it, or nobody has removed it.
     */
    private boolean isGoneFor(final Path next) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null == ledger || !ledger.isRemoved(next) || expected < ledger.first()) {
            throw damaged(next.getFileName() + " is gone");
        }
        return false;
    }

    /**
     * Whether the writer got further than this place: then either the block came just now, or it is lost.
     */
    private boolean isCommittedBehind() {
        if (!head.isGood()) {
            head = new CycleHead(file);
            if (!head.isGood()) {
                throw damaged("the head of the cycle file is damaged at offset " + head.faultOffset());
            }
        }
        if (head.writePosition() < position) {
            return false;
        }
        if (Frame.NOTHING == file.word(position)) {
            throw damaged("a hole: the journal goes on behind it, up to offset " + head.writePosition());
        }
        return true;
    }

    /**
     * Whether a later file goes on where this one has no end mark, because its writer died before it wrote one.
     */
    private boolean beginsHere(final CycleFile candidate) {
        final long first = BlockLocator.sequenceAt(candidate, BlockLocator.firstBlock(candidate));
        if (first <= 0) {
            return false;
        }
        if (first == expectedInFiles || first == gaps.next(expectedInFiles)) {
            return true;
        }
        if (Frame.NOTHING == file.word(position)) {
            throw damaged("a hole: " + candidate.name() + " goes on with sequence " + first);
        }
        return false;
    }

    /**
     * Whether a file has its head: that comes last when a file is made, so a file without one must not hold blocks.
     */
    private boolean isReady(final CycleFile candidate) {
        if (Frame.isMeta(candidate.word(0))) {
            return true;
        }
        // a search is long: seldom while a writer is making the file
        final boolean isDue = 0 == (unreadyPolls++ & (LISTING_INTERVAL - 1));
        final boolean isGone = isDue && (null != JournalDirectory.cycleFileBehind(generation, candidate.path())
            || new BlockSearch(gaps.total()).find(candidate, 0, expectedInFiles) >= 0);
        // unless a live writer has finished it just now
        final boolean isDone = Frame.isMeta(candidate.word(0));
        if (isGone && !isDone) {
            throw damaged("the head of the next file " + candidate.name() + " is gone");
        }
        return isDone;
    }

    private void enter(final CycleFile next) {
        if (null != file) {
            file.close();
        }
        file = next;
        head = new CycleHead(next);
        position = BlockLocator.firstFrame(next);
        idlePolls = 0;
        unreadyPolls = 0;
    }

    /**
     * What stops here: the records that are due were removed, else the journal is damaged.
     */
    private JournalException damaged(final String reason) {
        final PositionException tooOld = new KeptBlocks(generation, gaps, staged).tooOld(expected);
        return null == tooOld ? new JournalException(place() + ": " + reason) : tooOld;
    }

    private String place() {
        return "journal damaged: " + (null == file ? generation : file.path()) + " offset " + position + ", expected sequence " + expected;
    }
}
