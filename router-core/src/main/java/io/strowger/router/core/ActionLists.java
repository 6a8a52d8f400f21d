package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.util.Arrays;

/**
 * Which actions are pending at each source, which of them are owed their end because it went down, and which have ended
 * ({@link KeptActions}). An action is in exactly one of these lists.
 *
 * <pre>
 *   pending of a source ──── its result, or its deadline ────────────► ended ── kept long enough ──► forgotten
 *            │                                                           ▲
 *            └── the source goes: all at once, at no cost ── owed ───────┘
 * </pre>
 *
 * <p>Each going of a source begins a new generation; what was given to it in an older one is owed its end, whatever still comes for it.
 */
final class ActionLists {
    private final Actions actions;
    private final Deadlines deadlines;
    private final int[] generations;
    private final int[] firstPending;
    private final int[] lastPending;
    private final int[] pendingCounts;
    private final int[] firstOwed;
    private final int[] lastOwed;
    private final int[] owedCounts;
    private final long[] goneNs;
    private final KeptActions kept;
    /** Of each source the last action that was pending when it went; for who carries actions on, not part of the state. */
    private final long[] goneUpTo;
    private long goneCount;
    private int owing;

    ActionLists(final Actions actions, final KeptActions kept, final int sources) {
        this.actions = actions;
        this.kept = kept;
        this.deadlines = new Deadlines(actions);
        generations = new int[sources + 1];
        firstPending = none(sources);
        lastPending = none(sources);
        pendingCounts = new int[sources + 1];
        firstOwed = none(sources);
        lastOwed = none(sources);
        owedCounts = new int[sources + 1];
        goneNs = new long[sources + 1];
        goneUpTo = new long[sources + 1];
    }

    private static int[] none(final int sources) {
        final int[] slots = new int[sources + 1];
        Arrays.fill(slots, Session.NONE);
        return slots;
    }

    /** An action is given to a source. */
    void pend(final int slot) {
        final int source = actions.source(slot);
        actions.pend(slot);
        actions.generation(slot, generations[source]);
        append(slot, source, firstPending, lastPending);
        pendingCounts[source]++;
        deadlines.add(slot);
    }

    /** How many are pending at a source, those left out that are owed their end. */
    int pendingCount(final int source) {
        return pendingCounts[source];
    }

    /** The source has gone: all that is pending at it is owed its end from now on. */
    void gone(final int source, final long timeNs) {
        if (Session.NONE == firstPending[source]) {
            return;
        }
        if (Session.NONE == firstOwed[source]) {
            firstOwed[source] = firstPending[source];
            owing++;
        } else {
            actions.behind(lastOwed[source], firstPending[source]);
            actions.before(firstPending[source], lastOwed[source]);
        }
        goneUpTo[source] = actions.sequence(lastPending[source]);
        goneCount++;
        lastOwed[source] = lastPending[source];
        owedCounts[source] += pendingCounts[source];
        firstPending[source] = Session.NONE;
        lastPending[source] = Session.NONE;
        pendingCounts[source] = 0;
        generations[source]++;
        goneNs[source] = timeNs;
    }

    /** How often a source has gone that had actions. */
    long goneCount() {
        return goneCount;
    }

    /** Sequence of the last action that a source had when it went, 0 for none. */
    long goneUpTo(final int source) {
        return goneUpTo[source];
    }

    /** Whether the source of a pending action has gone since it got it. */
    boolean isOwed(final int slot) {
        return actions.generation(slot) != generations[actions.source(slot)];
    }

    /** Whether any action is owed its end because its source has gone. */
    boolean owes() {
        return owing > 0;
    }

    /** The action of a source that is owed its end first, or {@link Session#NONE}. */
    int firstOwed(final int source) {
        return firstOwed[source];
    }

    int owedCount(final int source) {
        return owedCounts[source];
    }

    /** Source time at which the source has gone, while it owes. */
    long goneNs(final int source) {
        return goneNs[source];
    }

    /** The deadlines of all that is pending. */
    Deadlines deadlines() {
        return deadlines;
    }

    /** An action that was pending has got its result. */
    void end(final int slot) {
        final int source = actions.source(slot);
        if (isOwed(slot)) {
            unlink(slot, source, firstOwed, lastOwed);
            owedCounts[source]--;
            if (0 == owedCounts[source]) {
                owing--;
                goneNs[source] = 0;
            }
        } else {
            unlink(slot, source, firstPending, lastPending);
            pendingCounts[source]--;
        }
        deadlines.remove(slot);
        kept.ended(slot);
    }

    long memoryBytes() {
        return deadlines.memoryBytes() + generations.length * (7L * Integer.BYTES + 2L * Long.BYTES);
    }

    /** Hashes what does not follow from the actions: which of them are owed, and since when. */
    long hash(final long seed) {
        long hash = seed;
        for (int source = 1; source < generations.length; source++) {
            if (owedCounts[source] > 0) {
                hash = Texts.hash(actions.sequence(lastOwed[source]), Texts.hash(source, hash));
                hash = Texts.hash(goneNs[source], Texts.hash(owedCounts[source], hash));
            }
        }
        return hash;
    }

    /**
     * Writes all actions: those that failed at once and the others that have ended in the order of their ends, then by
     * source those that are owed theirs, and the others.
     *
     * @param sources greatest number of one.
     */
    void write(final StateOutput out, final int sources) {
        for (int list = KeptActions.BRIEF; list <= KeptActions.LASTING; list++) {
            out.putInt(kept.size(list));
            writeList(out, kept.first(list));
        }
        for (int source = 1; source <= sources; source++) {
            out.putInt(owedCounts[source]);
            out.putLong(goneNs[source]);
            writeList(out, firstOwed[source]);
            out.putInt(pendingCounts[source]);
            writeList(out, firstPending[source]);
        }
    }

    private void writeList(final StateOutput out, final int first) {
        for (int slot = first; Session.NONE != slot; slot = actions.behind(slot)) {
            actions.write(out, slot);
        }
    }

    /** Reads all actions. */
    void read(final StateInput in, final int sources) {
        for (int list = KeptActions.BRIEF; list <= KeptActions.LASTING; list++) {
            for (int count = in.getInt(0, actions.capacity()); count > 0; count--) {
                kept.ended(readOne(in));
            }
        }
        for (int source = 1; source <= sources; source++) {
            final int owed = in.getInt(0, actions.capacity());
            final long timeNs = in.getLong();
            readPending(in, owed);
            gone(source, timeNs);
            readPending(in, in.getInt(0, actions.capacity()));
        }
    }

    private void readPending(final StateInput in, final int count) {
        for (int i = 0; i < count; i++) {
            pend(readOne(in));
        }
    }

    private int readOne(final StateInput in) {
        final int slot = actions.read(in);
        kept.add(slot);
        return slot;
    }

    private void append(final int slot, final int source, final int[] firsts, final int[] lasts) {
        actions.before(slot, lasts[source]);
        actions.behind(slot, Session.NONE);
        if (Session.NONE == lasts[source]) {
            firsts[source] = slot;
        } else {
            actions.behind(lasts[source], slot);
        }
        lasts[source] = slot;
    }

    private void unlink(final int slot, final int source, final int[] firsts, final int[] lasts) {
        final int before = actions.before(slot);
        final int behind = actions.behind(slot);
        if (Session.NONE == before) {
            firsts[source] = behind;
        } else {
            actions.behind(before, behind);
        }
        if (Session.NONE == behind) {
            lasts[source] = before;
        } else {
            actions.before(behind, before);
        }
    }
}
