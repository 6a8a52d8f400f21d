package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken out of a bucket is held no longer, few or many. */
class FeedBucketTest {
    private static final int MANY = 40;

    private final FeedBucket bucket = new FeedBucket();

    @Test
    void shouldHoldNoneOfThoseThatWereLeftOut() {
        final List<SubscriptionFeed> feeds = feeds(3);
        feeds.forEach(bucket::append);
        bucket.shorten(1);
        assertSame(feeds.get(0), bucket.get(0));
        assertNull(bucket.get(1));
        assertNull(bucket.get(2));
        bucket.clear();
        assertNull(bucket.get(0));
    }

    @Test
    void shouldTakeThemAgainWhenManyWereLeftOut() {
        final List<SubscriptionFeed> feeds = feeds(MANY);
        feeds.forEach(bucket::add);
        bucket.shorten(MANY / 2);
        feeds.forEach(bucket::add);
        assertEquals(MANY, bucket.size());
        bucket.clear();
        feeds.forEach(bucket::add);
        assertEquals(MANY, bucket.size());
        for (final SubscriptionFeed feed : feeds) {
            bucket.remove(feed);
        }
        assertTrue(0 == bucket.size() && null == bucket.get(0));
    }

    private static List<SubscriptionFeed> feeds(final int count) {
        final List<SubscriptionFeed> feeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            feeds.add(new SubscriptionFeed(Filter.ofTenant(1), 1));
        }
        return feeds;
    }
}
