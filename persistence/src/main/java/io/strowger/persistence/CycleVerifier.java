package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.BlockSearch;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.persistence.cycle.Frame;
import io.strowger.persistence.cycle.IndexArray;
import io.strowger.router.record.BlockLayout;
import java.nio.file.Path;
import java.util.Set;
import net.openhft.chronicle.queue.RollCycle;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Walks one cycle file from frame to frame and holds every byte of it against what should stand there. Behind damage it goes on at the next
 * frame if one follows at once, else at the next whole block it finds.
 */
final class CycleVerifier {
    private static final long WINDOW = 64L << 20;
    private static final long NO_FRAME = -1;

    private final CycleFile file;
    private final CycleHead head;
    private final Findings findings;
    private final VerifyListener listener;
    private final RollCycle cycle;
    private final Set<String> unindexed;
    private final BlockSearch search;
    private final BlockCheck check = new BlockCheck();
    private final LongArrayList blocks = new LongArrayList();
    private final LongArrayList indexes = new LongArrayList();
    private final Marks marks;
    private final long written;
    private long position;
    private boolean hasHole;

    /**
     * A walk over an open file.
     *
     * @param metadata of the journal.
     */
    CycleVerifier(final CycleFile file, final JournalMetadata metadata, final Findings findings, final VerifyListener listener) {
        this.file = file;
        this.findings = findings;
        this.listener = listener;
        this.cycle = ChronicleSettings.cycle(metadata.cycle());
        this.unindexed = metadata.unindexed();
        this.search = new BlockSearch(metadata.gaps().total());
        this.head = new CycleHead(file);
        // before the walk: a live writer moves on meanwhile
        this.marks = Marks.of(head);
        this.written = marks.written();
    }

    /**
     * Walks.
     *
     * @param isNewest   whether this is the file a writer may be at.
     * @param isFollowed whether a later file has its head, so that this one had one too.
     */
    void run(final boolean isNewest, final boolean isFollowed) {
        position = start(isFollowed);
        while (position >= 0) {
            final int word = file.word(position);
            if (Frame.END == word || Frame.NOTHING == word) {
                position = Frame.END == word ? checkEnd(isNewest) : checkNothing(isNewest);
            } else if (isBlockHere()) {
                block(word);
            } else if (IndexArray.isGoodAt(file, position)) {
                indexes.add(position);
                position = padded(Frame.next(position, word), position + Frame.WORD_LENGTH + Frame.length(word));
            } else {
                damagedFrame(word);
            }
        }
        if (head.isGood()) {
            new IndexVerifier(file, head, findings, blocks, indexes).run(cycle, unindexed, marks, hasHole);
        }
    }

    /**
     * Opens a file with the window a walk needs.
     */
    static CycleFile open(final Path path) {
        return CycleFile.open(path, WINDOW);
    }

    /**
     * Opens a file that may be gone by now.
     *
     * @return null when it is.
     */
    static CycleFile openIfThere(final Path path) {
        return CycleFile.openIfThere(path, WINDOW);
    }

    private long start(final boolean isFollowed) {
        if (head.isGood()) {
            return padded((head.end() + 3) & ~3, head.end());
        }
        final long next = head.isMade() ? Frame.next(0, file.word(0)) : 0;
        if (next > 0 && IndexArray.isGoodAt(file, next)) {
            findings.damage(file.name(), head.faultOffset(), 1, "the head of the cycle file");
            return next;
        }
        final long found = search.find(file, 0, findings.expected());
        if (isMadeMeanwhile()) {
            return NO_FRAME;
        }
        if (found < 0) {
            if (isFollowed || BlockSearch.holdsAny(file)) {
                findings.damage(file.name(), 0, 1, "the head of the cycle file");
            } else if (Zeros.lastNonZero(file, 0) >= 0) {
                findings.tornTail(file.name() + ":0, a cycle file whose making was not finished");
            }
            return NO_FRAME;
        }
        findings.damage(file.name(), 0, found, "the head of the cycle file");
        hasHole = true;
        return found;
    }

    /**
     * Whether a live writer has finished the file since its head was read: then all in it is newer than this verification.
     */
    private boolean isMadeMeanwhile() {
        return !head.isMade() && Frame.isMeta(file.word(0));
    }

    /**
     * Whether a good block of ours stands here, whatever its frame's word says.
     */
    private boolean isBlockHere() {
        if (!file.covers(position, Frame.WORD_LENGTH + BlockLayout.HEADER_LENGTH)) {
            return false;
        }
        final int header = file.offset(position) + Frame.WORD_LENGTH;
        final int length = BlockLayout.length(file.buffer(), header);
        if (BlockLayout.MAGIC != BlockLayout.magic(file.buffer(), header) || length < BlockLayout.HEADER_LENGTH
            || !file.covers(position, Frame.WORD_LENGTH + length)) {
            return false;
        }
        return null == check.check(file, file.offset(position) + Frame.WORD_LENGTH, length) && null == check.checkRecords(0, false);
    }

    private void block(final int word) {
        final DirectBuffer block = check.copy();
        final int length = BlockLayout.length(file.buffer(), file.offset(position) + Frame.WORD_LENGTH);
        if (word != length) {
            findings.damage(file.name(), position, Frame.WORD_LENGTH, "the frame's word is not the length of the block behind it");
        }
        final long first = BlockLayout.firstSequence(block, 0);
        final boolean isChainDue = findings.isChainKnown() && first == findings.expected();
        final String chainFault = check.checkRecords(findings.chain(), isChainDue);
        if (null != chainFault) {
            findings.damage(file.name(), position + Frame.WORD_LENGTH, length, chainFault);
        } else if (findings.isUnexplained(first)) {
            findings.damage(file.name(), position, 0, "sequence " + first + " stands here");
        }
        final String fault = findings.take(block);
        if (null == fault) {
            listener.onBlock(file.path(), position + Frame.WORD_LENGTH, length, first, BlockLayout.count(block, 0));
        } else {
            findings.damage(file.name(), position + Frame.WORD_LENGTH, length, fault);
        }
        blocks.add(position);
        final long end = position + Frame.WORD_LENGTH + length;
        position = padded((end + 3) & ~3L, end);
    }

    /**
     * Names a frame that is not good, and finds where to go on.
     */
    private void damagedFrame(final int word) {
        final int length = Frame.length(word);
        final long next = Frame.next(position, word);
        final long blockEnd = (position + Frame.WORD_LENGTH + claimedLength() + 3) & ~3L;
        final String reason = reason(word, length);
        if (word == claimedLength() && isFrameAt(next)) {
            damagedBlock(next, reason);
        } else if (claimedLength() > 0 && isFrameAt(blockEnd)) {
            damagedBlock(blockEnd, reason);
        } else if (Frame.isMeta(word) && isFrameAt(next)) {
            findings.damage(file.name(), position, next - position, "Chronicle's index frame");
            // it counts as a frame: entries may name it
            indexes.add(position);
            position = next;
        } else if (Frame.isBlock(word) && isFrameAt(next)) {
            damagedBlock(next, reason);
        } else {
            skip(reason);
        }
    }

    private void damagedBlock(final long next, final String reason) {
        findings.damage(file.name(), position, next - position, reason);
        noteClaimed();
        blocks.add(position);
        position = next;
    }

    private void skip(final String reason) {
        final long found = search.find(file, position + Frame.WORD_LENGTH, findings.expected());
        hasHole = true;
        if (found < 0) {
            final long end = Math.max(position + Frame.WORD_LENGTH, Zeros.lastNonZero(file, position) + 1);
            findings.damage(file.name(), position, end - position, reason + "; no whole block follows in this file");
            noteClaimed();
            position = NO_FRAME;
        } else {
            findings.damage(file.name(), position, found - position, reason);
            position = found;
        }
    }

    /**
     * What a damaged block says of itself counts where it agrees with what is due: its sequences are gone.
     */
    private void noteClaimed() {
        if (file.covers(position, Frame.WORD_LENGTH + BlockLayout.HEADER_LENGTH)) {
            final int block = file.offset(position) + Frame.WORD_LENGTH;
            final int count = BlockLayout.count(file.buffer(), block);
            final boolean isPlausible = BlockLayout.firstSequence(file.buffer(), block) == findings.expected()
                && count > 0 && count <= plainLength(block) / Long.BYTES;
            if (isPlausible) {
                findings.noteMissing(findings.expected() + count);
            }
        }
    }

    /**
     * Length that a damaged block says it has when plain, as far as that can be.
     */
    private int plainLength(final int block) {
        final int length = BlockLayout.length(file.buffer(), block);
        final int plainLength = BlockLayout.plainLength(file.buffer(), block);
        return BlockLayout.ENCODING_PLAIN == BlockLayout.encoding(file.buffer(), block) || plainLength > BlockLayout.MAX_LENGTH
            ? length : Math.max(length, plainLength);
    }

    private int claimedLength() {
        if (!file.covers(position, Frame.WORD_LENGTH + BlockLayout.HEADER_LENGTH)) {
            return 0;
        }
        final int block = file.offset(position) + Frame.WORD_LENGTH;
        final int length = BlockLayout.length(file.buffer(), block);
        return BlockLayout.MAGIC == BlockLayout.magic(file.buffer(), block) && length > 0 ? length : 0;
    }

    private String reason(final int word, final int length) {
        if (Frame.isBlock(word) && file.covers(position, Frame.WORD_LENGTH + length)) {
            final String fault = check.check(file, file.offset(position) + Frame.WORD_LENGTH, length);
            return "block: " + (null == fault ? check.checkRecords(0, false) : fault);
        }
        return Frame.isBlock(word) ? "the file ends within a block" : "a frame that nobody writes";
    }

    /**
     * Whether something that may follow a frame stands at a place.
     */
    private boolean isFrameAt(final long at) {
        final int word = file.word(at);
        final boolean isFrame = Frame.END == word || (Frame.NOTHING == word && at > written)
            || (Frame.isBlock(word) && BlockLocator.sequenceAt(file, at) > 0) || IndexArray.isGoodAt(file, at);
        file.covers(position, Frame.WORD_LENGTH);
        return isFrame;
    }

    /**
     * Looks at a place where nothing is committed: the end, or a hole.
     *
     * @return where to go on.
     */
    private long checkNothing(final boolean isNewest) {
        final long used = Zeros.lastNonZero(file, position) + 1;
        final long found = used > position ? search.find(file, position, findings.expected()) : NO_FRAME;
        if (Frame.NOTHING != file.word(position)) {
            // a live writer has just committed here
            return position;
        }
        if (found >= 0) {
            hasHole = true;
            findings.damage(file.name(), position, found - position, "a hole");
        } else if (written >= position) {
            hasHole = true;
            findings.damage(file.name(), position, Math.max(used, written + Frame.WORD_LENGTH) - position,
                "the end is cut off: the last block stood at offset " + written + " if the writer's mark at offset "
                    + head.writePositionOffset() + " is right");
        } else if (used > position && isNewest) {
            findings.tornTail(file.name() + ":" + position + ", " + (used - position) + " bytes that were never committed");
        } else if (used > position) {
            findings.damage(file.name(), position, used - position, "bytes behind the end of the cycle");
        }
        return found;
    }

    /**
     * Looks at the end mark and behind it.
     *
     * @return where to go on, if the end mark is none.
     */
    private long checkEnd(final boolean isNewest) {
        final long text = position + Frame.WORD_LENGTH;
        // the word comes first: of the newest file a writer may be at the text, or have died there
        if (!isNewest && Frame.END_TEXT != file.word(text)) {
            findings.damage(file.name(), text, Integer.BYTES, "the text of the end mark");
        }
        final long rest = text + Integer.BYTES;
        final long bad = Zeros.firstNonZero(file, rest, file.size());
        if (bad < 0) {
            return NO_FRAME;
        }
        final long found = search.find(file, rest, findings.expected());
        hasHole |= found >= 0;
        findings.damage(file.name(), bad, (found < 0 ? Zeros.lastNonZero(file, rest) + 1 : found) - bad, "bytes behind the end mark");
        return found;
    }

    /**
     * Looks at the bytes between two frames.
     *
     * @return the place of the later one.
     */
    private long padded(final long next, final long from) {
        final long bad = next > from ? Zeros.firstNonZero(file, from, next) : -1;
        if (bad >= 0) {
            findings.damage(file.name(), bad, 1, "padding");
        }
        return next;
    }
}
