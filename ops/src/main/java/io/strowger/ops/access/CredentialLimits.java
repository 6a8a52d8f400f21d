package io.strowger.ops.access;

/**
 * Limits of an application's load, over all its connections.
 *
 * @param streams           most streams of events at a time.
 * @param requestsPerSecond most requests.
 * @param actionsPerSecond  most actions.
 */
public record CredentialLimits(int streams, int requestsPerSecond, int actionsPerSecond) {
    /** Checks that each is from 1. */
    public CredentialLimits {
        if (streams < 1 || requestsPerSecond < 1 || actionsPerSecond < 1) {
            throw new IllegalArgumentException("a limit is below 1: " + streams + ", " + requestsPerSecond + ", " + actionsPerSecond);
        }
    }
}
