package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.PositionException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ways of one subscription between ring, window and journal.
 */
class SubscriptionTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Long> got = new ArrayList<>();
    private final EventHandler take = (buffer, record) -> got.add(RecordLayout.sequence(buffer, record));
    private final EventSignal signal = new EventSignal();
    private Router router;
    private Channel channel;

    @BeforeEach
    void launch() {
        router = Router.launch(Routers.invoker(journal));
        channel = router.openChannel();
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldSayThatItNeedsToCatchUpWhenItsRingIsFull() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        feed(20);
        assertEquals(1, router.counters().get(RouterCounter.LAGGING));
        assertEquals(15, subscription.poll(take, 100));
        assertEquals(ReturnCode.NEEDS_CATCH_UP, subscription.poll(take, 100));
        assertEquals(16, subscription.nextSequence());
        assertEquals(5, subscription.catchUp(take, 100));
        assertEquals(0, subscription.catchUp(take, 100));
        assertFalse(subscription.isLagging());
        feed(1);
        assertEquals(1, subscription.poll(take, 100));
        assertEquals(21, got.size());
    }

    @Test
    void shouldCatchUpWhenTheWindowHasPassedWhatItsRingHolds() {
        final Subscription slow = router.subscribe(Filter.ofTenant(1).withUser("slow"));
        final Subscription busy = router.subscribe(Filter.ofTenant(1).withUser("busy"));
        signal.user("slow");
        feed(1);
        signal.user("busy");
        for (int i = 0; i < 30; i++) {
            feed(10);
            busy.poll((buffer, record) -> { }, 100);
            busy.poll((buffer, record) -> { }, 100);
        }
        signal.user("slow");
        feed(1);
        assertEquals(ReturnCode.NEEDS_CATCH_UP, slow.poll(take, 100));
        assertEquals(1, slow.nextSequence());
        poll(slow);
        assertEquals(List.of(1L, 302L), got);
        assertFalse(slow.isLagging());
        assertEquals(0, router.counters().get(RouterCounter.LAGGING));
    }

    @Test
    void shouldBeginWithTheSameEventWhenTheHandlerThrew() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        feed(3);
        final RuntimeException fault = new IllegalStateException("of the handler");
        assertSame(fault, assertThrows(IllegalStateException.class, () -> subscription.poll((buffer, record) -> {
            take.onEvent(buffer, record);
            if (2 == got.size()) {
                throw fault;
            }
        }, 10)));
        assertEquals(2, subscription.poll(take, 10));
        assertEquals(List.of(1L, 2L, 2L, 3L), got);
    }

    @Test
    void shouldBeginWithTheSameEventWhenTheHandlerThrewWhileCatchingUp() {
        feed(5);
        final Subscription subscription = router.subscribe(Filter.ofTenant(1), 1);
        final Error fault = new AssertionError("of the handler");
        assertSame(fault, assertThrows(AssertionError.class, () -> subscription.catchUp((buffer, record) -> {
            take.onEvent(buffer, record);
            if (3 == got.size()) {
                throw fault;
            }
        }, 10)));
        assertEquals(3, subscription.nextSequence());
        poll(subscription);
        assertEquals(List.of(1L, 2L, 3L, 3L, 4L, 5L), got);
    }

    /** pains.md E7: the id of an event is its sequence; it means the same event, byte for byte, to all who get it, live or from behind. */
    @Test
    void shouldGiveEveryLiveSubscriptionTheSameIdOfTheSameEvent() {
        final Filter tenant = Filter.ofTenant(1);
        final List<Filter> filters = List.of(tenant, tenant, Filter.ofEveryTenant(), tenant.withCall("1.1"), tenant.withUser("101"),
            tenant.withUser("102"), tenant.withSession("1.2").withType(EventType.CALL_ESTABLISHED));
        final List<Subscription> subscriptions = filters.stream().map(router::subscribe).toList();
        for (final EventType type : List.of(EventType.CALL_INITIATED, EventType.CALL_ESTABLISHED)) {
            signal.type(type).ids("1.1", "1.1").user("101");
            feed(1);
            signal.ids("1.2", "1.1").user("102");
            feed(1);
        }
        final List<Map<Long, String>> events = new ArrayList<>();
        for (final Subscription subscription : subscriptions) {
            final Map<Long, String> its = new TreeMap<>();
            subscription.poll(into(its), 100);
            assertFalse(subscription.isLagging());
            events.add(its);
        }
        final List<Set<Long>> ids = List.of(Set.of(1L, 2L, 3L, 4L), Set.of(1L, 2L, 3L, 4L), Set.of(1L, 2L, 3L, 4L), Set.of(1L, 2L, 3L, 4L),
            Set.of(1L, 3L), Set.of(2L, 4L), Set.of(4L));
        assertEquals(ids, events.stream().map(Map::keySet).toList());
        final Map<Long, String> behind = new TreeMap<>();
        router.subscribe(tenant, 1).catchUp(into(behind), 100);
        assertEquals(4, Set.copyOf(behind.values()).size());
        for (final Map<Long, String> its : events) {
            its.forEach((id, event) -> assertEquals(behind.get(id), event));
        }
    }

    @Test
    void shouldRefuseThePositionWhenTheJournalDoesNotHaveIt() {
        feed(5);
        assertThrows(PositionException.class, () -> router.subscribe(Filter.ofTenant(1), 7));
        assertThrows(PositionException.class, () -> router.subscribe(Filter.ofTenant(1), 0));
        assertEquals(6, router.subscribe(Filter.ofTenant(1), 6).nextSequence());
    }

    @Test
    void shouldSayThatThePositionIsTooOldWhenTheJournalForgotItMeanwhile() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1), 1);
        feed(40);
        journal.forgetBefore(20);
        assertThrows(PositionException.class, () -> subscription.catchUp(take, 10));
    }

    @Test
    void shouldCostTheRouterNothingWhenItIsClosed() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        feed(2);
        subscription.close();
        subscription.close();
        feed(40);
        assertEquals(2, router.counters().get(RouterCounter.DELIVERIES));
        assertEquals(0, router.counters().get(RouterCounter.LAGGING));
        assertEquals(ReturnCode.CLOSED, subscription.poll(take, 10));
        assertEquals(ReturnCode.CLOSED, subscription.catchUp(take, 10));
    }

    @Test
    void shouldBringTheRestFromTheJournalWhenTheRouterIsClosedMeanwhile() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        feed(40);
        router.close();
        int code = 0;
        while (ReturnCode.CLOSED != code) {
            code = subscription.poll(take, 10);
            if (ReturnCode.NEEDS_CATCH_UP == code) {
                code = subscription.catchUp(take, 10);
            }
        }
        assertEquals(40, got.size());
        assertTrue(got.contains(40L));
    }

    private void feed(final int count) {
        Routers.feed(router, channel, signal, count, sequence -> { });
    }

    /** Keeps the bytes of each record by its id. */
    private static EventHandler into(final Map<Long, String> events) {
        return (buffer, record) -> {
            final byte[] bytes = new byte[RecordLayout.length(buffer, record)];
            buffer.getBytes(record, bytes);
            assertNull(events.put(RecordLayout.sequence(buffer, record), HexFormat.of().formatHex(bytes)));
        };
    }

    /** Polls until there is nothing new. Returns how many were taken. */
    private int poll(final Subscription subscription) {
        int taken = 0;
        for (int idle = 0; idle < 3; idle++) {
            int code = subscription.poll(take, 10);
            if (ReturnCode.NEEDS_CATCH_UP == code) {
                code = subscription.catchUp(take, 10);
            }
            if (code > 0) {
                taken += code;
                idle = -1;
            }
        }
        return taken;
    }
}
