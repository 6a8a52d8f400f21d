package io.strowger.router.dispatch;

import java.util.Arrays;

/**
 * A list of feeds in the order they came. One thread; grows when it must, never while events are matched into room already there.
 */
final class FeedBucket {
    private SubscriptionFeed[] feeds = new SubscriptionFeed[4];
    private int size;

    int size() {
        return size;
    }

    SubscriptionFeed get(final int index) {
        return feeds[index];
    }

    void add(final SubscriptionFeed feed) {
        if (feeds.length == size) {
            feeds = Arrays.copyOf(feeds, size * 2);
        }
        feeds[size++] = feed;
    }

    /**
     * Takes every occurrence of a feed out.
     *
     * @return true when none is left.
     */
    boolean remove(final SubscriptionFeed feed) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (feeds[i] != feed) {
                feeds[kept++] = feeds[i];
            }
        }
        Arrays.fill(feeds, kept, size, null);
        size = kept;
        return 0 == size;
    }

    void set(final int index, final SubscriptionFeed feed) {
        feeds[index] = feed;
    }

    /** Leaves out all from the new size on. */
    void shorten(final int newSize) {
        size = newSize;
    }

    void clear() {
        size = 0;
    }
}
