package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import org.agrona.DirectBuffer;

/**
 * Takes what a stream has to say, in order, as it stands in the record. On the gateway's loop.
 */
public interface EventSink {
    /** Whether there is room for something now. */
    boolean isWritable();

    /** How many events or things of a status it takes at most now, from 1. */
    int room();

    /**
     * An event that may be read.
     *
     * @param position token of it.
     * @param number   in the stream, from 1.
     * @param folded   how many events it stands for beside itself.
     * @param buffer   holds it; the stream's again when this returns.
     * @param record   offset of the record that it stands in.
     */
    void event(String position, long number, long folded, DirectBuffer buffer, int record);

    /** The status begins: what was known before is void. */
    void statusBegins(String position);

    /**
     * One thing that the status holds.
     *
     * @param buffer holds it; the stream's again when this returns.
     * @param item   offset of its header.
     * @param length in bytes.
     */
    void statusItem(DirectBuffer buffer, int item, int length);

    /** The status is complete: events behind the position follow. */
    void statusEnds(String position);

    /** The stream has fallen behind and catches up from the journal, or is up to date again. */
    default void lags(final boolean isBehind) {
        // every event comes all the same
    }

    /** All that came together was said: a good moment to write it. */
    default void turned() {
        // who has written it by now
    }

    /** Nothing more comes, and why. */
    void ended(Problem why);
}
