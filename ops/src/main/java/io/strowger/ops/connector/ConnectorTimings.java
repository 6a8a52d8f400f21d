package io.strowger.ops.connector;

/**
 * How long a connector waits for what, in milliseconds, each from 1.
 *
 * @param connectMs          for the connection.
 * @param loginMs            for the login, from the connection on.
 * @param listMs             for all that the call router has, from when it is asked for: behind that another connection asks again.
 * @param heartbeatMs        of silence before the call router is asked whether it is there.
 * @param heartbeatTimeoutMs for any byte behind that.
 * @param backOffMs          before the second try; doubles from try to try.
 * @param backOffCapMs       between tries at most.
 */
public record ConnectorTimings(
    int connectMs, int loginMs, int listMs, int heartbeatMs, int heartbeatTimeoutMs, int backOffMs, int backOffCapMs) {

    private static final ConnectorTimings DEFAULTS = new ConnectorTimings(5_000, 10_000, 120_000, 10_000, 10_000, 500, 30_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range, or the cap is less than the first back-off.
     */
    public ConnectorTimings {
        final boolean hasWaits = connectMs > 0 && loginMs > 0 && listMs > 0 && heartbeatMs > 0 && heartbeatTimeoutMs > 0;
        if (!hasWaits || backOffMs < 1 || backOffCapMs < backOffMs) {
            throw new IllegalArgumentException("timings must be from 1 ms, and the back-off at most its cap: " + connectMs + ", " + loginMs
                + ", " + listMs + ", " + heartbeatMs + ", " + heartbeatTimeoutMs + ", " + backOffMs + ", " + backOffCapMs);
        }
    }

    /**
     * 5 s to connect, 10 s to log in, 2 minutes for the lists; a heartbeat after 10 s with 10 s to answer; tries from 0.5 to 30 s apart.
     */
    public static ConnectorTimings defaults() {
        return DEFAULTS;
    }

    /** The same with other waits for connection and login. */
    public ConnectorTimings withLogin(final int newConnectMs, final int newLoginMs) {
        return new ConnectorTimings(newConnectMs, newLoginMs, listMs, heartbeatMs, heartbeatTimeoutMs, backOffMs, backOffCapMs);
    }

    /** The same with another wait for the lists. */
    public ConnectorTimings withLists(final int newListMs) {
        return new ConnectorTimings(connectMs, loginMs, newListMs, heartbeatMs, heartbeatTimeoutMs, backOffMs, backOffCapMs);
    }

    /** The same with another heartbeat. */
    public ConnectorTimings withHeartbeat(final int everyMs, final int timeoutMs) {
        return new ConnectorTimings(connectMs, loginMs, listMs, everyMs, timeoutMs, backOffMs, backOffCapMs);
    }

    /** The same with another back-off. */
    public ConnectorTimings withBackOff(final int firstMs, final int capMs) {
        return new ConnectorTimings(connectMs, loginMs, listMs, heartbeatMs, heartbeatTimeoutMs, firstMs, capMs);
    }
}
