package io.strowger.persistence;

import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What a verification has seen so far: where the sequence and the chain stand, and what was wrong.
 */
final class Findings {
    private final Gaps gaps;
    private final List<Damage> damages = new ArrayList<>();
    private final List<SequenceRange> missing = new ArrayList<>();
    private String tornTail;
    private long expected;
    private long chain;
    private boolean isChainKnown;
    private long blocks;
    private long records;
    private long firstSequence;
    private long lastSequence;
    private int damagesBefore;
    private long firstKept = 1;

    Findings(final Gaps gaps) {
        this.gaps = gaps;
        this.expected = gaps.next(1);
        this.isChainKnown = 1 == expected;
    }

    /**
     * Begins, or goes on, with what is kept: nothing before it is due.
     */
    void beginWith(final RemovalLedger ledger) {
        if (ledger.first() > expected || 0 == blocks) {
            expected = gaps.next(ledger.first());
            chain = ledger.chain();
            isChainKnown = ledger.isChainKnown() && expected == ledger.first();
        }
        firstKept = ledger.first();
    }

    void damage(final String file, final long offset, final long length, final String reason) {
        damages.add(new Damage(file, offset, length, expected, reason));
    }

    void tornTail(final String place) {
        tornTail = place;
    }

    /**
     * Takes note of a block with a good checksum and good records.
     *
     * @param block holds it, plain, from offset 0.
     * @return null, or what is wrong with its sequence.
     */
    String take(final DirectBuffer block) {
        final long first = BlockLayout.firstSequence(block, 0);
        final int count = BlockLayout.count(block, 0);
        if (first < expected) {
            return "sequence " + first + " again, or out of order";
        }
        noteMissing(first);
        if (0 == blocks) {
            firstSequence = first;
        }
        blocks++;
        damagesBefore = damages.size();
        records += count;
        lastSequence = first + count - 1;
        expected = first + count;
        chain = BlockLayout.chain(block, 0);
        isChainKnown = true;
        return null;
    }

    /**
     * Notes that everything up to a sequence is gone.
     */
    void noteMissing(final long next) {
        long from = expected;
        while (from < next) {
            final long behindGap = gaps.next(from);
            if (behindGap > from) {
                from = behindGap;
            } else {
                final long to = Math.min(next, nextGap(from));
                missing.add(new SequenceRange(from, to - 1));
                from = to;
            }
            isChainKnown = false;
        }
        expected = Math.max(expected, from);
    }

    /**
     * Names what is lost when there is less than was on the disk.
     */
    void endAt(final WrittenMark mark) {
        if (mark.isLost(gaps.next(expected) - 1)) {
            if (damages.stream().noneMatch(damage -> damage.file().equals(mark.file()))) {
                damage(mark.file(), 0, 0, mark.lost());
            }
            noteMissing(mark.last() + 1);
        }
    }

    long expected() {
        return expected;
    }

    long chain() {
        return chain;
    }

    boolean isChainKnown() {
        return isChainKnown;
    }

    /**
     * Whether a sequence is not due and nothing damaged since the last good block explains it.
     */
    boolean isUnexplained(final long first) {
        return blocks > 0 && damages.size() == damagesBefore && first != expected && first != gaps.next(expected);
    }

    VerifyReport report(final int files) {
        return new VerifyReport(files, blocks, records, firstKept, firstSequence, lastSequence, chain, List.copyOf(damages),
            Gaps.NONE.with(missing).ranges(), gaps.ranges(), tornTail, null, null);
    }

    private long nextGap(final long from) {
        for (final SequenceRange range : gaps.ranges()) {
            if (range.first() > from) {
                return range.first();
            }
        }
        return Long.MAX_VALUE;
    }
}
