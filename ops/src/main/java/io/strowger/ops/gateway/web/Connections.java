package io.strowger.ops.gateway.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What is below connections: for peers that do not read. On their event loop.
 */
public final class Connections {
    private Connections() {
    }

    /** What carries a connection, also where it has become a WebSocket. */
    public static Channel channel(final HttpConnection connection) {
        return ((ConnectionBase)connection).channel();
    }

    /**
     * Closes a connection at once, and throws away what waits to be written. An orderly close would wait behind that: for ever, where the
     * peer takes nothing.
     */
    public static void cut(final HttpConnection connection) {
        final Channel channel = channel(connection);
        if (channel.isOpen()) {
            // a reset: the kernel is not to keep what is left either
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // past the handlers, which would close in order
            channel.unsafe().close(channel.newPromise());
        }
    }
}
