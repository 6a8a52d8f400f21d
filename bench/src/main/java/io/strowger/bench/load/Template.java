package io.strowger.bench.load;

import org.agrona.MutableDirectBuffer;

/**
 * One step of a call with places where the ids of a call go, so that it can be said of any number of calls.
 */
interface Template {
    /** Most ids in one script. */
    int MAX_IDS = 16;

    /** Most calls that can be told apart. */
    int MAX_CALLS = 56_000_000;

    /** The first of the nine-digit numbers that native ids are made of. */
    int FIRST_NUMBER = 100_000_000;

    /** Digits of such a number. */
    int NUMBER_DIGITS = 9;

    /** Digits at the front of a bridge's UUID that become the call's number. */
    int BRIDGE_DIGITS = 8;

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
    int write(MutableDirectBuffer buffer, int offset, int call, long sequence, long timeNs);

    /** How long it is, of whatever call. */
    int length();

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
