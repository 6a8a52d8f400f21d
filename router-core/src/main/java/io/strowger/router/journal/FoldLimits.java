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
 * @param actionsPerTenant most of these that one tenant has; whose shares fit into {@code actions} together can't tell of each other.
 * @param blockSize in bytes, behind which a block is closed.
 */
public record FoldLimits(int sessions, int users, int groups, int sources, int actions, int actionsPerTenant, int blockSize) {
    /** For journals whose router asks for nothing else. */
    public static final FoldLimits DEFAULT = new FoldLimits(65_536, 65_536, 16_384, 1_024, 65_536, 32_768, 64 * 1024);

    /** Limits by which one tenant has no more than half of the actions. */
    public FoldLimits(final int sessions, final int users, final int groups, final int sources, final int actions, final int blockSize) {
        this(sessions, users, groups, sources, actions, half(actions), blockSize);
    }

    /** Most actions of one tenant where nothing else is said. */
    public static int half(final int actions) {
        return Math.max(1, actions / 2);
    }

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
        return sessions + " sessions, " + users + " users, " + groups + " groups, " + sources + " sources, " + actions + " actions ("
            + actionsPerTenant + " of a tenant), blocks of " + blockSize + " bytes";
    }
}
