package io.strowger.router.dispatch;

import org.agrona.DirectBuffer;

/**
 * Takes the events of one subscription in order, on the thread that polls it; before them, of one that begins with a snapshot, the
 * begin, the items and the end of that.
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

    /**
     * The items of a snapshot follow: whatever was known before is void.
     *
     * @param position last sequence that the snapshot holds.
     */
    default void onSnapshotBegin(final long position) {
    }

    /**
     * Takes one item of a snapshot. The bytes change once this returns. Throwing is as in {@link #onEvent}.
     *
     * @param buffer that holds the item, a {@code SnapshotItem} message.
     * @param item   offset of its SBE header.
     * @param length of the message.
     */
    default void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
    }

    /**
     * The snapshot is complete: the events behind its position follow.
     *
     * @param position as in {@link #onSnapshotBegin}.
     */
    default void onSnapshotEnd(final long position) {
    }
}
