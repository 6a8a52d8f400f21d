package io.strowger.router.core;

/**
 * Capacities of the state, fixed at launch: full means a typed reject, never a resize.
 *
 * @param sessions most open sessions, calls and bridges.
 * @param users    most users and devices, and clients with a grant.
 * @param groups   most groups and memberships.
 * @param sources  most sources.
 * @param actions  most actions, pending ones and those whose result is kept.
 * @param actionsPerTenant most of these that one tenant has.
 * @param actionsPerSource most actions pending at one source.
 * @param hashSeed of the keyed hashes; of no influence on any output.
 */
public record CoreSettings(int sessions, int users, int groups, int sources, int actions, int actionsPerTenant, int actionsPerSource,
                           long hashSeed) {
    /** Most actions pending at one source. */
    public static final int ACTIONS_PER_SOURCE = 1_024;

    private static final int FEW_ACTIONS = 1_024;

    /** Settings of a core for few actions: up to 1,024. */
    public CoreSettings(final int sessions, final int users, final int groups, final int sources, final long hashSeed) {
        this(sessions, users, groups, sources, FEW_ACTIONS, FEW_ACTIONS / 2, ACTIONS_PER_SOURCE, hashSeed);
    }
}
