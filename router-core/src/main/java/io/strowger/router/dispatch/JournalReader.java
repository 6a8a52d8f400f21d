package io.strowger.router.dispatch;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * Reads the journal for one subscription, skipping blocks that hold nothing for it.
 *
 * <p>An interrupt is for the handler or the caller, who find it as it was: the journal's files it would close. After whatever was thrown
 * the files are opened again.
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
    /** An interrupt that is set aside. */
    private boolean isInterrupted;

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
        isInterrupted = Thread.interrupted();
        try {
            return readAsInterrupted();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins again with the next sequence when an interrupt that came meanwhile has closed the files. */
    private boolean readAsInterrupted() {
        while (true) {
            try {
                return readOn();
            } catch (final JournalException ex) {
                close();
                if (!Thread.interrupted()) {
                    throw ex;
                }
                isInterrupted = true;
            } catch (final RuntimeException | Error ex) {
                close();
                throw ex;
            }
        }
    }

    private boolean readOn() {
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
                    && !deliver(buffer, sequence)) {
                    return false;
                }
            }
        }
        delivery.reached(BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset));
        return !delivery.isFull() && !hasFailed.getAsBoolean();
    }

    private boolean deliver(final DirectBuffer buffer, final long sequence) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            return delivery.deliver(buffer, records.record(), sequence);
        } finally {
            isInterrupted = Thread.interrupted();
        }
    }
}
