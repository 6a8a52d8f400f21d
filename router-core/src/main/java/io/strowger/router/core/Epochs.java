package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;

/**
 * The epochs of the sources that still have sessions: the living one, and dead ones whose sessions are owed their end.
 *
 * <p>A source's epochs are numbered by ordinals from 1. What is known of one stands in a ring, at its ordinal modulo the ring's length,
 * which grows when a source restarts again and again before its sessions are paid.
 */
final class Epochs {
    private static final int FEW = 4;
    /** More dead epochs of one source are not owed at once: what says so is no state. */
    private static final int MOST_READ = 1 << 20;

    private final SessionLists lists;
    private final int[] ordinals;
    private final int[] oldestOwed;
    private final long[][] ids;
    private final long[][] endsNs;

    Epochs(final int sources, final SessionLists lists) {
        this.lists = lists;
        ordinals = new int[sources + 1];
        oldestOwed = new int[sources + 1];
        ids = new long[sources + 1][];
        endsNs = new long[sources + 1][];
    }

    /** A source has its first epoch. */
    void begin(final int number) {
        ordinals[number] = 1;
        ids[number] = new long[FEW];
        endsNs[number] = new long[FEW];
    }

    /** Ordinal of the living epoch. */
    int ordinal(final int number) {
        return ordinals[number];
    }

    /** The oldest epoch that may still have sessions. */
    int oldest(final int number) {
        return Session.NONE == lists.firstOwed(number) ? ordinals[number] : oldestOwed[number];
    }

    /** What the sessions of a scope are identified by. */
    long id(final long scope) {
        final long[] ring = ids[Sources.number(scope)];
        return ring[(int)scope % ring.length];
    }

    /** What the sessions of the living epoch are identified by from now on. */
    void id(final int number, final long epoch) {
        ids[number][ordinals[number] % ids[number].length] = epoch;
    }

    /** Source time at which it was known that a dead epoch had ended. */
    long endNs(final long scope) {
        final long[] ring = endsNs[Sources.number(scope)];
        return ring[(int)scope % ring.length];
    }

    /** A new epoch has begun: all sessions are owed their end. */
    void restart(final int number, final long timeNs, final Session view) {
        if (0 == lists.owedCount(number)) {
            oldestOwed[number] = ordinals[number];
        }
        lists.bury(number, view);
        endsNs[number][ordinals[number] % endsNs[number].length] = timeNs;
        ordinals[number]++;
        makeRoom(number, oldest(number), ordinals[number]);
    }

    /** Room for as many epochs as have sessions; more than a few dead ones at a time are rare. */
    private void makeRoom(final int number, final int oldest, final int newest) {
        if (newest - oldest >= ids[number].length) {
            ids[number] = larger(ids[number], oldest, newest);
            endsNs[number] = larger(endsNs[number], oldest, newest);
        }
    }

    private static long[] larger(final long[] ring, final int oldest, final int newest) {
        final long[] larger = new long[ring.length * 2];
        for (int ordinal = oldest; ordinal < newest; ordinal++) {
            larger[ordinal % larger.length] = ring[ordinal % ring.length];
        }
        return larger;
    }

    long hash(final int number, final long seed) {
        long hash = seed;
        for (int ordinal = oldest(number); ordinal <= ordinals[number]; ordinal++) {
            final long scope = Sources.scope(number, ordinal);
            hash = Texts.hash(id(scope), Texts.hash(ordinal, hash));
            hash = ordinal < ordinals[number] ? Texts.hash(endNs(scope), hash) : hash;
        }
        return Texts.hash(oldest(number), hash);
    }

    void write(final StateOutput out, final int number) {
        out.putInt(ordinals[number]);
        out.putInt(oldest(number));
        for (int ordinal = oldest(number); ordinal <= ordinals[number]; ordinal++) {
            out.putLong(id(Sources.scope(number, ordinal)));
            out.putLong(ordinal < ordinals[number] ? endNs(Sources.scope(number, ordinal)) : 0);
        }
    }

    /** Makes room for each epoch when it is there, and not for as many as are said to be. */
    void read(final StateInput in, final int number) {
        ordinals[number] = in.getInt();
        oldestOwed[number] = in.getInt(Math.max(1, ordinals[number] - MOST_READ), ordinals[number]);
        ids[number] = new long[FEW];
        endsNs[number] = new long[FEW];
        for (int ordinal = oldestOwed[number]; ordinal <= ordinals[number]; ordinal++) {
            final long id = in.getLong();
            final long endNs = in.getLong();
            makeRoom(number, oldestOwed[number], ordinal);
            ids[number][ordinal % ids[number].length] = id;
            endsNs[number][ordinal % endsNs[number].length] = endNs;
        }
    }
}
