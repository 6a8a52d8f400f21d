package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.BlockLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The index finds exactly the subscriptions whose filter lets the event pass, each once, whatever came and went before.
 */
class SubscriptionIndexPropertyTest {
    private static final EventType[] TYPES = {EventType.CALL_INITIATED, EventType.CALL_CLEARED, EventType.GROUP_READY,
        EventType.USER_LOGGED_IN, EventType.SOURCE_RESTARTED, EventType.SOURCE_OTHER, EventType.ACTION_RESULT};

    @Property(tries = 200)
    void shouldFindWhatAWalkOverAllFindsWhenSubscriptionsComeAndGo(@ForAll final long seed) {
        final Random random = new Random(seed);
        final SubscriptionIndex index = new SubscriptionIndex();
        final Set<SubscriptionFeed> joined = new LinkedHashSet<>();
        final List<SubscriptionFeed> feeds = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            feeds.add(new SubscriptionFeed(filter(random), 1));
        }
        final FeedBucket matches = new FeedBucket();
        final MemoryJournal journal = new MemoryJournal();
        final Blocks blocks = new Blocks(journal);
        for (int sequence = 1; sequence <= 60; sequence++) {
            final SubscriptionFeed changed = feeds.get(random.nextInt(feeds.size()));
            if (joined.remove(changed)) {
                index.remove(changed);
            } else {
                joined.add(changed);
                index.add(changed);
            }
            blocks.add(event(random), 1).append();
            final UnsafeBuffer block = journal.block(sequence - 1);
            final EventView view = new EventView().wrap(block, BlockLayout.HEADER_LENGTH);
            index.match(view, sequence, matches);
            final List<SubscriptionFeed> found = new ArrayList<>();
            for (int i = 0; i < matches.size(); i++) {
                found.add(matches.get(i));
            }
            final Set<SubscriptionFeed> expected = new LinkedHashSet<>(joined);
            expected.removeIf(feed -> !feed.filter().matches(view));
            assertEquals(expected.size(), found.size());
            assertTrue(expected.containsAll(found));
        }
        for (final SubscriptionFeed feed : joined) {
            index.remove(feed);
        }
        assertTrue(index.isEmpty());
    }

    private static Filter filter(final Random random) {
        Filter filter = 0 == random.nextInt(5) ? Filter.ofEveryTenant() : Filter.ofTenant(random.nextInt(3));
        for (int i = random.nextInt(4); i > 0; i--) {
            filter = switch (random.nextInt(5)) {
                case 0 -> filter.withGroup("g" + random.nextInt(3));
                case 1 -> filter.withCall("c" + random.nextInt(3));
                case 2 -> filter.withSession("n" + random.nextInt(3));
                case 3 -> filter.withSource("pbx-" + random.nextInt(3));
                default -> filter.withUser("u" + random.nextInt(3));
            };
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            filter = filter.withType(TYPES[random.nextInt(TYPES.length)]);
        }
        return 0 == random.nextInt(4) ? filter.withKind(Kind.SESSION) : filter;
    }

    private static EventSignal event(final Random random) {
        return new EventSignal().tenant(random.nextInt(3)).type(TYPES[random.nextInt(TYPES.length)])
            .user("u" + random.nextInt(4)).group(random.nextBoolean() ? "" : "g" + random.nextInt(4))
            .ids("n" + random.nextInt(4), "c" + random.nextInt(4));
    }
}
