package io.strowger.ops.gateway.stream;

import java.time.Duration;

/**
 * How patient a stream is.
 *
 * @param stalled   for how long it may have no room to write into, before it ends.
 * @param keepAlive between two signs of life where it has nothing to say.
 */
public record StreamTimes(Duration stalled, Duration keepAlive) {
}
