package io.strowger.ops.health;

/**
 * How a router was when it was looked at last.
 *
 * @param trouble what keeps it from its work; its words are all that is for everybody.
 * @param reason  the same for who operates it, one line with figures and what a fault has said; null when nothing does.
 * @param warning what will soon, likewise for who operates it; null when nothing.
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
        NONE("ready"),
        /** The disk of the journal is full. */
        DISK_FULL("the disk of the journal is full"),
        /** Signals come, but none gets into the journal. */
        STUCK("signals come, and none gets into the journal"),
        /** Nobody has looked for long: who looks hangs at the disk, or can't. */
        UNSEEN("how the disk of the journal is has not been seen for long"),
        /** It has ended, or is about to. */
        CLOSED("the router is closed");

        private final String words;

        Trouble(final String words) {
            this.words = words;
        }

        /** The same for everybody: always these words, whatever a fault has said. */
        public String words() {
            return words;
        }
    }
}
