package io.strowger.codecs;

import org.agrona.DirectBuffer;

/**
 * Takes the signals that a translator makes, one by one, on the translator's thread.
 */
@FunctionalInterface
public interface SignalSink {
    /**
     * Offers one signal. The bytes are the translator's again when this returns.
     *
     * @param buffer holds the signal.
     * @param offset of its SBE header.
     * @param length of header, block and var-data.
     * @return true when it was taken; false when there is no room now: the translator keeps it and offers it again.
     */
    boolean offer(DirectBuffer buffer, int offset, int length);
}
