package io.strowger.router.core;

import java.util.Arrays;

/**
 * The sessions of each user that an event has told of, for who asks for one user among many. Beside the state, never part of it: a core
 * that answers nobody has none.
 *
 * <pre>
 *   first[user] ──► session ◄──► session ◄──► session        by slots, in an order that says nothing
 * </pre>
 *
 * <p>One thread. Grows with the greatest slots seen.
 */
final class UserSessions {
    private int[] first = filled(1024);
    private int[] next = filled(1024);
    private int[] previous = filled(1024);
    private int[] owner = filled(1024);

    /** One session of a user, or {@link Session#NONE}. */
    int first(final int user) {
        return user < first.length ? first[user] : Session.NONE;
    }

    /** Another of the same user, or {@link Session#NONE}. */
    int next(final int slot) {
        return next[slot];
    }

    /** A session was told of as this user's, or nobody's. */
    void put(final int slot, final int user) {
        if (slot >= owner.length) {
            final int length = Math.max(slot + 1, owner.length * 2);
            next = grown(next, length);
            previous = grown(previous, length);
            owner = grown(owner, length);
        }
        if (user == owner[slot]) {
            return;
        }
        remove(slot);
        if (Session.NONE == user) {
            return;
        }
        if (user >= first.length) {
            first = grown(first, Math.max(user + 1, first.length * 2));
        }
        owner[slot] = user;
        next[slot] = first[user];
        if (Session.NONE != next[slot]) {
            previous[next[slot]] = slot;
        }
        first[user] = slot;
    }

    /** A session has ended. */
    void remove(final int slot) {
        if (slot >= owner.length || Session.NONE == owner[slot]) {
            return;
        }
        if (Session.NONE == previous[slot]) {
            first[owner[slot]] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (Session.NONE != next[slot]) {
            previous[next[slot]] = previous[slot];
        }
        next[slot] = Session.NONE;
        previous[slot] = Session.NONE;
        owner[slot] = Session.NONE;
    }

    private static int[] filled(final int length) {
        final int[] slots = new int[length];
        Arrays.fill(slots, Session.NONE);
        return slots;
    }

    private static int[] grown(final int[] slots, final int length) {
        final int[] more = Arrays.copyOf(slots, length);
        Arrays.fill(more, slots.length, length, Session.NONE);
        return more;
    }
}
