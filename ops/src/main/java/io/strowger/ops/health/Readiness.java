package io.strowger.ops.health;

/**
 * How a router was when it was looked at last.
 *
 * @param trouble what keeps it from its work.
 * @param reason  the same for people, one line; null when nothing does.
 * @param warning what will soon; null when nothing.
 */
public record Readiness(Trouble trouble, String reason, String warning) {
    /** Nothing is in its way. */
    static final Readiness READY = new Readiness(Trouble.NONE, null, null);

    /** Whether it takes signals, and events come out of it. */
    public boolean isReady() {
        return Trouble.NONE == trouble;
    }

    /** What can be in a router's way. */
    public enum Trouble {
        /** Nothing. */
        NONE,
        /** The disk of the journal is full. */
        DISK_FULL,
        /** Signals come, but none gets into the journal. */
        STUCK,
        /** It has ended, or is about to. */
        CLOSED
    }
}
