package io.strowger.router.dispatch;

/**
 * For how long a catch-up pass waits for all in it together, however many they are and whether they stall at once or one after the other:
 * each of them has a patience of its own, and all of them have this one.
 *
 * <pre>
 *   few are late, or a ring is full   512 turns a pass, and 40 more at each half of its window
 *   a crowd is late                   16 times what one has; half as long when a crowd was waited for in vain, until it is as a few
 * </pre>
 *
 * <p>So those who take nothing hold a pass for 512 turns, and for about 2,000 when they are a crowd. Beyond that whoever is late, or has no
 * room, reads the journal for himself and loses nothing. On the thread that turns the pass.
 */
final class PassPatience {
    private static final int TURNS = 512;

    /** So many of them are forgotten at each half of the window: about one sleep of the pass. */
    private static final int GIVEN_BACK = 40;

    /** Where most are late their poller is, and to read the journal each for himself would make it later: so many times the patience. */
    private static final int CROWD = 16;

    private int turnsWaited;
    private int crowd = CROWD;
    private boolean isCrowdAwaited;
    private boolean isCrowdLeft;

    /** Another pass begins. */
    void begin() {
        turnsWaited = 0;
        crowd = CROWD;
        isCrowdAwaited = false;
        isCrowdLeft = false;
    }

    /** The pass is to wait a turn for some of them. Returns false when it has waited too long for all together. */
    boolean waitOnce() {
        turnsWaited = Math.min(turnsWaited + 1, TURNS + 1);
        return turnsWaited <= TURNS;
    }

    /** The pass is to wait a turn for a crowd, in one of {@link #crowd} turns. Returns false when it is not any more. */
    boolean waitOnceForCrowd() {
        isCrowdAwaited = true;
        return crowd > 1 || waitOnce();
    }

    /** How many times as long as for a few the pass waits for a crowd, from 1. */
    int crowd() {
        return crowd;
    }

    /** Some of a crowd were waited for in vain. */
    void leaveCrowd() {
        isCrowdLeft = true;
    }

    /** The pass begins another half of its window. */
    void markHalf() {
        turnsWaited = Math.max(0, turnsWaited - GIVEN_BACK);
        if (isCrowdLeft) {
            crowd = Math.max(1, crowd / 2);
        } else if (isCrowdAwaited) {
            crowd = Math.min(CROWD, crowd + 1);
        }
        isCrowdLeft = false;
        isCrowdAwaited = false;
    }
}
