package io.strowger.router.dispatch;

import java.util.Arrays;
import org.agrona.collections.Object2IntHashMap;

/**
 * Feeds, in no order that matters. Adding and removing cost the same however many there are: once there are more than a few, it is kept
 * where each stands. One thread; grows when it must, never while events are matched into room already there.
 */
final class FeedBucket {
    private static final int FEW = 16;
    private static final int NOWHERE = -1;

    private SubscriptionFeed[] feeds = new SubscriptionFeed[4];
    /** Null while there are few. */
    private Object2IntHashMap<SubscriptionFeed> places;
    private int size;

    int size() {
        return size;
    }

    SubscriptionFeed get(final int index) {
        return feeds[index];
    }

    /** Adds a feed, which may be there more than once; such a bucket is not for {@link #add} and {@link #remove}. */
    void append(final SubscriptionFeed feed) {
        if (feeds.length == size) {
            feeds = Arrays.copyOf(feeds, size * 2);
        }
        feeds[size++] = feed;
    }

    /** Adds a feed if it is not there. */
    void add(final SubscriptionFeed feed) {
        if (NOWHERE != placeOf(feed)) {
            return;
        }
        append(feed);
        if (null != places) {
            places.put(feed, size - 1);
        } else if (size > FEW) {
            places = new Object2IntHashMap<>(NOWHERE);
            for (int i = 0; i < size; i++) {
                places.put(feeds[i], i);
            }
        }
    }

    /**
     * Takes a feed out, if it is there; the last takes its place.
     *
     * @return true when none is left.
     */
    boolean remove(final SubscriptionFeed feed) {
        final int place = placeOf(feed);
        if (NOWHERE != place) {
            final SubscriptionFeed last = feeds[--size];
            feeds[place] = last;
            feeds[size] = null;
            if (null != places) {
                places.put(last, place);
                places.remove(feed);
            }
        }
        return 0 == size;
    }

    /** Whether a feed is among those that were appended. */
    boolean contains(final SubscriptionFeed feed) {
        int place = 0;
        while (place < size && feeds[place] != feed) {
            place++;
        }
        return place < size;
    }

    void set(final int index, final SubscriptionFeed feed) {
        feeds[index] = feed;
    }

    /** Leaves out all from the new size on, and holds none of them: a feed has a ring, which should go when its subscription does. */
    void shorten(final int newSize) {
        for (int i = newSize; i < size; i++) {
            if (null != places) {
                places.remove(feeds[i]);
            }
            feeds[i] = null;
        }
        size = newSize;
    }

    void clear() {
        shorten(0);
    }

    private int placeOf(final SubscriptionFeed feed) {
        if (null != places) {
            return places.getValue(feed);
        }
        for (int i = 0; i < size; i++) {
            if (feed == feeds[i]) {
                return i;
            }
        }
        return NOWHERE;
    }
}
