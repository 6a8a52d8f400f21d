package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an Asterisk manager says around its events. */
public final class AmiServer {
    public static final String USER = "router";
    public static final String SECRET = "router-test";
    private static final String BANNER = "Asterisk Call Manager/9.0.0\r\n";
    private static final String CHALLENGE = "889666473";

    private AmiServer() {
    }

    /** Greets, and lets in who knows the secret; returns the events he wants. */
    public static String login(final Wire wire) throws IOException, InterruptedException {
        wire.say(BANNER);
        final String challenge = wire.next();
        assertTrue(challenge.startsWith("Action: Challenge\n"), challenge);
        wire.say("Response: Success\r\nActionID: " + field(challenge, "ActionID") + "\r\nChallenge: " + CHALLENGE + "\r\n\r\n");
        final String login = wire.next();
        assertEquals(USER, field(login, "Username"));
        if (!key().equals(field(login, "Key"))) {
            wire.say("Response: Error\r\nActionID: " + field(login, "ActionID") + "\r\nMessage: Authentication failed\r\n\r\n");
            throw new IOException("wrong secret");
        }
        wire.say("Response: Success\r\nActionID: " + field(login, "ActionID") + "\r\nMessage: Authentication accepted\r\n\r\n");
        return field(login, "Events");
    }

    /** The server says that it has booted so long ago. */
    public static String booted(final long uptimeS) {
        return "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: " + uptimeS + "\r\nLastReload: 0\r\nStatus: Fully Booted\r\n\r\n";
    }

    /** What a server without a channel, a queue or a phone answers to lists and pings; null for other commands. */
    public static String idle(final String command) {
        final String id = "ActionID: " + field(command, "ActionID") + "\r\n";
        return switch (field(command, "Action")) {
            case "Ping" -> "Response: Success\r\n" + id + "Ping: Pong\r\nTimestamp: 1795624415.859689\r\n\r\n";
            case "Logoff" -> "Response: Goodbye\r\n" + id + "Message: Thanks for all the fish.\r\n\r\n";
            case "QueueStatus" -> list(id, "Queue status will follow", "QueueStatusComplete");
            case "ParkedCalls" -> list(id, "Parked calls will follow", "ParkedCallsComplete");
            case "BridgeList" -> list(id, "Bridge listing will follow", "BridgeListComplete");
            case "Status" -> list(id, "Channel status will follow", "StatusComplete");
            case "CoreShowChannels" -> list(id, "Channels will follow", "CoreShowChannelsComplete");
            case "PJSIPShowContacts" ->
                "Response: Error\r\n" + id + "Message: Invalid/unknown command: PJSIPShowContacts. Use Action: ListCommands\r\n\r\n";
            default -> null;
        };
    }

    /** The value of a field in a command; empty when it has none. */
    public static String field(final String command, final String name) {
        return command.lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2))
            .findFirst().orElse("");
    }

    private static String list(final String id, final String begin, final String end) {
        return "Response: Success\r\n" + id + "EventList: start\r\nMessage: " + begin + "\r\n\r\n"
            + "Event: " + end + "\r\n" + id + "EventList: Complete\r\nListItems: 0\r\n\r\n";
    }

    private static String key() {
        try {
            return HexFormat.of().formatHex(
                MessageDigest.getInstance("MD5").digest((CHALLENGE + SECRET).getBytes(StandardCharsets.US_ASCII)));
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
