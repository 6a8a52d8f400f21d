package io.strowger.ops.connector;

/**
 * How a connector was at one moment.
 *
 * @param source        name of the source.
 * @param state         of the connection of events.
 * @param sinceMs       when it came to that state, in milliseconds since 1970.
 * @param failure       why it is not live, or what the call router has refused to list; null when all is well.
 * @param connections   how often it was logged in so far.
 * @param bytesIn       how many bytes came, over all connections of events.
 * @param understood    how many blocks of them were of the dialect.
 * @param discarded     how many signals the router had no room for: each such loss is told by a {@code source.gap}.
 * @param commandState  of the connection of commands; null when there is none.
 * @param commandFailure why that is not live; null when all is well or there is none.
 */
public record ConnectorHealth(
    String source, ConnectorState state, long sinceMs, String failure, long connections, long bytesIn, long understood,
    long discarded, ConnectorState commandState, String commandFailure) {

    /** Whether events flow, the call router has been listed, and commands can be sent if they are on. */
    public boolean isLive() {
        return ConnectorState.LIVE == state && (null == commandState || ConnectorState.LIVE == commandState);
    }
}
