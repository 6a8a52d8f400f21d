package io.strowger.router.journal;

/**
 * Sequences from first to last, both included.
 *
 * @param first sequence.
 * @param last  sequence, not below first.
 */
public record SequenceRange(long first, long last) {
    /**
     * How many sequences it holds.
     */
    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}
