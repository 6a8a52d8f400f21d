package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.PresizedIndex;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * How much of the actions each tenant has, and the results that are kept: of all and of each tenant, the oldest end first.
 *
 * <pre>
 *   all        brief    ●──●──────●──────────●          lasting  ●──●──●──────●──●
 *   tenant 1   brief    ●─────────●                     lasting  ●─────●─────────●
 *   tenant 2   brief       ●─────────────────●          lasting     ●─────────●
 * </pre>
 *
 * <p>Brief are those that failed when they were asked for: nothing was done, so a repeat may be asked for anew soon. A tenant has no more
 * than its share of the actions and of the room for their texts. One that asks for more loses the oldest of its own results, brief ones
 * first, and is refused when all that it has is pending or has ended within {@link #LEAST_NS}: who repeats a key because he heard nothing
 * does so by then, and an effect must not be done twice. What others have is of no influence as long as the shares of all fit. Where they
 * do not, the brief results of others go as well, and never what keeps an effect from being done twice.
 *
 * <p>All of it follows from the actions and the order of their ends.
 */
final class KeptActions {
    /** Results of actions that failed when they were asked for. */
    static final int BRIEF = 0;

    /** Results of actions that a source was given. */
    static final int LASTING = 1;

    /** A lasting result is kept so long at least, by journal time, unless results are kept for less: nanoseconds. */
    static final long LEAST_NS = 5 * 60 * 1_000_000_000L;

    private static final int LISTS = 2;
    private static final int NO_PLACE = KeyedTable.MISSING;
    private static final int NOT_ENOUGH = -1;

    private final Actions actions;
    private final int share;
    private final long textShare;
    private final int[] firsts = new int[LISTS];
    private final int[] lasts = new int[LISTS];
    private final int[] sizes = new int[LISTS];
    /** Where each tenant that has any action stands in what follows. */
    private final Long2LongHashMap places;
    private final int[] counts;
    private final long[] costs;
    private final int[] tenantFirsts;
    private final int[] tenantLasts;
    /** Neighbours of an action in its list of its tenant, by slot. */
    private final int[] ownBefore;
    private final int[] ownBehind;
    /** Places that are free; behind these, all from {@link #fresh} on. */
    private final int[] free;
    private int freeCount;
    private int fresh;
    private long overNs = Long.MIN_VALUE;
    private long forgottenEarly;

    /**
     * No action yet.
     *
     * @param share most actions of a tenant.
     */
    KeptActions(final Actions actions, final int share) {
        this.actions = actions;
        this.share = share;
        final int capacity = actions.capacity();
        textShare = Math.max(Actions.LONGEST_COST, actions.textCapacity() / capacity * Math.min(share, capacity));
        places = PresizedIndex.ofNumbers(capacity);
        counts = new int[capacity];
        costs = new long[capacity];
        free = new int[capacity];
        ownBefore = new int[capacity];
        ownBehind = new int[capacity];
        tenantFirsts = new int[LISTS * capacity];
        tenantLasts = new int[LISTS * capacity];
        Arrays.fill(firsts, Session.NONE);
        Arrays.fill(lasts, Session.NONE);
        Arrays.fill(tenantFirsts, Session.NONE);
        Arrays.fill(tenantLasts, Session.NONE);
    }

    /**
     * Sees to it that a tenant may have one more. Nothing is forgotten where that would not be enough.
     *
     * @param cost  of its texts.
     * @param nowNs journal time.
     * @return false when it may not: all that it has is pending, or has ended just now.
     */
    boolean makeRoom(final int tenant, final int cost, final long nowNs) {
        final int place = place(tenant);
        final int surplus = NO_PLACE == place ? 0 : surplus(place, cost, nowNs);
        if (NOT_ENOUGH == surplus) {
            return false;
        }
        for (int i = 0; i < surplus; i++) {
            forgetEarly(oldest(place));
        }
        if (actions.isFull()) {
            final int own = NO_PLACE == place ? Session.NONE : oldest(place);
            final int slot = Session.NONE != own && mayGo(own, nowNs) ? own : firsts[BRIEF];
            if (Session.NONE == slot) {
                return false;
            }
            forgetEarly(slot);
        }
        return true;
    }

    /**
     * How many of a tenant's results must go, from the first on: as each gives back what it costs at least, no more than the dearest action
     * costs of those.
     *
     * @return {@link #NOT_ENOUGH} when as many may not go.
     */
    private int surplus(final int place, final int cost, final long nowNs) {
        int surplus = 0;
        long costsLeft = costs[place] + cost;
        int slot = oldest(place);
        while (counts[place] - surplus >= share || costsLeft > textShare) {
            if (Session.NONE == slot || !mayGo(slot, nowNs)) {
                return NOT_ENOUGH;
            }
            surplus++;
            costsLeft -= actions.cost(slot);
            slot = following(place, slot);
        }
        return surplus;
    }

    /** The result of a tenant that goes first, or {@link Session#NONE}. */
    private int oldest(final int place) {
        final int brief = tenantFirsts[LISTS * place + BRIEF];
        return Session.NONE == brief ? tenantFirsts[LISTS * place + LASTING] : brief;
    }

    /** The result that goes behind another one of the same tenant, or {@link Session#NONE}. */
    private int following(final int place, final int slot) {
        final int behind = ownBehind[slot];
        return Session.NONE == behind && BRIEF == listOf(slot) ? tenantFirsts[LISTS * place + LASTING] : behind;
    }

    private boolean mayGo(final int slot, final long nowNs) {
        return BRIEF == listOf(slot) || nowNs - actions.endedNs(slot) >= LEAST_NS;
    }

    private void forgetEarly(final int slot) {
        forgottenEarly += LASTING == listOf(slot) && actions.endedNs(slot) > overNs ? 1 : 0;
        forget(slot);
    }

    /** The time of lasting results that ended up to this journal time is over: they are to be forgotten. */
    void over(final long endedNs) {
        overNs = endedNs;
    }

    /** How many lasting results went before their time, to make room. Not part of the state. */
    long forgottenEarly() {
        return forgottenEarly;
    }

    /** A tenant has an action more, its texts kept. */
    void add(final int slot) {
        int place = place(actions.tenant(slot));
        if (NO_PLACE == place) {
            place = freeCount > 0 ? free[--freeCount] : fresh++;
            places.put(actions.tenant(slot), place);
        }
        counts[place]++;
        costs[place] += actions.cost(slot);
    }

    /** An action has its result. */
    void ended(final int slot) {
        final int list = listOf(slot);
        final int last = lasts[list];
        actions.before(slot, last);
        actions.behind(slot, Session.NONE);
        if (Session.NONE == last) {
            firsts[list] = slot;
        } else {
            actions.behind(last, slot);
        }
        lasts[list] = slot;
        sizes[list]++;
        final int own = LISTS * place(actions.tenant(slot)) + list;
        final int ownLast = tenantLasts[own];
        ownBefore[slot] = ownLast;
        ownBehind[slot] = Session.NONE;
        if (Session.NONE == ownLast) {
            tenantFirsts[own] = slot;
        } else {
            ownBehind[ownLast] = slot;
        }
        tenantLasts[own] = slot;
    }

    private int listOf(final int slot) {
        return actions.hasFailedAtOnce(slot) ? BRIEF : LASTING;
    }

    /** The action in a list that ended first, or {@link Session#NONE}. */
    int first(final int list) {
        return firsts[list];
    }

    int size(final int list) {
        return sizes[list];
    }

    /** Forgets an action that has ended. */
    void forget(final int slot) {
        final int list = listOf(slot);
        final int before = actions.before(slot);
        final int behind = actions.behind(slot);
        if (Session.NONE == before) {
            firsts[list] = behind;
        } else {
            actions.behind(before, behind);
        }
        if (Session.NONE == behind) {
            lasts[list] = before;
        } else {
            actions.before(behind, before);
        }
        sizes[list]--;
        forgetOwn(slot, list);
        actions.remove(slot);
    }

    private void forgetOwn(final int slot, final int list) {
        final int place = place(actions.tenant(slot));
        final int own = LISTS * place + list;
        final int before = ownBefore[slot];
        final int behind = ownBehind[slot];
        if (Session.NONE == before) {
            tenantFirsts[own] = behind;
        } else {
            ownBehind[before] = behind;
        }
        if (Session.NONE == behind) {
            tenantLasts[own] = before;
        } else {
            ownBefore[behind] = before;
        }
        costs[place] -= actions.cost(slot);
        if (0 == --counts[place]) {
            places.remove(actions.tenant(slot));
            free[freeCount++] = place;
        }
    }

    private int place(final int tenant) {
        return (int)places.get(tenant);
    }

    long memoryBytes() {
        return places.capacity() * 2L * Long.BYTES + counts.length * ((4L + 2 * LISTS) * Integer.BYTES + Long.BYTES);
    }
}
