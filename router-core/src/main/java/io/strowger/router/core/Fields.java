package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.router.state.KeyedTable;

/**
 * The numbers in a table's records, by their place in the payload in bytes.
 *
 * <p>The records are the tables' own memory, and the places are constants within them: read and written without a check each. Whether the
 * slot is that of a record is not looked at: what comes from outside as one is to be checked before.
 */
final class Fields {
    private Fields() {
    }

    /** Reads an i32. */
    static int get(final KeyedTable table, final int slot, final int index) {
        return RawBytes.getInt(null, table.payloadAddress(slot) + index);
    }

    /** Writes an i32. */
    static void put(final KeyedTable table, final int slot, final int index, final int value) {
        RawBytes.putInt(null, table.payloadAddress(slot) + index, value);
    }

    /** Reads an i64. */
    static long getLong(final KeyedTable table, final int slot, final int index) {
        return RawBytes.getLong(null, table.payloadAddress(slot) + index);
    }

    /** Writes an i64. */
    static void putLong(final KeyedTable table, final int slot, final int index, final long value) {
        RawBytes.putLong(null, table.payloadAddress(slot) + index, value);
    }
}
