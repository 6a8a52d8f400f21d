package io.strowger.ops.doctor;

/**
 * What one look at the machine found.
 *
 * @param level how bad it is.
 * @param topic what was looked at, a few words.
 * @param text  what was found.
 * @param cure  what to do about it, one line, a command where there is one; empty when nothing is to be done.
 */
public record Finding(Level level, String topic, String text, String cure) {
    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but will hurt. */
        WARN,
        /** A router can't run like this. */
        FAIL
    }

    static Finding ok(final String topic, final String text) {
        return new Finding(Level.OK, topic, text, "");
    }

    static Finding warn(final String topic, final String text, final String cure) {
        return new Finding(Level.WARN, topic, text, cure);
    }

    static Finding fail(final String topic, final String text, final String cure) {
        return new Finding(Level.FAIL, topic, text, cure);
    }
}
