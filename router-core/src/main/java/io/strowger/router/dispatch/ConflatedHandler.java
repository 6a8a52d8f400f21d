package io.strowger.router.dispatch;

import org.agrona.DirectBuffer;

/**
 * Takes the latest events of a {@link ConflatedSubscription}, on the thread that polls it. A snapshot, if it begins with one, comes as for
 * an {@link EventHandler}.
 */
@FunctionalInterface
public interface ConflatedHandler {
    /**
     * Takes one record that holds an event.
     *
     * @param buffer that holds the record, laid out as {@link io.strowger.router.record.RecordLayout}; it does not change.
     * @param record its offset.
     * @param folded how many events of the same thing were folded into this one since the last that was delivered.
     */
    void onLatest(DirectBuffer buffer, int record, long folded);

    /** See {@link EventHandler#onSnapshotBegin}. */
    default void onSnapshotBegin(final long position) {
    }

    /** See {@link EventHandler#onSnapshotItem}. */
    default void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
    }

    /** See {@link EventHandler#onSnapshotEnd}. */
    default void onSnapshotEnd(final long position) {
    }
}
