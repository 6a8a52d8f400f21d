package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.Why;

/**
 * Takes what a stream brings, in order, on threads of the client, one at a time for all that the client tells: who takes long holds its
 * other streams and actions up. What it throws ends the stream.
 */
public interface StreamListener {
    /**
     * An event.
     *
     * @param frame with the event's number and position, good during this call; its text has been read.
     * @param event the event itself, good during this call; texts in the order of the schema.
     */
    void onEvent(StreamEventDecoder frame, EventDecoder event);

    /** A status begins: what was known before is void. */
    default void onStatusBegin() {
        // who asks for no status
    }

    /**
     * One thing that is so.
     *
     * @param item good during this call; texts in the order of the schema.
     */
    default void onStatusItem(final SnapshotItemDecoder item) {
        // who asks for no status
    }

    /**
     * The status is complete.
     *
     * @param position events behind it follow.
     */
    default void onStatusEnd(final String position) {
        // who asks for no status
    }

    /** The stream has fallen behind and catches up, or is up to date again. */
    default void onLag(final boolean isBehind) {
        // every event comes all the same
    }

    /** The stream is open: for the first time, or again behind the last position, from which numbers begin with 1 again. */
    default void onOpen() {
        // the next events tell
    }

    /**
     * Nothing more comes. Once, and never on the thread that closes the stream or the client.
     *
     * @param why    the reason.
     * @param missed events that were not sent; of {@code FELL_BEHIND}, else 0.
     * @param text   for people.
     */
    void onEnd(Why why, long missed, String text);
}
