package io.strowger.bench.latency;

import io.strowger.codecs.SignalSink;

/**
 * What signals go through and come out of. All methods on the rig's thread.
 */
interface Target extends SignalSink, AutoCloseable {
    /**
     * Takes what has come out; returns at once when there is nothing.
     *
     * @throws FellBehindException when that can't be had any more.
     * @throws IllegalStateException when it has failed.
     */
    void receive();

    /** Whether it has done less by now than belongs to what was offered: then the rate was missed. */
    default boolean isBehind() {
        return false;
    }

    /**
     * Waits until everything that was offered has come out.
     *
     * @throws IllegalStateException when something is missing, came twice or out of order.
     */
    void settle();

    /** Of everything that it keeps, only files are left. */
    @Override
    void close();
}
