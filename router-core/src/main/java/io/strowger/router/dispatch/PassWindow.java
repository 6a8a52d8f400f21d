package io.strowger.router.dispatch;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The window of a catch-up pass, which is filled half by half: before a half is written again, whoever is in the pass has taken what lay in
 * it, or is out of the pass. A pass reads faster than many pollers take, so without this nearly all of them would fall out of it.
 *
 * <p>On the thread that turns the pass.
 */
final class PassWindow {
    /** So many may well read the journal each for himself. */
    private static final int FEW = 16;

    private final RecordWindow window;
    private final PassPatience patience;
    private final int half;
    /** Up to here the window may be written. */
    private long limit;
    private int turnsWaited;

    PassWindow(final RecordWindow window, final PassPatience patience) {
        this.window = window;
        this.patience = patience;
        this.half = window.capacity() / 2;
        this.limit = half;
    }

    /**
     * Makes room for a record.
     *
     * @param passengers who have to take what lies where it goes.
     * @param impatience takes those of them for whom the pass has waited too long.
     * @return false when it is to be tried again later.
     */
    boolean makeRoom(final int length, final Passengers passengers, final Consumer<PassFeed> impatience) {
        while (window.endOf(length) > limit) {
            if (!haveTaken(passengers, impatience)) {
                return false;
            }
            for (int i = 0; i < passengers.size(); i++) {
                passengers.get(i).markHalf();
            }
            patience.markHalf();
            limit += half;
        }
        return true;
    }

    long append(final DirectBuffer source, final int offset, final int length) {
        return window.append(source, offset, length);
    }

    private boolean haveTaken(final Passengers passengers, final Consumer<PassFeed> impatience) {
        int late = 0;
        int fed = 0;
        for (int i = 0; i < passengers.size(); i++) {
            late += isLate(passengers.get(i)) ? 1 : 0;
            fed += passengers.get(i).wasFedInHalf() ? 1 : 0;
        }
        turnsWaited = 0 == late ? 0 : turnsWaited + 1;
        final boolean isCrowd = late > FEW && 2 * late > fed;
        if (0 == late || (isCrowd && 0 != turnsWaited % patience.crowd())) {
            return 0 == late;
        }
        final boolean mayWait = isCrowd ? patience.waitOnceForCrowd() : patience.waitOnce();
        boolean haveTaken = true;
        for (int i = passengers.size() - 1; i >= 0; i--) {
            final PassFeed feed = passengers.get(i);
            if (isLate(feed)) {
                if (feed.waitOnce() && mayWait) {
                    haveTaken = false;
                } else {
                    leave(feed, isCrowd, impatience);
                }
            }
        }
        return haveTaken;
    }

    private void leave(final PassFeed feed, final boolean isOfCrowd, final Consumer<PassFeed> impatience) {
        if (isOfCrowd) {
            patience.leaveCrowd();
        }
        impatience.accept(feed);
    }

    private static boolean isLate(final PassFeed feed) {
        return !feed.hasTakenHalf() && !feed.wantsOut();
    }
}
