package io.strowger.ops.health;

/**
 * How much is taken of those tables of the router that its status tells of.
 *
 * @param sessions    that are open, and that an event has told of.
 * @param users       that are known.
 * @param groups      that are known.
 * @param memberships of users in groups that are logged in.
 * @param sources     that have introduced themselves.
 */
record RoomTaken(long sessions, long users, long groups, long memberships, long sources) {
    /** Nothing was counted yet. */
    static final RoomTaken NOTHING = new RoomTaken(0, 0, 0, 0, 0);
}
