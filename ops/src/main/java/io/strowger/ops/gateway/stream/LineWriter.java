package io.strowger.ops.gateway.stream;

import org.agrona.DirectBuffer;

/**
 * Writes what a stream says of an event. On the gateway's loop.
 */
@FunctionalInterface
interface LineWriter {
    /**
     * Writes an event that its reader may see.
     *
     * @param id     token of its position.
     * @param number in its stream, from 1.
     * @param folded how many events it stands for beside itself.
     * @param buffer holds the record.
     * @param record its offset.
     * @return null when the stream says nothing of it.
     */
    String line(String id, long number, long folded, DirectBuffer buffer, int record);
}
