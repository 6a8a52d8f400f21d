package io.strowger.router.journal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Records are missing from the journal for ever, as a repair has recorded: the rest of it can be read, but behind the first gap it can't
 * be folded, because the inputs that are lost have changed the state.
 */
public final class MissingRecordsException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** First sequence that is missing. */
    private final long firstMissing;

    private MissingRecordsException(final List<SequenceRange> missing) {
        super("sequences " + missing.stream().map(SequenceRange::toString).collect(Collectors.joining(", "))
            + " are lost, as a repair has recorded: the journal can be read, but its state can't be folded beyond "
            + (missing.get(0).first() - 1));
        this.firstMissing = missing.get(0).first();
    }

    /**
     * Sees that nothing is missing.
     *
     * @param from  first sequence to be folded: behind a snapshot what came before it may be missing.
     * @param until last sequence to be folded.
     * @throws MissingRecordsException when anything of that is missing.
     */
    public static void check(final Journal journal, final long from, final long until) {
        final List<SequenceRange> missing = journal.missing().stream()
            .filter(range -> range.last() >= from && range.first() <= until).toList();
        if (!missing.isEmpty()) {
            throw new MissingRecordsException(missing);
        }
    }

    /** First sequence that is missing: the fold can stand before it. */
    public long firstMissing() {
        return firstMissing;
    }
}
