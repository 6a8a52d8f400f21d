package io.strowger.ops.receiver;

import io.strowger.ops.receiver.way.Answer;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of all who come. Any thread. */
final class ReceiverCount {
    private final AtomicLong badRequests = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();

    /** What was no request, too slow, or of another method. */
    void badRequest() {
        badRequests.incrementAndGet();
    }

    /** Who came is not known. */
    void unknown() {
        unknown.incrementAndGet();
    }

    /** A connection was one too many. */
    void turnedAway() {
        turnedAway.incrementAndGet();
    }

    void answered(final Answer answer) {
        if (Answer.OK == answer) {
            taken.incrementAndGet();
        }
    }

    ReceiverTotals totals() {
        return new ReceiverTotals(taken.get(), badRequests.get(), unknown.get(), turnedAway.get());
    }
}
