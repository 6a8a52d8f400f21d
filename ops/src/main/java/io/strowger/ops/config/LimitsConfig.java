package io.strowger.ops.config;

/**
 * Limits of an application's load.
 *
 * @param streams           most streams of events at a time.
 * @param requestsPerSecond most requests.
 * @param actionsPerSecond  most actions.
 */
public record LimitsConfig(Integer streams, Integer requestsPerSecond, Integer actionsPerSecond) {
    static final LimitsConfig DEFAULT = new LimitsConfig(null, null, null);

    private static final int STREAMS = 100;
    private static final int REQUESTS = 100;
    private static final int ACTIONS = 100;

    /** Fills in what is not said. */
    public LimitsConfig {
        streams = null == streams ? STREAMS : streams;
        requestsPerSecond = null == requestsPerSecond ? REQUESTS : requestsPerSecond;
        actionsPerSecond = null == actionsPerSecond ? ACTIONS : actionsPerSecond;
    }
}
