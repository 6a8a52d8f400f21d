package io.strowger.router;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;

/**
 * The limits of the fold that a context asks for; what it does not ask for is the journal's. One thread.
 */
final class AskedLimits {
    private static final int AS_KEPT = 0;
    private static final int MAX_CAPACITY = 1 << 28;

    int sessions = AS_KEPT;
    int users = AS_KEPT;
    int groups = AS_KEPT;
    int sources = AS_KEPT;
    int blockSize = AS_KEPT;

    /**
     * What a journal keeps, or what is asked for on a new one.
     *
     * @throws IllegalArgumentException when a limit is out of its range.
     * @throws JournalException         when the journal keeps others.
     */
    FoldLimits of(final Journal journal) {
        final FoldLimits has = FoldLimits.of(journal);
        final FoldLimits all = new FoldLimits(orElse(sessions, has.sessions()), orElse(users, has.users()), orElse(groups, has.groups()),
            orElse(sources, has.sources()), orElse(blockSize, has.blockSize()));
        check(all.sessions(), "sessionCapacity");
        check(all.users(), "userCapacity");
        check(all.groups(), "groupCapacity");
        check(all.sources(), "sourceCapacity");
        check(all.blockSize(), "blockSizeLimit");
        if (null != journal.limits() && !all.equals(has)) {
            throw new JournalException("the journal was begun with " + has + " and can't be folded with " + all);
        }
        return all;
    }

    /** A line each. */
    @Override
    public String toString() {
        return "\n  blockSizeLimit=" + shown(blockSize) + " bytes\n  sessionCapacity=" + shown(sessions)
            + "\n  userCapacity=" + shown(users) + "\n  groupCapacity=" + shown(groups) + "\n  sourceCapacity=" + shown(sources);
    }

    private static String shown(final int value) {
        return AS_KEPT == value ? "(the journal's)" : Integer.toString(value);
    }

    private static int orElse(final int value, final int kept) {
        return AS_KEPT == value ? kept : value;
    }

    private static void check(final int value, final String name) {
        if (value <= 0 || value > MAX_CAPACITY) {
            throw new IllegalArgumentException(name + " is out of its range: " + value);
        }
    }
}
