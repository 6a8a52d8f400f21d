package io.strowger.router.core;

/**
 * The deadlines of pending actions, the next one first: by (deadline, sequence). A binary heap in an array that never grows; each action
 * knows its place, so that one that ends is taken out.
 */
final class Deadlines {
    private final Actions actions;
    private final int[] slots;
    private int count;

    Deadlines(final Actions actions) {
        this.actions = actions;
        this.slots = new int[actions.capacity()];
    }

    /** The action whose deadline is next, or {@link Session#NONE}. */
    int first() {
        return 0 == count ? Session.NONE : slots[0];
    }

    void add(final int slot) {
        put(count, slot);
        count++;
        rise(count - 1);
    }

    void remove(final int slot) {
        final int place = actions.place(slot);
        count--;
        if (place != count) {
            put(place, slots[count]);
            rise(place);
            sink(place);
        }
    }

    long memoryBytes() {
        return slots.length * (long)Integer.BYTES;
    }

    private void rise(final int from) {
        int place = from;
        while (place > 0 && isBefore(slots[place], slots[(place - 1) / 2])) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void sink(final int from) {
        int place = from;
        int next = next(place);
        while (next != place) {
            swap(place, next);
            place = next;
            next = next(place);
        }
    }

    /** Which of a place and the two below it is first. */
    private int next(final int place) {
        int least = place;
        for (int child = 2 * place + 1; child <= 2 * place + 2 && child < count; child++) {
            if (isBefore(slots[child], slots[least])) {
                least = child;
            }
        }
        return least;
    }

    private boolean isBefore(final int one, final int other) {
        final long difference = Long.compare(actions.deadlineNs(one), actions.deadlineNs(other));
        return 0 == difference ? actions.sequence(one) < actions.sequence(other) : difference < 0;
    }

    private void swap(final int one, final int other) {
        final int slot = slots[one];
        put(one, slots[other]);
        put(other, slot);
    }

    private void put(final int place, final int slot) {
        slots[place] = slot;
        actions.place(slot, place);
    }
}
