package io.strowger.ops.gateway;

import io.strowger.ops.gateway.stream.StreamRoom;
import io.strowger.ops.gateway.web.ConnectionRoom;

/**
 * What all gateways have room for together. Any thread.
 *
 * @param connections of all applications.
 * @param streams     of all applications.
 */
public record GatewayRoom(ConnectionRoom connections, StreamRoom streams) {
    /** As much as these limits say, and as this process has memory for. */
    public static GatewayRoom of(final GatewayLimits limits) {
        return new GatewayRoom(new ConnectionRoom(limits.connections()),
            new StreamRoom(limits.streams(), Runtime.getRuntime().maxMemory()));
    }
}
