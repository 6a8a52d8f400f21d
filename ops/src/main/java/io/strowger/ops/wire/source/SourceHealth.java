package io.strowger.ops.wire.source;

/**
 * How a source that comes was at one moment.
 *
 * @param source      its name.
 * @param tenant      whose it is.
 * @param state       of its connection.
 * @param sinceMs     when it came to that state, in milliseconds since 1970.
 * @param failure     why its last connection has ended; null when none has, or the present one is live.
 * @param connections how often it was let in since the start.
 * @param signals     how many of its signals were taken.
 * @param duplicates  how many the router had already.
 * @param rejects     how many it was told were refused.
 */
public record SourceHealth(String source, int tenant, SourceState state, long sinceMs, String failure, long connections, long signals,
                           long duplicates, long rejects) {
}
