package io.strowger.ops.gateway;

import io.strowger.ops.gateway.stream.StreamTimes;
import java.time.Duration;

/**
 * What one who comes may cost at most.
 *
 * @param connections most at a time.
 * @param bodyBytes   longest body of a request, and longest message of a WebSocket.
 * @param idle        after which a connection without a request ends, and in which one must be whole.
 * @param stalled     for how long a stream may have no room to write into, before it ends.
 * @param keepAlive   between two signs of life on a stream that has nothing to say.
 */
public record GatewayLimits(int connections, int bodyBytes, Duration idle, Duration stalled, Duration keepAlive) {
    /** Where nothing else is said. */
    public static final GatewayLimits DEFAULT =
        new GatewayLimits(20_000, 64 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(15));

    StreamTimes times() {
        return new StreamTimes(stalled, keepAlive);
    }
}
