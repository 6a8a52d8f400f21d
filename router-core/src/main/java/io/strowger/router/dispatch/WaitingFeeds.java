package io.strowger.router.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Those who have come to a catch-up pass that is ahead of them, and whether it should go back for them.
 *
 * <pre>
 *         Q                    P                              E
 *   ------+--------------------+------------------------------+
 *         | farthest behind    | the pass                     | the journal's end
 *         |<--- read again --->|
 * </pre>
 *
 * <p>To go back from P to Q costs P - Q records, to read for them afterwards E - Q. A pass goes back as long as all that it reads again is
 * at most half of what there is from Q on: so it reads at most one and a half times what its farthest passenger wants, and ends however
 * many come.
 *
 * <p>On the thread that turns the pass.
 */
final class WaitingFeeds {
    private final List<PassFeed> feeds = new ArrayList<>();
    private long farthest = Long.MAX_VALUE;
    private long readAgain;

    void add(final PassFeed feed) {
        feeds.add(feed);
        farthest = Math.min(farthest, feed.from());
    }

    boolean isEmpty() {
        return feeds.isEmpty();
    }

    /** Whether a pass should go back for them; it then does. */
    boolean isWorthGoingBack(final long position, final long end) {
        if (feeds.isEmpty() || readAgain + position - farthest > (end - farthest) / 2) {
            return false;
        }
        readAgain += position - farthest;
        return true;
    }

    /** Another pass begins. */
    void beginPass() {
        readAgain = 0;
    }

    /** Lets go of all of them, each to this action. */
    void release(final Consumer<PassFeed> action) {
        feeds.forEach(action);
        feeds.clear();
        farthest = Long.MAX_VALUE;
    }
}
