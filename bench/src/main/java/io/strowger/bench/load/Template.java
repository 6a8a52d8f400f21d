package io.strowger.bench.load;

import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/**
 * One step of a call with places where the ids of a call go, so that it can be said of any number of calls.
 */
abstract class Template {
    /** Most ids in one script. */
    static final int MAX_IDS = 16;

    /** Most calls that can be told apart. */
    static final int MAX_CALLS = 56_000_000;

    /** The first of the nine-digit numbers that native ids are made of. */
    static final int FIRST_NUMBER = 100_000_000;

    /** Digits of such a number. */
    static final int NUMBER_DIGITS = 9;

    /** Digits at the front of a bridge's UUID that become the call's number. */
    private static final int BRIDGE_DIGITS = 8;

    private final byte[] bytes;
    private final int[] idOffsets;
    private final int[] idOrdinals;
    private final int[] bridgeOffsets;

    /**
     * A step.
     *
     * @param ids     offset of each nine-digit number, and the ordinal of its id.
     * @param bridges offsets of the first digits of bridges.
     */
    Template(final byte[] bytes, final List<int[]> ids, final List<Integer> bridges) {
        this.bytes = bytes;
        this.idOffsets = ids.stream().mapToInt(id -> id[0]).toArray();
        this.idOrdinals = ids.stream().mapToInt(id -> id[1]).toArray();
        this.bridgeOffsets = bridges.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Says the step of a call.
     *
     * @param buffer   where it is written.
     * @param offset   of its first byte.
     * @param call     number of the call, from 0 to {@link #MAX_CALLS}.
     * @param sequence source sequence, where the step carries one.
     * @param timeNs   source time, where the step carries one.
     * @return its length.
     */
    abstract int write(MutableDirectBuffer buffer, int offset, int call, long sequence, long timeNs);

    /** How long it is, of whatever call. */
    final int length() {
        return bytes.length;
    }

    /** Writes its bytes with the ids of a call. */
    final void put(final MutableDirectBuffer buffer, final int offset, final int call) {
        buffer.putBytes(offset, bytes);
        for (int i = 0; i < idOffsets.length; i++) {
            putDigits(buffer, offset + idOffsets[i], NUMBER_DIGITS, number(call, idOrdinals[i]));
        }
        for (final int bridge : bridgeOffsets) {
            putDigits(buffer, offset + bridge, BRIDGE_DIGITS, call);
        }
    }

    /** The ordinal of an id of the script; a new one gets the next. */
    static int ordinal(final Map<String, Integer> ordinals, final String id) {
        final Integer known = ordinals.putIfAbsent(id, ordinals.size());
        return null == known ? ordinals.size() - 1 : known;
    }

    /** The nine-digit number of an id of a call. */
    static int number(final int call, final int ordinal) {
        return FIRST_NUMBER + call * MAX_IDS + ordinal;
    }

    /** Writes a number with leading zeros. */
    static void putDigits(final MutableDirectBuffer buffer, final int offset, final int digits, final int number) {
        int rest = number;
        for (int at = offset + digits - 1; at >= offset; at--) {
            buffer.putByte(at, (byte)('0' + rest % 10));
            rest /= 10;
        }
    }
}
