package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final long STEP_NS = 10;

    private final List<Long> intended = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private long nowNs = 5_000;

    @Test
    void shouldSendEachAtItsTimeWhenNothingIsInTheWay() {
        final Pace pace = loop(due -> 0).run(1_000_000, 4);
        assertEquals(List.of(5_000L, 6_000L, 7_000L, 8_000L), intended);
        assertEquals(intended, sent);
        assertEquals(STEP_NS, pace.latestNs());
        assertEquals(1_000_000, pace.achieved());
        assertFalse(pace.isMissed());
    }

    @Test
    void shouldKeepTheIntendedTimesOfAllBehindASendThatStalled() {
        final Pace pace = loop(due -> 6_000 == due ? 2_500 : 0).run(1_000_000, 6);
        assertEquals(List.of(5_000L, 6_000L, 7_000L, 8_000L, 9_000L, 10_000L), intended);
        assertEquals(List.of(5_000L, 6_000L, 8_510L, 8_510L, 9_000L, 10_000L), sent);
        assertEquals(1_510, pace.latestNs());
    }

    @Test
    void shouldSendTheSameAgainWithTheSameTimeWhenThereIsNoRoom() {
        final int[] refusals = {3};
        final int[] prepared = {0};
        final List<Long> offers = new ArrayList<>();
        final OpenLoop loop = new OpenLoop(() -> nowNs, new OpenLoop.Feed() {
            @Override
            public void prepare() {
                prepared[0]++;
            }

            @Override
            public boolean offer(final long intendedNs) {
                offers.add(intendedNs);
                return refusals[0]-- <= 0;
            }
        }, () -> nowNs += STEP_NS);
        final Pace pace = loop.run(1_000_000, 2);
        assertEquals(List.of(5_000L, 5_000L, 5_000L, 5_000L, 6_000L), offers);
        assertEquals(2, prepared[0]);
        assertEquals(STEP_NS, pace.latestNs());
    }

    @Test
    void shouldLookAtWhatHasComeBetweenTwoBurstsWhenItIsLate() {
        final List<Integer> sentBeforeALook = new ArrayList<>();
        final OpenLoop loop = new OpenLoop(() -> nowNs, feed(due -> 5_000 == due ? 1_000_000 : 0), () -> {
            nowNs += STEP_NS;
            sentBeforeALook.add(sent.size());
        });
        loop.run(1_000_000, 100);
        assertEquals(List.of(1, 17, 33, 49, 65, 81, 97), sentBeforeALook);
    }

    @Test
    void shouldMarkARateThatWasMissed() {
        final Pace pace = loop(due -> 1_100 - STEP_NS).run(1_000_000, 1_000);
        assertTrue(pace.isMissed());
        assertTrue(pace.achieved() >= 1e9 / 1_100 && pace.achieved() <= 1e9 / 1_090, () -> "achieved " + pace.achieved());
        assertEquals(pace.tookNs() - 999 * 1_000, pace.latestNs());
        assertFalse(new Pace(1_000_000, 1_000, 1_010_000, 10_000).isMissed(), "0.99 of it is kept");
        assertTrue(new Pace(1_000_000, 1_000, 1_011_000, 11_000).isMissed(), "less is not");
        assertTrue(new Pace(1_000_000, 1_000, 1_000_000, 100_001).isMissed(), "later than a tenth of the time");
    }

    /** The test of what is called coordinated omission: nothing was sent while the receiver stood still, and yet all of it is charged. */
    @Test
    void shouldChargeAStallOfTheReceiverToEveryMessageIntendedInIt() {
        final long stallBegin = 25_000;
        final long stallEnd = 75_000;
        final Deque<Long> underWay = new ArrayDeque<>();
        final List<Long> waits = new ArrayList<>();
        final OpenLoop loop = new OpenLoop(() -> nowNs, feed(due -> {
            underWay.add(due);
            return 0;
        }), () -> {
            nowNs = nowNs >= stallBegin && nowNs < stallEnd ? stallEnd : nowNs + STEP_NS;
            while (!underWay.isEmpty()) {
                waits.add(nowNs - underWay.remove());
            }
        });
        loop.run(1_000_000, 100);
        assertEquals(100, waits.size());
        for (int i = 0; i < waits.size(); i++) {
            final long due = 5_000 + i * 1_000L;
            final boolean isInStall = due >= stallBegin && due < stallEnd;
            final long wait = waits.get(i);
            assertTrue(isInStall ? wait >= stallEnd - due : wait <= 1_000, "message of " + due + " waited " + wait);
        }
    }

    @Property
    void shouldNeverDriftFromTheRate(@ForAll @IntRange(min = 1, max = 10_000_000) final int rate,
                                     @ForAll @LongRange(min = 0, max = 6_000_000_000L) final long message) {
        final long at = OpenLoop.intendedNs(message, rate);
        assertEquals((double)message, at / 1e9 * rate, 1 + message * 1e-12, "message " + message + " at " + at);
        assertTrue(at <= OpenLoop.intendedNs(message + 1, rate));
    }

    private OpenLoop loop(final LongUnaryOperator stallNs) {
        return new OpenLoop(() -> nowNs, feed(stallNs), () -> nowNs += STEP_NS);
    }

    private OpenLoop.Feed feed(final LongUnaryOperator stallNs) {
        return new OpenLoop.Feed() {
            @Override
            public void prepare() {
                // there is nothing to make
            }

            @Override
            public boolean offer(final long intendedNs) {
                intended.add(intendedNs);
                sent.add(nowNs);
                nowNs += stallNs.applyAsLong(intendedNs);
                return true;
            }
        };
    }
}
