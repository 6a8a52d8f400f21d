package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.Race;
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
    private static final int ROUNDS = 10_000;
    private static final int ROUNDS_SLOW = 400_000;
    private static final int TRIES = 64;
    private static final int LOOK_AHEAD = 4;
    private static final int READS = 500;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
    private final int length = new EventSignal().encode(signal);
    private final RouterCounters counters = new RouterCounters();
    private final Channel[] channels = new Channel[TRIES];
    private final RouterState[] states = new RouterState[TRIES];
    private final long[] codes = new long[TRIES];
    private final boolean[] isSeen = new boolean[TRIES];

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
        renew();
        new Race(rounds).run(
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    codes[i] = channels[i].offer(signal, 0, length);
                }
            },
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    // as a live router has done: then the offer's stores wait longer for their cache lines
                    channels[(i + LOOK_AHEAD) % TRIES].isEmpty();
                    states[i].beginClose();
                    isSeen[i] = !channels[i].isEmpty();
                    // an offer that waits for its fate learns it now
                    states[i].endClose();
                }
            },
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    assertTrue(codes[i] < 0 || isSeen[i], "round " + round + ": a signal was taken that the closing router did not see");
                }
                renew();
            });
    }

    private void renew() {
        for (int i = 0; i < TRIES; i++) {
            states[i] = new RouterState(fault -> { });
            channels[i] = new Channel(8 * 512, 512, (buffer, offset, bytes) -> 0, states[i], Waker.NONE, counters,
                new RejectRecords(100, 512, SystemNanoClock.INSTANCE, null));
        }
    }

    private static void raceReadAndPublish(final int rounds) throws InterruptedException {
        final PublishedEnd end = new PublishedEnd();
        final EndCopy read = new EndCopy();
        final EndCopy settled = new EndCopy();
        new Race(rounds).run(
            round -> {
                for (int i = 0; i < READS; i++) {
                    end.read(read);
                    if (read.chain() != read.sequence() * FACTOR) {
                        throw new AssertionError("torn in round " + round + ": " + read.toJournalEnd());
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
                end.read(settled);
                assertEquals(last, settled.sequence());
                assertEquals(last * FACTOR, settled.chain());
                assertEquals(last, end.sequence());
            });
    }
}
