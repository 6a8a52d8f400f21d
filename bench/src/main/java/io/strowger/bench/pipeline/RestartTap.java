package io.strowger.bench.pipeline;

import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * Sees how long each signal of the small source took from its intended time, and which sessions of the large one have ended, once each.
 */
final class RestartTap implements Tap {
    private static final int MOST_WAITS = 1 << 20;

    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final int sessions;
    private final BitSet ended;
    private final long[] waitsNs = new long[MOST_WAITS];
    private final byte[] id = new byte[16];
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger endCount = new AtomicInteger();
    private int wrong;

    RestartTap(final int sessions) {
        this.sessions = sessions;
        this.ended = new BitSet(sessions);
    }

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), header);
        if (RestartSources.SMALL == event.source()) {
            final int place = waits.getPlain();
            if (EventType.SOURCE_OTHER == event.eventType() && place < MOST_WAITS) {
                waitsNs[place] = System.nanoTime() - event.sourceTime();
                waits.setRelease(place + 1);
            }
        } else if (EventType.CALL_CLEARED == event.eventType()) {
            end();
        }
    }

    private void end() {
        final boolean isRight = Cause.SOURCE_RESTARTED == event.cause();
        final int length = event.getNativeId(id, 0, id.length);
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = 10 * number + id[i] - '0';
        }
        wrong += !isRight || number >= sessions || ended.get(number) ? 1 : 0;
        ended.set(number);
        endCount.setRelease(endCount.getPlain() + 1);
    }

    boolean isComplete() {
        return endCount.getAcquire() >= sessions;
    }

    void forgetWaits() {
        waits.set(0);
    }

    double longestWaitNs() {
        return waitNs(1);
    }

    double waitNs(final double quantile) {
        final long[] sorted = Arrays.copyOf(waitsNs, waits.getAcquire());
        Arrays.sort(sorted);
        return 0 == sorted.length ? 0 : sorted[(int)Math.min(sorted.length - 1L, (long)(quantile * sorted.length))];
    }

    /**
     * Looks at what was seen.
     *
     * @throws IllegalStateException when not every session has ended once, for the right cause.
     */
    void check() {
        if (0 != wrong || sessions != endCount.get() || sessions != ended.cardinality()) {
            throw new IllegalStateException(endCount + " ends of " + ended.cardinality() + " of " + sessions + " sessions, " + wrong
                + " wrong");
        }
    }
}
