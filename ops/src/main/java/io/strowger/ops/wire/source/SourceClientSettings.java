package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a client connects to, and as whom: a fluent object, each value checked when it is set. Not to be changed any more once a client has
 * been made with it.
 */
public final class SourceClientSettings {
    private static final int LAST_PORT = 65_535;
    private static final long WAITING_DEFAULT = 16L * 1024 * 1024;
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 30_000;

    private final String host;
    private final int port;
    private final String name;
    private String token;
    private boolean hasTls;
    private boolean checksHostName = true;
    private Path trustFile;
    private Path certificate;
    private Path key;
    private int capabilities;
    private String epoch = "";
    private boolean numbersItself;
    private long waitingBytes = WAITING_DEFAULT;
    private long firstWaitMs = FIRST_WAIT_MS;
    private long longestWaitMs = LONGEST_WAIT_MS;

    /**
     * Settings with the default of everything else: no TLS, no actions.
     *
     * @param host name or address of the server.
     * @param port from 1 to 65,535.
     * @param name of the source, as its credential names it: 1 to 160 bytes in UTF-8.
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public SourceClientSettings(final String host, final int port, final String name) {
        final int length = name.getBytes(StandardCharsets.UTF_8).length;
        check(!host.isBlank(), "the host is missing");
        check(port > 0 && port <= LAST_PORT, "port: " + port);
        check(length > 0 && length <= SignalLayout.MAX_NATIVE_ID_LENGTH, "the name is of 1 to 160 bytes: " + name);
        this.host = host;
        this.port = port;
        this.name = name;
    }

    /** The token of the source; null: its certificate says who it is. */
    public SourceClientSettings token(final String value) {
        token = value;
        return this;
    }

    /** Whether the connection is encrypted; false. */
    public SourceClientSettings tls(final boolean value) {
        hasTls = value;
        return this;
    }

    /** Certificates that are trusted, PEM; null: those that Java trusts. */
    public SourceClientSettings trustFile(final Path value) {
        trustFile = value;
        return this;
    }

    /** Whether the server's certificate must name the host; true. */
    public SourceClientSettings checkHostName(final boolean value) {
        checksHostName = value;
        return this;
    }

    /**
     * The client's own certificate, for a server that asks for one.
     *
     * @param chain      PEM.
     * @param privateKey PEM, PKCS #8.
     */
    public SourceClientSettings certificate(final Path chain, final Path privateKey) {
        certificate = chain;
        key = privateKey;
        return this;
    }

    /** What the source carries out: {@code Capabilities} of the schema, a bit for each action; 0. */
    public SourceClientSettings capabilities(final int value) {
        capabilities = value;
        return this;
    }

    /** Name of the call router's life, that changes when it restarts and has forgotten its calls; empty: not known. */
    public SourceClientSettings epoch(final String value) {
        check(value.getBytes(StandardCharsets.UTF_8).length <= SignalLayout.MAX_NATIVE_ID_LENGTH, "the epoch is too long");
        epoch = value;
        return this;
    }

    /**
     * Whether signals have their numbers when they are offered: then they increase, without holes, over all lives of the source, and
     * {@link SourceClientListener#onWelcome} tells which it must offer again that the client never had. False: the client numbers them
     * behind what the router has, and what waits when the process dies is lost.
     */
    public SourceClientSettings ownNumbers(final boolean value) {
        numbersItself = value;
        return this;
    }

    /**
     * Most bytes of signals that wait to be acknowledged, from 4,096; 16 MiB.
     *
     * @throws IllegalArgumentException when it is less.
     */
    public SourceClientSettings waitingBytes(final long value) {
        check(value >= 4 * 1024, "waiting bytes: " + value);
        waitingBytes = value;
        return this;
    }

    /**
     * How long to wait before the next try, growing twice each time: 250 ms, and 30 s.
     *
     * @throws IllegalArgumentException when one is below 1, or the first is the longer.
     */
    public SourceClientSettings backOff(final long firstMs, final long longestMs) {
        check(firstMs > 0 && longestMs >= firstMs, "back-off: " + firstMs + ", " + longestMs);
        firstWaitMs = firstMs;
        longestWaitMs = longestMs;
        return this;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    String token() {
        return token;
    }

    boolean hasTls() {
        return hasTls;
    }

    boolean checksHostName() {
        return checksHostName;
    }

    Path trustFile() {
        return trustFile;
    }

    Path certificate() {
        return certificate;
    }

    Path key() {
        return key;
    }

    int capabilities() {
        return capabilities;
    }

    String epoch() {
        return epoch;
    }

    boolean numbersItself() {
        return numbersItself;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    long firstWaitMs() {
        return firstWaitMs;
    }

    long longestWaitMs() {
        return longestWaitMs;
    }

    private static void check(final boolean isRight, final String complaint) {
        if (!isRight) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
