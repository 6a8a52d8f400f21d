package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Whatever the pace of a subscription, it gets its part of the order without a hole and without a repeat.
 */
class SubscriptionPropertyTest {
    private static final EventType[] TYPES = {EventType.CALL_INITIATED, EventType.CALL_HELD, EventType.SOURCE_RESTARTED,
        EventType.SOURCE_OTHER};

    @Property(tries = 60)
    void shouldDeliverEveryMatchOnceInOrderWhenPollersStallAtRandom(@ForAll final long seed) {
        run(seed, 1_500, false);
    }

    @Property(tries = 120)
    void shouldDeliverEveryMatchOnceInOrderWhenLaggardsShareOneReading(@ForAll final long seed) {
        run(seed, 1_500, true);
    }

    @Property(tries = 1_000)
    @Tag("slow")
    void shouldDeliverEveryMatchOnceInOrderWhenRunLong(@ForAll final long seed) {
        run(seed, 10_000, 0 == (seed & 1));
    }

    private static void run(final long seed, final int steps, final boolean shared) {
        final Random random = new Random(seed);
        final MemoryJournal journal = new MemoryJournal();
        final List<Sent> sent = new ArrayList<>();
        final List<Poller> pollers = new ArrayList<>();
        try (Router router = Router.launch(Routers.invoker(journal).sharedCatchUp(shared))) {
            final Channel channel = router.openChannel();
            final Feeder feeder = new Feeder(router, channel, random, sent);
            for (int step = 0; step < steps; step++) {
                if (pollers.size() < 6 && 0 == random.nextInt(20)) {
                    pollers.add(Poller.open(router, random));
                }
                if (0 == random.nextInt(200)) {
                    journal.refuse(random.nextInt(5));
                }
                feeder.send(random.nextInt(random.nextInt(30) + 1));
                if (!pollers.isEmpty()) {
                    pollers.get(random.nextInt(pollers.size())).poll(1 + random.nextInt(30));
                }
            }
            // a turn that the journal refuses looks like one with nothing to do
            journal.refuse(0);
            Routers.settle(router);
            for (final Poller poller : pollers) {
                poller.drain(router);
                poller.check(sent);
            }
        }
    }

    /** What was sent, at the place of its sequence. */
    private record Sent(int tenant, String user, String group, EventType type) {
    }

    /** Sends signals whose events are known. */
    private static final class Feeder {
        private final Router router;
        private final Channel channel;
        private final Random random;
        private final List<Sent> sent;
        private final EventSignal signal = new EventSignal();
        private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

        Feeder(final Router router, final Channel channel, final Random random, final List<Sent> sent) {
            this.router = router;
            this.channel = channel;
            this.random = random;
            this.sent = sent;
        }

        void send(final int signals) {
            for (int i = 0; i < signals; i++) {
                final Sent next = new Sent(random.nextInt(2), "u" + random.nextInt(4), "g" + random.nextInt(4),
                    TYPES[Math.min(random.nextInt(20), TYPES.length - 1) * random.nextInt(2)]);
                final int events = random.nextInt(3);
                final int length = signal.tenant(next.tenant).user(next.user).group(next.group).type(next.type).events(events)
                    .encode(buffer);
                while (channel.offer(buffer, 0, length) < 0) {
                    router.poll();
                }
                for (int record = 0; record < Math.max(1, events); record++) {
                    sent.add(0 == events ? null : next);
                }
            }
            router.poll();
        }
    }

    /** One subscription with what it should get. */
    private static final class Poller {
        private final Subscription subscription;
        private final Predicate<Sent> wants;
        private final long from;
        private final List<Long> got = new ArrayList<>();

        Poller(final Subscription subscription, final Predicate<Sent> wants) {
            this.subscription = subscription;
            this.wants = wants;
            this.from = subscription.nextSequence();
        }

        static Poller open(final Router router, final Random random) {
            final int tenant = random.nextInt(2);
            final String user = "u" + random.nextInt(4);
            final String group = "g" + random.nextInt(4);
            final Predicate<Sent> ofTenant = sent -> sent.tenant == tenant;
            final Predicate<Sent> restarts = sent -> EventType.SOURCE_RESTARTED == sent.type;
            final Predicate<Sent> mapped = sent -> EventType.SOURCE_OTHER != sent.type;
            final Filter filter;
            final Predicate<Sent> wants;
            switch (random.nextInt(4)) {
                case 0 -> {
                    filter = Filter.ofTenant(tenant);
                    wants = ofTenant.and(mapped);
                }
                case 1 -> {
                    filter = Filter.ofEveryTenant();
                    wants = mapped;
                }
                case 2 -> {
                    filter = Filter.ofTenant(tenant).withUser(user).withGroup(group);
                    wants = ofTenant.and(mapped).and(restarts.or(sent -> sent.user.equals(user) || sent.group.equals(group)));
                }
                default -> {
                    filter = Filter.ofTenant(tenant).withUser(user).withType(EventType.CALL_HELD);
                    wants = ofTenant.and(restarts.or(sent -> EventType.CALL_HELD == sent.type && sent.user.equals(user)));
                }
            }
            final long position = 1 + (long)(random.nextDouble() * router.lastSequence());
            return new Poller(random.nextBoolean() ? router.subscribe(filter) : router.subscribe(filter, position), wants);
        }

        int poll(final int limit) {
            final int polled = subscription.poll(this::take, limit);
            assertTrue(polled <= limit);
            if (ReturnCode.NEEDS_CATCH_UP != polled) {
                return polled;
            }
            assertTrue(subscription.isLagging());
            return subscription.catchUp(this::take, limit);
        }

        void drain(final Router router) {
            int idle = 0;
            while (idle < 500) {
                // turns the shared pass, which waits a while for the rings of others
                final int turned = router.poll();
                idle = poll(7) + turned > 0 ? 0 : idle + 1;
            }
            assertFalse(subscription.isLagging());
        }

        void check(final List<Sent> sent) {
            final List<Long> expected = new ArrayList<>();
            for (long sequence = from; sequence <= sent.size(); sequence++) {
                final Sent one = sent.get((int)sequence - 1);
                if (null != one && wants.test(one)) {
                    expected.add(sequence);
                }
            }
            assertEquals(expected, got, subscription.filter().toString());
        }

        private void take(final DirectBuffer buffer, final int record) {
            got.add(RecordLayout.sequence(buffer, record));
        }
    }
}
