package io.strowger.router.dispatch;

import org.agrona.DirectBuffer;

/**
 * A trusted handler that runs in line on the core thread, for each event of every tenant, once its block is in the journal.
 *
 * <p>It must return soon and must not block: the router waits for it. One that throws is detached and reported; the others go on.
 */
@FunctionalInterface
public interface Tap {
    /**
     * Takes one record that holds an event. The bytes change once this returns.
     *
     * @param block  buffer that holds the record, laid out as {@link io.strowger.router.record.RecordLayout}.
     * @param record its offset.
     */
    void onEvent(DirectBuffer block, int record);

    /**
     * Takes note of a whole block behind its last event: for acknowledgements, and taps that look at every record.
     *
     * @param block  buffer that holds it, laid out as {@link io.strowger.router.record.BlockLayout}.
     * @param offset of its header.
     * @param length of header and records.
     */
    default void onBlock(final DirectBuffer block, final int offset, final int length) {
    }
}
