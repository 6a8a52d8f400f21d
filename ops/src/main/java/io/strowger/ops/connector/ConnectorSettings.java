package io.strowger.ops.connector;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActionSettings;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.esl.EslActionSettings;
import io.strowger.router.source.SourceIntake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Which call router a connector speaks to, and how: a fluent object, each value checked when it is set.
 *
 * <p>Not to be changed any more once a connector has been made with it.
 */
public final class ConnectorSettings {
    private static final String HIDDEN = "***";
    private static final String CUT = "...";
    private static final int LEAST_HIDDEN = 3;
    private static final int LAST_PORT = 65_535;

    private final String sourceName;
    private final int tenant;
    private final ConnectorDialect dialect;
    private final String host;
    private final int port;
    private String user;
    private String secret;
    private boolean hasCommands;
    private boolean hasTls;
    private boolean checksHostName = true;
    private Path trustFile;
    private boolean asJson;
    private String domain;
    private int fewestDigits = AmiSettings.DEFAULT_MIN_EXTENSION_DIGITS;
    private int mostDigits = AmiSettings.DEFAULT_MAX_EXTENSION_DIGITS;
    private UnaryOperator<AmiActionSettings> amiActions = UnaryOperator.identity();
    private UnaryOperator<EslActionSettings> eslActions = UnaryOperator.identity();
    private ConnectorTimings timings = ConnectorTimings.defaults();
    private long spillLimit = SourceIntake.SPILL_LIMIT_DEFAULT;

    /**
     * Settings with the default of everything else: no login, no commands, no TLS.
     *
     * @param sourceName name of the source, 1 to 160 bytes in UTF-8.
     * @param tenant     whose it is, from 0.
     * @param dialect    that it speaks.
     * @param host       name or address.
     * @param port       from 1 to 65,535.
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public ConnectorSettings(
        final String sourceName, final int tenant, final ConnectorDialect dialect, final String host, final int port) {
        final int length = sourceName.getBytes(StandardCharsets.UTF_8).length;
        check(length > 0 && length <= SignalLayout.MAX_NATIVE_ID_LENGTH, "the source's name is of 1 to 160 bytes: " + sourceName);
        check(tenant >= 0, "tenant: " + tenant);
        check(!host.isBlank(), "the host is missing");
        check(port > 0 && port <= LAST_PORT, "port: " + port);
        this.sourceName = sourceName;
        this.tenant = tenant;
        this.dialect = dialect;
        this.host = host;
        this.port = port;
        this.domain = host;
    }

    /**
     * How to log in.
     *
     * @param newUser   name of the AMI user; null for an event socket, which knows none.
     * @param newSecret the secret or password, without line ends.
     * @throws IllegalArgumentException when one has a line end or a control character.
     */
    public ConnectorSettings login(final String newUser, final String newSecret) {
        check(null == newUser || isOneLine(newUser), "the user must be one line");
        check(null == newSecret || isOneLine(newSecret), "the secret must be one line");
        user = newUser;
        secret = newSecret;
        return this;
    }

    /** Whether actions are carried, over a connection of their own; false. */
    public ConnectorSettings commands(final boolean value) {
        check(!value || ConnectorDialect.KAMAILIO != dialect, "an evapi takes no commands");
        hasCommands = value;
        return this;
    }

    /** Whether the connections are encrypted; false. */
    public ConnectorSettings tls(final boolean value) {
        hasTls = value;
        return this;
    }

    /** Certificates that are trusted, PEM; null: those that Java trusts. */
    public ConnectorSettings trustFile(final Path value) {
        trustFile = value;
        return this;
    }

    /** Whether the certificate must name the host; true. */
    public ConnectorSettings checkHostName(final boolean value) {
        checksHostName = value;
        return this;
    }

    /** Whether an event socket is asked for JSON events; false. */
    public ConnectorSettings jsonEvents(final boolean value) {
        asJson = value;
        return this;
    }

    /** Which names are extensions: those of so many digits; 2 to 6. */
    public ConnectorSettings extensionDigits(final int fewest, final int most) {
        check(fewest >= 1 && most >= fewest, "extension digits: " + fewest + " to " + most);
        fewestDigits = fewest;
        mostDigits = most;
        return this;
    }

    /** How actions become manager commands, from the defaults. */
    public ConnectorSettings amiActions(final UnaryOperator<AmiActionSettings> value) {
        amiActions = value;
        return this;
    }

    /**
     * How actions become event socket commands, from the defaults.
     *
     * @param newDomain of the users; the host where nothing is said.
     */
    public ConnectorSettings eslActions(final String newDomain, final UnaryOperator<EslActionSettings> value) {
        domain = newDomain;
        eslActions = value;
        return this;
    }

    /** How long to wait for what. */
    public ConnectorSettings timings(final ConnectorTimings value) {
        timings = value;
        return this;
    }

    /** Most bytes of signals that wait while the router has no room, from 64 KiB; 64 MiB. */
    public ConnectorSettings spillLimit(final long value) {
        check(value >= 1 << 16, "the spill limit is from 65536: " + value);
        spillLimit = value;
        return this;
    }

    /** Name of the source. */
    public String sourceName() {
        return sourceName;
    }

    /** Tenant of the source. */
    public int tenant() {
        return tenant;
    }

    /** What it speaks. */
    public ConnectorDialect dialect() {
        return dialect;
    }

    /** Where it is. */
    public String host() {
        return host;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Whether actions are carried. */
    public boolean hasCommands() {
        return hasCommands;
    }

    String user() {
        return user;
    }

    String secret() {
        return secret;
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

    boolean asJson() {
        return asJson;
    }

    int fewestDigits() {
        return fewestDigits;
    }

    int mostDigits() {
        return mostDigits;
    }

    /** How actions become manager commands. */
    AmiActionSettings amiActions(final ActionLimits limits) {
        return amiActions.apply(new AmiActionSettings(limits));
    }

    /** How actions become event socket commands. */
    EslActionSettings eslActions(final ActionLimits limits) {
        return eslActions.apply(new EslActionSettings(limits, domain));
    }

    ConnectorTimings timings() {
        return timings;
    }

    long spillLimit() {
        return spillLimit;
    }

    /**
     * Whether all is there that the dialect needs.
     *
     * @throws IllegalArgumentException when the login is missing, or actions can't become commands as it is said.
     */
    void conclude() {
        check(ConnectorDialect.KAMAILIO == dialect || null != secret, sourceName + ": the secret is missing");
        check(ConnectorDialect.AMI != dialect || null != user, sourceName + ": the user is missing");
        if (hasCommands) {
            final ActionLimits limits = ActionLimits.of(0, tenant);
            final Object actions = ConnectorDialect.AMI == dialect ? amiActions(limits) : eslActions(limits);
            check(null != actions, sourceName + ": no actions are set");
        }
    }

    /** What the other side says may come back to people, but not what was told to it in confidence. */
    String withoutSecret(final String said) {
        if (null == secret || secret.isEmpty()) {
            return said;
        }
        final String hidden = said.replace(secret, HIDDEN);
        if (hidden.endsWith(CUT)) {
            final String end = hidden.substring(0, hidden.length() - CUT.length());
            for (int length = Math.min(secret.length() - 1, end.length()); length >= LEAST_HIDDEN; length--) {
                if (end.endsWith(secret.substring(0, length))) {
                    return end.substring(0, end.length() - length) + HIDDEN;
                }
            }
        }
        return hidden;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return sourceName + " (" + dialect.word() + " at " + host + ":" + port + (hasTls ? ", TLS" : "")
            + (hasCommands ? ", commands)" : ")");
    }

    /** Whether a user or a secret can be sent: it is not empty and has no line end or other control character. */
    public static boolean isOneLine(final String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    private static void check(final boolean isRight, final String message) {
        if (!isRight) {
            throw new IllegalArgumentException(message);
        }
    }
}
