package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a FreeSWITCH event socket says around its events. */
public final class EslServer {
    public static final String SECRET = "ClueCon";

    private EslServer() {
    }

    /** Greets, lets in who knows the password, and takes the subscription, which it returns. */
    public static String login(final Wire wire) throws IOException, InterruptedException {
        wire.say("Content-Type: auth/request\n\n");
        if (!("auth " + SECRET).equals(wire.next())) {
            wire.say(reply("-ERR invalid") + "Content-Type: text/disconnect-notice\nContent-Length: 24\n\nDisconnected, goodbye.\n\n");
            throw new IOException("wrong password");
        }
        wire.say(reply("+OK accepted"));
        final String subscription = wire.next();
        assertTrue(subscription.startsWith("event "), subscription);
        wire.say(reply("+OK event listener enabled plain"));
        return subscription;
    }

    /** What an idle server answers, whose run has this id; null for commands that do something. */
    public static String idle(final String command, final String run) {
        return switch (command) {
            case "api status" -> api("UP 0 years, 0 days\n") + event("API", run, "API-Command: status\n");
            case "api show calls as json", "api show channels as json" -> api("{\"row_count\": 0}");
            case "nixevent API" -> reply("+OK events nixed");
            case "exit" -> reply("+OK bye");
            default -> null;
        };
    }

    /** An event of a run of the server. */
    public static String event(final String name, final String run, final String more) {
        final String body = "Event-Name: " + name + "\nCore-UUID: " + run + "\nEvent-Date-Timestamp: " + System.currentTimeMillis()
            + "000\n" + more + "\n";
        return "Content-Length: " + length(body) + "\nContent-Type: text/event-plain\n\n" + body;
    }

    /** The reply to a command. */
    static String reply(final String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }

    private static String api(final String body) {
        return "Content-Type: api/response\nContent-Length: " + length(body) + "\n\n" + body;
    }

    private static int length(final String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
