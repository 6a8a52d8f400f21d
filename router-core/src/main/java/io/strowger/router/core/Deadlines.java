package io.strowger.router.core;

/**
 * The deadlines of pending actions, the next one first: by (deadline, sequence). A binary heap in arrays that never grow; each action
 * knows its place, so that one that ends is taken out. The deadlines stand in the heap itself: a look at each action on the way down would
 * be a cache miss each.
 */
final class Deadlines {
    private final Actions actions;
    private final int[] slots;
    private final long[] deadlinesNs;
    private int count;

    Deadlines(final Actions actions) {
        this.actions = actions;
        this.slots = new int[actions.capacity()];
        this.deadlinesNs = new long[actions.capacity()];
    }

    /** The action whose deadline is next, or {@link Session#NONE}. */
    int first() {
        return 0 == count ? Session.NONE : slots[0];
    }

    void add(final int slot) {
        count++;
        rise(count - 1, slot, actions.deadlineNs(slot));
    }

    void remove(final int slot) {
        final int place = actions.place(slot);
        count--;
        if (place == count) {
            return;
        }
        final int last = slots[count];
        final long lastNs = deadlinesNs[count];
        if (place > 0 && isBefore(last, lastNs, parent(place))) {
            rise(place, last, lastNs);
        } else {
            sink(place, last, lastNs);
        }
    }

    long memoryBytes() {
        return slots.length * (long)(Integer.BYTES + Long.BYTES);
    }

    /** Puts an action at a place that is free, or above it. */
    private void rise(final int free, final int slot, final long deadlineNs) {
        int place = free;
        while (place > 0 && isBefore(slot, deadlineNs, parent(place))) {
            move(parent(place), place);
            place = parent(place);
        }
        put(place, slot, deadlineNs);
    }

    /** Puts an action at a place that is free, or below it. */
    private void sink(final int free, final int slot, final long deadlineNs) {
        int place = free;
        int child = firstChild(place);
        while (Session.NONE != child && !isBefore(slot, deadlineNs, child)) {
            move(child, place);
            place = child;
            child = firstChild(place);
        }
        put(place, slot, deadlineNs);
    }

    private static int parent(final int place) {
        return (place - 1) / 2;
    }

    /** Which of the two below a place is first, {@link Session#NONE} when there is none. */
    private int firstChild(final int place) {
        final int left = 2 * place + 1;
        if (left >= count) {
            return Session.NONE;
        }
        final int right = left + 1;
        return right < count && isBefore(slots[right], deadlinesNs[right], left) ? right : left;
    }

    private boolean isBefore(final int slot, final long deadlineNs, final int place) {
        return deadlineNs == deadlinesNs[place] ? actions.sequence(slot) < actions.sequence(slots[place])
            : deadlineNs < deadlinesNs[place];
    }

    private void move(final int from, final int to) {
        put(to, slots[from], deadlinesNs[from]);
    }

    private void put(final int place, final int slot, final long deadlineNs) {
        slots[place] = slot;
        deadlinesNs[place] = deadlineNs;
        actions.place(slot, place);
    }
}
