package io.strowger.router.core;

/**
 * Capacities of the state, fixed at launch: full means a typed reject, never a resize.
 *
 * @param sessions most open sessions, calls and bridges.
 * @param users    most users and devices.
 * @param groups   most groups and memberships.
 * @param sources  most sources.
 * @param hashSeed of the keyed hashes; of no influence on any output.
 */
public record CoreSettings(int sessions, int users, int groups, int sources, long hashSeed) {
}
