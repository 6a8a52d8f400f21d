package io.strowger.ops.gateway.stream;

/**
 * How a stream of events was at one moment.
 *
 * @param stream      number of it, over all gateways, as long as the server runs.
 * @param application whose it is.
 * @param tenant      whose that is.
 * @param sent        how many events it has come by that may be read.
 * @param lag         how many records the journal has behind the last that it has looked at.
 * @param isLagging   whether it catches up from the journal.
 */
public record StreamHealth(long stream, String application, int tenant, long sent, long lag, boolean isLagging) {
}
