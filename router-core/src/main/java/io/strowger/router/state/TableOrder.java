package io.strowger.router.state;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Orders of a table's records for what must not depend on their slots. Control path: allocates.
 */
public final class TableOrder {
    private TableOrder() {
    }

    /**
     * The slots of all records by scope, then by the bytes of the key.
     */
    public static int[] sorted(final KeyedTable table) {
        final Integer[] slots = new Integer[table.size()];
        int count = 0;
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            slots[count++] = slot;
        }
        final UnsafeBuffer left = new UnsafeBuffer(0, 0);
        final UnsafeBuffer right = new UnsafeBuffer(0, 0);
        Arrays.sort(slots, (a, b) -> {
            final int byScope = Long.compare(table.scope(a), table.scope(b));
            if (0 != byScope) {
                return byScope;
            }
            left.wrap(table.keyBuffer(a), table.keyOffset(a), table.keyLength(a));
            right.wrap(table.keyBuffer(b), table.keyOffset(b), table.keyLength(b));
            return left.compareTo(right);
        });
        final int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = slots[i];
        }
        return order;
    }

    /**
     * Where each slot stands in an order.
     *
     * @param order slots, as {@link #sorted} gives them.
     * @return by slot; what is in no slot of the order is not to be asked.
     */
    public static int[] numbers(final int[] order) {
        int last = -1;
        for (final int slot : order) {
            last = Math.max(last, slot);
        }
        final int[] numbers = new int[last + 1];
        for (int number = 0; number < order.length; number++) {
            numbers[order[number]] = number;
        }
        return numbers;
    }

    /** One more than the greatest slot in use. */
    public static int slots(final KeyedTable table) {
        int last = -1;
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            last = slot;
        }
        return last + 1;
    }
}
