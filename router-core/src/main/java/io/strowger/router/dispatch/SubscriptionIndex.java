package io.strowger.router.dispatch;

import io.strowger.codecs.Xxh64;
import io.strowger.codecs.sbe.EventType;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Finds the subscriptions that want an event at a cost that grows with those found, not with those there are.
 *
 * <pre>
 *   filter                                 stands under
 *   names (users, groups, ...)             (field, tenant, name) for each name
 *   no names, types or kinds               (tenant, type) for each type
 *   no names, no types                     (tenant)
 *   any that takes restarts                (tenant, restarts) besides
 * </pre>
 *
 * <p>An event looks under each of its own keys; each subscription found there once is asked whether its filter lets the event pass, which
 * compares everything in full, and gets the event once however many ways led to it. Filters of every tenant stand under a tenant that no
 * event has.
 *
 * <p>One thread. Looking up allocates nothing.
 */
final class SubscriptionIndex {
    private static final long EVERYTHING_SEED = 1L << 56;
    private static final long TYPE_SEED = 2L << 56;
    private static final long RESTARTS_SEED = 3L << 56;

    private final Long2ObjectHashMap<FeedBucket> buckets = new Long2ObjectHashMap<>();
    private final int[] namesByField = new int[Subject.FIELDS];
    private int operators;
    private int size;

    void add(final SubscriptionFeed feed) {
        final Filter filter = feed.filter();
        for (final Subject subject : filter.subjects()) {
            namesByField[subject.field()]++;
        }
        if (Filter.EVERY_TENANT == filter.tenant()) {
            operators++;
        }
        size++;
        forEachKey(filter, key -> buckets.computeIfAbsent(key, ignored -> new FeedBucket()).add(feed));
    }

    void remove(final SubscriptionFeed feed) {
        final Filter filter = feed.filter();
        for (final Subject subject : filter.subjects()) {
            namesByField[subject.field()]--;
        }
        if (Filter.EVERY_TENANT == filter.tenant()) {
            operators--;
        }
        size--;
        forEachKey(filter, key -> {
            final FeedBucket bucket = buckets.get(key);
            if (null != bucket && bucket.remove(feed)) {
                buckets.remove(key);
            }
        });
    }

    boolean isEmpty() {
        return 0 == size;
    }

    /**
     * Finds who wants the event.
     *
     * @param event    to be matched.
     * @param sequence of its record: a subscription is found once a sequence.
     * @param matches  takes them; overwritten.
     */
    void match(final EventView event, final long sequence, final FeedBucket matches) {
        matches.clear();
        matchUnder(event.tenant(), event, sequence, matches);
        if (operators > 0) {
            matchUnder(Filter.EVERY_TENANT, event, sequence, matches);
        }
    }

    private void matchUnder(final int tenant, final EventView event, final long sequence, final FeedBucket matches) {
        if (EventType.SOURCE_RESTARTED.value() == event.type()) {
            collect(key(RESTARTS_SEED, tenant, 0), event, sequence, matches);
            return;
        }
        collect(key(EVERYTHING_SEED, tenant, 0), event, sequence, matches);
        collect(key(TYPE_SEED, tenant, event.type()), event, sequence, matches);
        for (int field = 0; field < Subject.FIELDS; field++) {
            if (namesByField[field] > 0) {
                final int length = event.textLength(field);
                if (length > 0) {
                    collect(Subject.key(field, tenant, event.buffer(), event.textOffset(field), length), event, sequence, matches);
                }
            }
        }
    }

    private void collect(final long key, final EventView event, final long sequence, final FeedBucket matches) {
        final FeedBucket bucket = buckets.get(key);
        if (null != bucket) {
            for (int i = 0, end = bucket.size(); i < end; i++) {
                final SubscriptionFeed feed = bucket.get(i);
                if (feed.isFirstLook(sequence) && feed.filter().matches(event)) {
                    matches.append(feed);
                }
            }
        }
    }

    private static void forEachKey(final Filter filter, final KeyAction action) {
        final int tenant = filter.tenant();
        action.onKey(key(RESTARTS_SEED, tenant, 0));
        if (filter.subjects().length > 0) {
            for (final Subject subject : filter.subjects()) {
                action.onKey(subject.key(tenant));
            }
        } else if (filter.isNarrowed()) {
            for (final EventType type : EventType.values()) {
                if (EventType.NULL_VAL != type && EventType.SBE_UNKNOWN != type && filter.passesType(type.value())) {
                    action.onKey(key(TYPE_SEED, tenant, type.value()));
                }
            }
        } else {
            action.onKey(key(EVERYTHING_SEED, tenant, 0));
        }
    }

    private static long key(final long seed, final int tenant, final int type) {
        return Xxh64.mix(seed | ((long)type << 32) | (tenant & 0xFFFFFFFFL));
    }

    /** Does something with each key of a filter. */
    @FunctionalInterface
    private interface KeyAction {
        void onKey(long key);
    }
}
