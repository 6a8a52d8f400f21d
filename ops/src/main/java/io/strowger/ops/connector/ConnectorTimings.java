package io.strowger.ops.connector;

/**
 * How long a connector waits for what, in milliseconds, each from 1.
 *
 * @param connectMs          for the connection.
 * @param loginMs            for the login, from the connection on.
 * @param heartbeatMs        of silence before the call router is asked whether it is there.
 * @param heartbeatTimeoutMs for any byte behind that.
 * @param backOffMs          before the second try; doubles from try to try.
 * @param backOffCapMs       between tries at most.
 */
public record ConnectorTimings(
    int connectMs, int loginMs, int heartbeatMs, int heartbeatTimeoutMs, int backOffMs, int backOffCapMs) {

    private static final ConnectorTimings DEFAULTS = new ConnectorTimings(5_000, 10_000, 10_000, 10_000, 500, 30_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range, or the cap is less than the first back-off.
     */
    public ConnectorTimings {
        if (connectMs < 1 || loginMs < 1 || heartbeatMs < 1 || heartbeatTimeoutMs < 1 || backOffMs < 1 || backOffCapMs < backOffMs) {
            throw new IllegalArgumentException("timings must be from 1 ms, and the back-off at most its cap: " + connectMs + ", " + loginMs
                + ", " + heartbeatMs + ", " + heartbeatTimeoutMs + ", " + backOffMs + ", " + backOffCapMs);
        }
    }

    /** 5 s to connect, 10 s to log in, a heartbeat after 10 s with 10 s to answer, and tries from 0.5 to 30 s apart. */
    public static ConnectorTimings defaults() {
        return DEFAULTS;
    }

    /** The same with other waits for connection and login. */
    public ConnectorTimings withLogin(final int newConnectMs, final int newLoginMs) {
        return new ConnectorTimings(newConnectMs, newLoginMs, heartbeatMs, heartbeatTimeoutMs, backOffMs, backOffCapMs);
    }

    /** The same with another heartbeat. */
    public ConnectorTimings withHeartbeat(final int everyMs, final int timeoutMs) {
        return new ConnectorTimings(connectMs, loginMs, everyMs, timeoutMs, backOffMs, backOffCapMs);
    }

    /** The same with another back-off. */
    public ConnectorTimings withBackOff(final int firstMs, final int capMs) {
        return new ConnectorTimings(connectMs, loginMs, heartbeatMs, heartbeatTimeoutMs, firstMs, capMs);
    }
}
