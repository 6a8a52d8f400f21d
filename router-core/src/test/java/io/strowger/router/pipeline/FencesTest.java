package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.Race;
import io.strowger.router.journal.JournalEnd;
import io.strowger.router.status.RouterCounters;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two threads may see of each other, under the load of many rounds. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class FencesTest {
    private static final int ROUNDS = 200_000;
    private static final int ROUNDS_SLOW = 10_000_000;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int READS = 20;

    private final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
    private final int length = new EventSignal().encode(signal);
    private final RouterCounters counters = new RouterCounters();
    private Channel channel;
    private RouterState state;
    private long code;
    private int drained;

    @Test
    void shouldTakeAlongEverySignalTakenWhenTheRouterClosesAtThatMoment() throws InterruptedException {
        raceOfferAndClose(ROUNDS);
    }

    @Test
    @Tag("slow")
    void shouldTakeAlongEverySignalTakenWhenTheRouterClosesManyTimes() throws InterruptedException {
        raceOfferAndClose(ROUNDS_SLOW);
    }

    @Test
    void shouldShowSequenceAndChainOfTheSameRecordWhenReadWhileTheyChange() throws InterruptedException {
        raceReadAndPublish(ROUNDS);
    }

    @Test
    @Tag("slow")
    void shouldShowSequenceAndChainOfTheSameRecordWhenReadManyTimes() throws InterruptedException {
        raceReadAndPublish(ROUNDS_SLOW);
    }

    private void raceOfferAndClose(final int rounds) throws InterruptedException {
        final int[] both = new int[2];
        renew();
        new Race(rounds).run(
            round -> code = channel.offer(signal, 0, length),
            round -> {
                state.beginClose();
                drained = channel.isEmpty() ? 0 : 1;
                // an offer that waits for its fate learns it now
                state.endClose();
            },
            round -> {
                if (code > 0) {
                    assertTrue(1 == drained, () -> "round " + round + ": a signal was taken, and the router, which had closed, saw none");
                }
                both[code > 0 ? 1 : 0]++;
                renew();
            });
        assertTrue(both[0] > 0 && both[1] > 0, "one side always came first: " + both[0] + " and " + both[1]);
    }

    private void renew() {
        state = new RouterState(fault -> { });
        channel = new Channel(8 * 512, 512, (buffer, offset, bytes) -> 0, state, Waker.NONE, counters,
            new RejectRecords(100, 512, SystemNanoClock.INSTANCE, null));
    }

    private static void raceReadAndPublish(final int rounds) throws InterruptedException {
        final PublishedEnd end = new PublishedEnd();
        new Race(rounds).run(
            round -> {
                for (int i = 0; i < READS; i++) {
                    final JournalEnd read = end.read();
                    if (read.chain() != read.sequence() * FACTOR) {
                        throw new AssertionError("torn in round " + round + ": " + read);
                    }
                }
            },
            round -> {
                for (long i = 0; i < READS; i++) {
                    final long sequence = (long)round * READS + i;
                    end.publish(sequence, sequence * FACTOR);
                }
            },
            round -> {
                final long last = (long)round * READS + READS - 1;
                assertEquals(new JournalEnd(last, last * FACTOR), end.read());
                assertEquals(last, end.sequence());
            });
    }
}
