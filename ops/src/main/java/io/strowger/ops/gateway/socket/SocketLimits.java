package io.strowger.ops.gateway.socket;

import java.time.Duration;

/**
 * What a socket may cost.
 *
 * @param messageBytes longest message that comes.
 * @param stalled      for how long it may take nothing, before it ends.
 * @param keepAlive    between two pings.
 */
public record SocketLimits(int messageBytes, Duration stalled, Duration keepAlive) {
}
