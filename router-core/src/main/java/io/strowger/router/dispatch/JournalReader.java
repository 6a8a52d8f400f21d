package io.strowger.router.dispatch;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * Reads the journal for one subscription, skipping blocks that hold nothing for it.
 *
 * <p>Poller's thread.
 */
final class JournalReader {
    private static final int BLOCKS_A_POLL = 16;

    private final Journal journal;
    private final Filter filter;
    private final Delivery delivery;
    private final BooleanSupplier hasFailed;
    private final RecordCursor records = new RecordCursor();
    private final EventView event = new EventView();
    private final BlockHandler blockHandler = this::onBlock;
    private JournalCursor cursor;

    /**
     * A reader that has no file open yet.
     *
     * @param hasFailed whether nothing may be shown any more.
     */
    JournalReader(final Journal journal, final Filter filter, final Delivery delivery, final BooleanSupplier hasFailed) {
        this.journal = journal;
        this.filter = filter;
        this.delivery = delivery;
        this.hasFailed = hasFailed;
    }

    /**
     * Delivers what comes next, up to the end of the block with which the delivery is full.
     *
     * @return whether it was stopped by that, or the handler's fault, and not by the journal's end.
     * @throws io.strowger.router.journal.PositionException when the journal no longer has the next sequence.
     */
    boolean read() {
        if (null == cursor) {
            cursor = journal.openCursor(delivery.nextSequence());
        }
        int blocks;
        do {
            blocks = cursor.poll(blockHandler, BLOCKS_A_POLL);
        } while (blocks > 0 && !delivery.isFull() && !delivery.hasFault());
        if (delivery.hasFault()) {
            // the block is to be read again
            close();
        }
        return 0 != blocks;
    }

    void close() {
        if (null != cursor) {
            cursor.close();
            cursor = null;
        }
    }

    private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        if (filter.mayMatchBlock(buffer, offset)) {
            records.wrap(buffer, offset);
            while (records.next()) {
                final long sequence = records.sequence();
                if (sequence >= delivery.nextSequence() && records.hasEvent() && filter.matches(event.wrap(buffer, records.record()))
                    && !delivery.deliver(buffer, records.record(), sequence)) {
                    return false;
                }
            }
        }
        delivery.reached(BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset));
        return !delivery.isFull() && !hasFailed.getAsBoolean();
    }
}
