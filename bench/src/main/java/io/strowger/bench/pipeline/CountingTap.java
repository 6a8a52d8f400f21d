package io.strowger.bench.pipeline;

import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Looks at the sequence of each event and counts. Written by the core thread; read by others once the last tap says that a block was shown.
 */
final class CountingTap implements Tap {
    private long last;
    private long events;
    private boolean isOutOfOrder;
    private volatile long lastShown;

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        final long sequence = RecordLayout.sequence(block, record);
        isOutOfOrder |= sequence <= last;
        last = sequence;
        events++;
    }

    @Override
    public void onBlock(final DirectBuffer block, final int offset, final int length) {
        lastShown = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
    }

    /** Last sequence of the last block that was shown. */
    long lastShown() {
        return lastShown;
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
