package io.strowger.router.dispatch;

import org.agrona.DirectBuffer;

/**
 * Takes the events of one subscription in order, on the thread that polls it.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Takes one record that holds an event. The bytes change once this returns. When it throws, the event counts as not delivered:
     * the exception goes to the caller of the poll, and the next poll begins with the same event.
     *
     * @param buffer that holds the record, laid out as {@link io.strowger.router.record.RecordLayout}.
     * @param record its offset.
     */
    void onEvent(DirectBuffer buffer, int record);
}
