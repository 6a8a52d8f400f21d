package io.strowger.ops.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.strowger.ops.gateway.socket.SocketLimits;
import io.strowger.ops.gateway.stream.StreamTimes;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What one who comes may cost at most.
 *
 * @param connections most at a time.
 * @param streams     of events, most at a time, of all applications together.
 * @param bodyBytes   longest body of a request, and longest message of a WebSocket.
 * @param idle        after which a connection without a request ends, and in which one must be whole.
 * @param stalled     for how long a stream may have no room to write into, before it ends.
 * @param keepAlive   between two signs of life on a stream that has nothing to say.
 */
public record GatewayLimits(int connections, int streams, int bodyBytes, Duration idle, Duration stalled, Duration keepAlive) {
    /** Where nothing else is said: as many streams as half of the direct memory is enough for. */
    public static final GatewayLimits DEFAULT = new GatewayLimits(20_000, streamsOf(directBytes()), 64 * 1024, Duration.ofSeconds(60),
        Duration.ofSeconds(60), Duration.ofSeconds(15));

    /** Rings of a subscription, and what waits to be written. */
    private static final int STREAM_BYTES = 48 * 1024;
    private static final int PART = 2;

    /** How many streams there may be where there is so much direct memory, which others want a part of, too. */
    static int streamsOf(final long directBytes) {
        return (int)Math.min(Integer.MAX_VALUE, Math.max(1, directBytes / PART / STREAM_BYTES));
    }

    /** The same, with another bound. */
    GatewayLimits withStreams(final int most) {
        return new GatewayLimits(connections, most, bodyBytes, idle, stalled, keepAlive);
    }

    StreamTimes times() {
        return new StreamTimes(stalled, keepAlive);
    }

    SocketLimits ofSockets() {
        return new SocketLimits(bodyBytes, stalled, keepAlive);
    }

    private static long directBytes() {
        final long told = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize").getValue());
        return 0 == told ? Runtime.getRuntime().maxMemory() : told;
    }
}
