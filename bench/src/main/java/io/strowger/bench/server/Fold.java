package io.strowger.bench.server;

import java.util.HashSet;
import java.util.Set;

/**
 * What a subscriber makes of its events: how many there were, and a number that another event, one less, one more or another order would
 * have made another. One thread.
 */
final class Fold {
    private static final long PRIME = 0x100000001B3L;

    private final Set<String> open;
    private long count;
    private long hash;

    /**
     * Of nothing.
     *
     * @param isSeeingAll whether open sessions are kept.
     */
    Fold(final boolean isSeeingAll) {
        open = isSeeingAll ? new HashSet<>() : Set.of();
    }

    /**
     * Adds an event.
     *
     * @param text with its id.
     * @param from place of the id in it.
     * @param to   end of the id.
     */
    void add(final CharSequence text, final int from, final int to) {
        long next = hash;
        for (int i = from; i < to; i++) {
            next = (next ^ text.charAt(i)) * PRIME;
        }
        hash = next ^ (next >>> 32);
        count++;
    }

    /** A session is as an event of this type says. */
    void session(final String id, final String type) {
        if ("call.cleared".equals(type)) {
            open.remove(id);
        } else {
            open.add(id);
        }
    }

    long count() {
        return count;
    }

    /** Sessions that are open. */
    Set<String> open() {
        return open;
    }

    /** Whether the same events came in the same order. */
    boolean isLike(final Fold other) {
        return count == other.count && hash == other.hash;
    }
}
