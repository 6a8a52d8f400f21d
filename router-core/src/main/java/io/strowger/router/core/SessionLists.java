package io.strowger.router.core;

import java.util.Arrays;

/**
 * The sessions of each source, in the order in which their timers run out, and behind them those of its dead epochs, whose ends are owed.
 *
 * <p>When a source restarts, the whole list of its sessions becomes the end of the list of what is owed, in one step. A walk over a
 * source's sessions that takes several steps is kept by a cursor, which moves on when its session leaves the list.
 */
final class SessionLists {
    private final int[] firsts;
    private final int[] lasts;
    private final int[] owedFirsts;
    private final int[] owedLasts;
    private final int[] cursors;
    private final long[] counts;
    private final long[] owedCounts;
    private int owing;

    SessionLists(final int capacity) {
        firsts = filled(capacity + 1);
        lasts = filled(capacity + 1);
        owedFirsts = filled(capacity + 1);
        owedLasts = filled(capacity + 1);
        cursors = filled(capacity + 1);
        counts = new long[capacity + 1];
        owedCounts = new long[capacity + 1];
    }

    /** How many sessions of the living epoch hang in the list. */
    long count(final int source) {
        return counts[source];
    }

    /** The session whose timer runs out first, or {@link Session#NONE}. */
    int first(final int source) {
        return firsts[source];
    }

    /** How many sessions of dead epochs are owed their end. */
    long owedCount(final int source) {
        return owedCounts[source];
    }

    /** The first session of a dead epoch, or {@link Session#NONE}. */
    int firstOwed(final int source) {
        return owedFirsts[source];
    }

    /** How many sources have sessions of dead epochs. */
    int owing() {
        return owing;
    }

    /** Where a walk goes on, or {@link Session#NONE} at its end. */
    int cursor(final int source) {
        return cursors[source];
    }

    void cursor(final int source, final int slot) {
        cursors[source] = slot;
    }

    /** All sessions of the source belong to a dead epoch from now on. */
    void bury(final int source, final Session view) {
        cursors[source] = Session.NONE;
        if (Session.NONE != firsts[source]) {
            if (Session.NONE == owedFirsts[source]) {
                owedFirsts[source] = firsts[source];
                owing++;
            } else {
                view.at(owedLasts[source]).nextOfSource(firsts[source]);
                view.at(firsts[source]).previousOfSource(owedLasts[source]);
            }
            owedLasts[source] = lasts[source];
            firsts[source] = Session.NONE;
            lasts[source] = Session.NONE;
        }
        owedCounts[source] += counts[source];
        counts[source] = 0;
    }

    /** Hangs a session of the living epoch behind the others. */
    void append(final int source, final Session session, final Session view) {
        counts[source]++;
        session.previousOfSource(lasts[source]);
        session.nextOfSource(Session.NONE);
        if (Session.NONE == lasts[source]) {
            firsts[source] = session.slot();
        } else {
            view.at(lasts[source]).nextOfSource(session.slot());
        }
        lasts[source] = session.slot();
    }

    /**
     * Takes a session out of the list it hangs in.
     *
     * @param owed whether it is of a dead epoch.
     */
    void remove(final int source, final boolean owed, final Session session, final Session view) {
        (owed ? owedCounts : counts)[source]--;
        final int previous = session.previousOfSource();
        final int next = session.nextOfSource();
        if (Session.NONE != previous) {
            view.at(previous).nextOfSource(next);
        }
        if (Session.NONE != next) {
            view.at(next).previousOfSource(previous);
        }
        final int slot = session.slot();
        cursors[source] = cursors[source] == slot ? next : cursors[source];
        firsts[source] = firsts[source] == slot ? next : firsts[source];
        lasts[source] = lasts[source] == slot ? previous : lasts[source];
        owedLasts[source] = owedLasts[source] == slot ? previous : owedLasts[source];
        if (owedFirsts[source] == slot) {
            owedFirsts[source] = next;
            owing -= Session.NONE == next ? 1 : 0;
        }
    }

    private static int[] filled(final int length) {
        final int[] slots = new int[length];
        Arrays.fill(slots, Session.NONE);
        return slots;
    }
}
