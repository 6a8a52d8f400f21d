package io.strowger.ops.connector;

import java.util.concurrent.atomic.AtomicLong;

/** How a connection stands, for any thread to read. The connector's thread alone writes. */
final class LineStatus {
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private volatile Standing standing = new Standing(ConnectorState.STOPPED, System.currentTimeMillis(), null);

    /**
     * The connection has come to a state.
     *
     * @param failure why it is not live, or what is missing though it is; null for nothing.
     */
    void to(final ConnectorState state, final String failure) {
        final long sinceMs = standing.state() == state ? standing.sinceMs() : System.currentTimeMillis();
        standing = new Standing(state, sinceMs, failure);
    }

    /** The same state, and something to say of it. */
    void complain(final String failure) {
        to(standing.state(), failure);
    }

    void connected() {
        connections.lazySet(connections.get() + 1);
    }

    void received(final int bytes) {
        bytesIn.lazySet(bytesIn.get() + bytes);
    }

    Standing standing() {
        return standing;
    }

    long connections() {
        return connections.get();
    }

    long bytesIn() {
        return bytesIn.get();
    }

    /** State, since when in milliseconds since 1970, and why. */
    record Standing(ConnectorState state, long sinceMs, String failure) {
    }
}
