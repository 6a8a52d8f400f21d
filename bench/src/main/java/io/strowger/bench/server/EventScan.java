package io.strowger.bench.server;

import java.util.concurrent.TimeUnit;

/**
 * Finds in the text of an event what a subscriber needs, without making objects of all the rest. A name in quotes and with a colon behind
 * it stands in no text of an event: quotes in there have a stroke before them.
 */
final class EventScan {
    private static final String ID = "\"specversion\":\"1.0\",\"id\":\"";
    private static final String TIME = "\"time\":\"";
    private static final String SEQUENCE = "\"sequence\":";
    private static final int CLOCK = "2026-11-25T".length();
    private static final int NANO_DIGITS = 9;
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final int RADIX = 10;

    private EventScan() {
    }

    /** Place of the event's id. */
    static int id(final String text) {
        final int at = text.indexOf(ID);
        if (at < 0) {
            throw new IllegalArgumentException("no event: " + text);
        }
        return at + ID.length();
    }

    /** The value of a text that the event has, from a place on; null when it is none. */
    static String text(final String event, final String name, final int from) {
        final String key = '"' + name + "\":\"";
        final int at = event.indexOf(key, from);
        return at < 0 ? null : event.substring(at + key.length(), event.indexOf('"', at + key.length()));
    }

    /** Its number in the stream. */
    static long sequence(final String event, final int from) {
        int at = event.indexOf(SEQUENCE, from) + SEQUENCE.length();
        long sequence = 0;
        while (Character.isDigit(event.charAt(at))) {
            sequence = RADIX * sequence + event.charAt(at) - '0';
            at++;
        }
        return sequence;
    }

    /**
     * How long ago it was, less than half a day.
     *
     * @param nowNs nanoseconds since 1970.
     */
    static long ageNs(final String event, final int from, final long nowNs) {
        final int clock = event.indexOf(TIME, from) + TIME.length() + CLOCK;
        long ns = TimeUnit.HOURS.toNanos(number(event, clock)) + TimeUnit.MINUTES.toNanos(number(event, clock + 3))
            + TimeUnit.SECONDS.toNanos(number(event, clock + 6));
        long unit = TimeUnit.SECONDS.toNanos(1);
        int at = clock + NANO_DIGITS;
        while (Character.isDigit(event.charAt(at))) {
            unit /= RADIX;
            ns += unit * (event.charAt(at) - '0');
            at++;
        }
        return Math.floorMod(nowNs - ns + DAY_NS / 2, DAY_NS) - DAY_NS / 2;
    }

    private static int number(final String event, final int at) {
        return RADIX * (event.charAt(at) - '0') + event.charAt(at + 1) - '0';
    }
}
