package io.strowger.router.dispatch;

import java.util.function.Consumer;

/**
 * Those in a catch-up pass whose ring had no room for an event, which is the last that the pass has come to: it waits for them.
 *
 * <p>On the thread that turns the pass.
 */
final class FullRings {
    private final FeedBucket feeds = new FeedBucket();
    private long sequence;
    private long place;
    private int length;

    /** The event that those who are added next have no room for. */
    void event(final long newSequence, final long newPlace, final int newLength) {
        sequence = newSequence;
        place = newPlace;
        length = newLength;
    }

    void add(final PassFeed feed) {
        feeds.append(feed);
    }

    boolean isEmpty() {
        return 0 == feeds.size();
    }

    void clear() {
        feeds.clear();
    }

    /** First sequence that a passenger misses who goes now, and has else looked at everything below one. */
    long missedFrom(final PassFeed feed, final long wanted) {
        return feeds.contains(feed) ? Math.min(sequence, wanted) : wanted;
    }

    /**
     * Tries the rings again.
     *
     * @param patience  of the pass with all of them.
     * @param impatience takes each for whom it has waited too long.
     * @return whether the pass need not wait any longer.
     */
    boolean retry(final PassPatience patience, final Consumer<PassFeed> impatience) {
        int stillFull = 0;
        for (int i = 0; i < feeds.size(); i++) {
            final PassFeed feed = (PassFeed)feeds.get(i);
            if (feed.isIn() && !feed.wantsOut() && !feed.offer(sequence, place, length)) {
                feeds.set(stillFull++, feed);
            }
        }
        feeds.shorten(stillFull);
        if (0 == stillFull) {
            return true;
        }
        final boolean mayWait = patience.waitOnce();
        int waitedFor = 0;
        for (int i = 0; i < stillFull; i++) {
            final PassFeed feed = (PassFeed)feeds.get(i);
            if (feed.waitOnce() && mayWait) {
                feeds.set(waitedFor++, feed);
            } else {
                impatience.accept(feed);
            }
        }
        feeds.shorten(waitedFor);
        return 0 == waitedFor;
    }
}
