package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import java.nio.ByteOrder;

/**
 * The i32 fields of a table's records, by their place in the payload in bytes.
 */
final class Fields {
    private Fields() {
    }

    static int get(final KeyedTable table, final int slot, final int index) {
        return table.buffer(slot).getInt(table.payload(slot) + index, ByteOrder.LITTLE_ENDIAN);
    }

    static void put(final KeyedTable table, final int slot, final int index, final int value) {
        table.buffer(slot).putInt(table.payload(slot) + index, value, ByteOrder.LITTLE_ENDIAN);
    }
}
