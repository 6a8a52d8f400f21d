package io.strowger.persistence;

import io.strowger.router.journal.SequenceRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sequences that a repair could not save. Readers step over exactly these; any other jump is damage. Immutable.
 *
 * <p>As text: {@code 101-120,300}.
 */
final class Gaps {
    /** Nothing is missing. */
    static final Gaps NONE = new Gaps(List.of());

    private final List<SequenceRange> ranges;

    /**
     * Gaps in ascending order.
     */
    Gaps(final List<SequenceRange> ranges) {
        this.ranges = Collections.unmodifiableList(new ArrayList<>(ranges));
    }

    static Gaps parse(final String text) {
        final List<SequenceRange> ranges = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                final int dash = part.indexOf('-');
                final long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
                ranges.add(new SequenceRange(first, dash < 0 ? first : Long.parseLong(part.substring(dash + 1))));
            }
        }
        return new Gaps(ranges);
    }

    List<SequenceRange> ranges() {
        return ranges;
    }

    /**
     * The sequence a reader expects to find where this one should be.
     *
     * @return the one behind the gap that begins here, or the same.
     */
    long next(final long expected) {
        long sequence = expected;
        for (int i = 0, size = ranges.size(); i < size; i++) {
            final SequenceRange range = ranges.get(i);
            if (range.first() <= sequence && sequence <= range.last()) {
                sequence = range.last() + 1;
            }
        }
        return sequence;
    }

    /**
     * Sequences missing in all.
     */
    long total() {
        long total = 0;
        for (final SequenceRange range : ranges) {
            total += range.count();
        }
        return total;
    }

    /**
     * These and others, overlapping and touching ranges joined.
     */
    Gaps with(final List<SequenceRange> others) {
        final List<SequenceRange> all = new ArrayList<>(ranges);
        all.addAll(others);
        all.sort((a, b) -> Long.compare(a.first(), b.first()));
        final List<SequenceRange> joined = new ArrayList<>();
        for (final SequenceRange range : all) {
            final SequenceRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (null != before && range.first() <= before.last() + 1) {
                joined.set(joined.size() - 1, new SequenceRange(before.first(), Math.max(before.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return new Gaps(joined);
    }

    @Override
    public String toString() {
        return ranges.stream().map(SequenceRange::toString).collect(Collectors.joining(","));
    }
}
