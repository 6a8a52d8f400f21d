package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.ConflatedSubscription;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StrictSubscription;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What those get who fall behind and do not want to catch up event by event.
 */
class SubscriptionPolicyTest {
    private Router router = Router.launch(Routers.invoker(new MemoryJournal()));
    private Channel channel = router.openChannel();
    private final EventSignal signal = new EventSignal();
    private final List<String> latest = new ArrayList<>();
    private final ConflatedHandler note = (buffer, record, folded) -> latest.add(RecordLayout.sequence(buffer, record) + "+" + folded);
    private final List<Long> got = new ArrayList<>();
    private final EventHandler take = (buffer, record) -> got.add(RecordLayout.sequence(buffer, record));

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldDeliverTheLatestOfEachSessionWithTheCountOfWhatItStandsFor() {
        final ConflatedSubscription wallboard = new ConflatedSubscription(router.subscribe(Filter.ofTenant(1)), 100);
        for (int i = 0; i < 40; i++) {
            feed(EventType.CALL_UPDATED, "a");
        }
        feed(EventType.CALL_INITIATED, "b");
        feed(EventType.CALL_CLEARED, "a");
        assertEquals(2, wallboard.poll(note, 10));
        assertEquals(List.of("41+0", "42+40"), latest);
        assertEquals(40, wallboard.folded());
        assertEquals(0, wallboard.poll(note, 10));
        feed(EventType.CALL_CLEARED, "b");
        assertEquals(1, wallboard.poll(note, 10));
        assertEquals("43+0", latest.get(2));
    }

    @Test
    void shouldFoldNoMessageAndNothingThatHasNoState() {
        final ConflatedSubscription wallboard = new ConflatedSubscription(router.subscribe(Filter.ofTenant(1)), 100);
        for (int i = 0; i < 3; i++) {
            feed(EventType.MESSAGE_RECEIVED, "a");
            feed(EventType.HISTORY_CALL_RECORDED, "a");
            feed(EventType.SOURCE_GAP, "");
        }
        assertEquals(9, wallboard.poll(note, 100));
        assertEquals(0, wallboard.folded());
    }

    @Test
    void shouldLeaveInTheSubscriptionWhatItHasNoRoomFor() {
        final ConflatedSubscription wallboard = new ConflatedSubscription(router.subscribe(Filter.ofTenant(1)), 3);
        for (int i = 0; i < 10; i++) {
            feed(EventType.CALL_INITIATED, "s" + i);
        }
        int taken = 0;
        for (int turn = 0; turn < 10; turn++) {
            taken += wallboard.poll(note, 2);
            assertTrue(wallboard.waiting() <= 3);
        }
        assertEquals(10, taken);
        assertEquals(10, latest.size());
    }

    /** The sum of what was delivered and what it stands for is all that was sent, and the latest of each session is its last event. */
    @Property(tries = 50)
    void shouldStandForEveryEventOnce(@ForAll final long seed) {
        final Random random = new Random(seed);
        router = Router.launch(Routers.invoker(new MemoryJournal()));
        channel = router.openChannel();
        final ConflatedSubscription wallboard = new ConflatedSubscription(router.subscribe(Filter.ofTenant(1)), 4);
        final Map<String, Long> last = new TreeMap<>();
        final Map<Long, String> sessionOf = new TreeMap<>();
        final Map<String, Long> lastTaken = new TreeMap<>();
        final long[] sum = new long[1];
        final ConflatedHandler taker = (buffer, record, folded) -> {
            sum[0] += 1 + folded;
            final Long before = lastTaken.put(sessionOf.get(RecordLayout.sequence(buffer, record)), RecordLayout.sequence(buffer, record));
            assertTrue(null == before || before < RecordLayout.sequence(buffer, record));
        };
        for (long sequence = 1; sequence <= 300; sequence++) {
            final String session = "s" + random.nextInt(8);
            last.put(session, sequence);
            sessionOf.put(sequence, session);
            feed(EventType.CALL_UPDATED, session);
            if (0 == random.nextInt(20)) {
                wallboard.poll(taker, 1 + random.nextInt(5));
            }
        }
        int idle = 0;
        while (idle < 5) {
            idle = wallboard.poll(taker, 3) > 0 ? 0 : idle + 1;
        }
        assertEquals(300, sum[0]);
        assertEquals(last, lastTaken);
    }

    @Test
    void shouldCutOffWhoFallsBehindAndSayExactlyWhatWasNotSent() {
        final StrictSubscription strict = new StrictSubscription(router.subscribe(Filter.ofTenant(1).withUser("101")));
        for (int i = 0; i < 30; i++) {
            signal.user("101");
            feed(EventType.CALL_UPDATED, "a");
            signal.user("102");
            feed(EventType.CALL_UPDATED, "b");
        }
        assertEquals(15, strict.poll(take, 100));
        assertEquals(ReturnCode.DISCONNECTED, strict.poll(take, 100));
        assertEquals(15, strict.unsent());
        assertEquals(31, strict.cutFrom());
        assertEquals(ReturnCode.DISCONNECTED, strict.poll(take, 100));
        final Subscription again = router.subscribe(Filter.ofTenant(1).withUser("101"), strict.cutFrom());
        again.catchUp(take, 100);
        assertEquals(30, got.size());
    }

    @Test
    void shouldNotCutOffWhoComesFromBehind() {
        feed(EventType.CALL_INITIATED, "a");
        final StrictSubscription strict = new StrictSubscription(router.subscribe(Filter.ofTenant(1), 1));
        assertEquals(1, strict.poll(take, 100));
        assertEquals(0, strict.poll(take, 100));
        feed(EventType.CALL_UPDATED, "a");
        assertEquals(1, strict.poll(take, 100));
        assertEquals(List.of(1L, 2L), got);
    }

    @Test
    void shouldSayHowFarItIsBehindAndHowMuchItHasDelivered() {
        final Subscription subscription = router.subscribe(Filter.ofTenant(1));
        assertEquals(0, subscription.lag());
        feed(EventType.CALL_INITIATED, "a");
        feed(EventType.CALL_UPDATED, "a");
        assertEquals(2, subscription.lag());
        subscription.poll(take, 1);
        assertEquals(1, subscription.lag());
        subscription.poll(take, 1);
        assertEquals(0, subscription.lag());
        assertEquals(2, subscription.deliveries());
    }

    private void feed(final EventType type, final String session) {
        signal.type(type).ids(session, session);
        Routers.feed(router, channel, signal, 1, sequence -> { });
    }
}
