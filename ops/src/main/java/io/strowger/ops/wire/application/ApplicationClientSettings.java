package io.strowger.ops.wire.application;

import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Where a client connects to, and as whom.
 *
 * @param host     name or address.
 * @param port     of the gateway.
 * @param token    of the application; asked for at each connection, on the client's thread: one that has become void may have another one
 *                 in its place then.
 * @param tls      null: plain. The certificate must be of the host's name.
 * @param mostActs actions that may wait for their end at a time, from 1: one more is refused, {@code TOO_MANY}.
 * @param patience for how long an action is asked for again, whatever is lost; then it fails, {@code UNAVAILABLE}. More than the deadlines
 *                 of the actions, and less than a router keeps their results.
 * @param silence  for how long nothing may come, and nothing be taken, before the connection is made again.
 */
public record ApplicationClientSettings(String host, int port, Supplier<String> token, SSLContext tls, int mostActs, Duration patience,
                                        Duration silence) {
    private static final int MOST_ACTS = 10_000;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** Checks the ranges. */
    public ApplicationClientSettings {
        if (mostActs < 1 || patience.isNegative() || patience.isZero() || silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("out of its range: " + mostActs + " actions, " + patience + ", " + silence);
        }
    }

    /** With 10,000 actions, an hour and 10 s. */
    public ApplicationClientSettings(final String host, final int port, final Supplier<String> token, final SSLContext tls) {
        this(host, port, token, tls, MOST_ACTS, PATIENCE, SILENCE);
    }

    /** Plain, always with the same token. */
    public static ApplicationClientSettings plain(final String host, final int port, final String token) {
        return new ApplicationClientSettings(host, port, () -> token, null);
    }

    /** The same, with these bounds. */
    public ApplicationClientSettings bounds(final int actions, final Duration longest, final Duration quiet) {
        return new ApplicationClientSettings(host, port, token, tls, actions, longest, quiet);
    }
}
