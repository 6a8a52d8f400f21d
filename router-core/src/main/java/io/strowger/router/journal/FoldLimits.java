package io.strowger.router.journal;

/**
 * What a fold must be made with to give the records of a journal again: a signal that finds a table full is rejected, so the capacities
 * decide what is in the journal. They are kept with it from the first launch on and never change.
 *
 * @param sessions  most open sessions, calls and bridges.
 * @param users     most users and devices, and clients with a grant.
 * @param groups    most groups and memberships.
 * @param sources   most sources.
 * @param actions   most actions, pending ones and those whose result is kept.
 * @param blockSize in bytes, behind which a block is closed.
 */
public record FoldLimits(int sessions, int users, int groups, int sources, int actions, int blockSize) {
    /** For journals whose router asks for nothing else. */
    public static final FoldLimits DEFAULT = new FoldLimits(65_536, 65_536, 16_384, 1_024, 65_536, 64 * 1024);

    /**
     * The limits a journal is folded with.
     *
     * @return those kept with it, or the defaults when no router has been launched on it yet.
     */
    public static FoldLimits of(final Journal journal) {
        final FoldLimits kept = journal.limits();
        return null == kept ? DEFAULT : kept;
    }

    @Override
    public String toString() {
        return sessions + " sessions, " + users + " users, " + groups + " groups, " + sources + " sources, " + actions + " actions, blocks of "
            + blockSize + " bytes";
    }
}
