package io.strowger.bench.pipeline;

import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Looks at the sequence of each event and counts. Written by the core thread; read by others once the router's own counters, which are
 * published behind it, say that a block was shown.
 */
final class CountingTap implements Tap {
    private long last;
    private long events;
    private boolean isOutOfOrder;

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        final long sequence = RecordLayout.sequence(block, record);
        isOutOfOrder |= sequence <= last;
        last = sequence;
        events++;
    }

    /** Events seen so far. */
    long events() {
        return events;
    }

    /** Whether any event came with a sequence that was not above the one before. */
    boolean isOutOfOrder() {
        return isOutOfOrder;
    }
}
