package io.strowger.bench.subscribe;

import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * How many events there are, and the sum of their sequences. Written by the core thread; read by others once the last block is shown.
 */
final class EventTally implements Tap {
    private long count;
    private long sum;
    private volatile long lastShown;

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        count++;
        sum += RecordLayout.sequence(block, record);
    }

    @Override
    public void onBlock(final DirectBuffer block, final int offset, final int length) {
        lastShown = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
    }

    /** Last sequence of the last block that was shown. */
    long lastShown() {
        return lastShown;
    }

    /** Events so far. */
    long count() {
        return count;
    }

    /** Sum of their sequences so far. */
    long sum() {
        return sum;
    }
}
