package io.strowger.ops.gateway.socket;

import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a message of an application says. */
final class ClientMessage {
    /** Of a stream, and of a key that is repeated in an error; characters. */
    static final int LONGEST_ID = 64;

    private static final Set<String> OF_SUBSCRIBE =
        new TreeSet<>(Set.of("id", "users", "groups", "calls", "types", "start", "policy", "after", "credit", "op"));

    private ClientMessage() {
    }

    /**
     * What a stream is asked of.
     *
     * @throws Problem when that can't be read.
     */
    static StreamRequest request(final JsonObject message) {
        for (final String name : message.fieldNames()) {
            if (!OF_SUBSCRIBE.contains(name)) {
                throw Problem.badRequest("subscribe has no such member; there are " + String.join(", ", OF_SUBSCRIBE));
            }
        }
        return new StreamRequest(names(message, "users"), names(message, "groups"), names(message, "calls"),
            names(message, "types"), StreamRequest.isWithStatus(string(message, "start")), string(message, "after"),
            StreamRequest.policy(string(message, "policy")));
    }

    /**
     * The id of the stream that it speaks of.
     *
     * @throws Problem when it has none.
     */
    static String id(final JsonObject message) {
        if (message.getValue("id") instanceof String id && !id.isEmpty() && id.length() <= LONGEST_ID) {
            return id;
        }
        throw Problem.badRequest("id is a text of 1 to " + LONGEST_ID + " characters");
    }

    private static String string(final JsonObject message, final String name) {
        final Object value = message.getValue(name);
        if (null != value && !(value instanceof String)) {
            throw Problem.badRequest(name + " is a text");
        }
        return (String)value;
    }

    private static List<String> names(final JsonObject message, final String name) {
        final Object value = message.getValue(name);
        if (null == value) {
            return List.of();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw Problem.badRequest(name + " is a list of texts");
    }

    /**
     * A count of messages.
     *
     * @throws Problem when it is none.
     */
    static long credit(final JsonObject message, final String name) {
        if (message.getValue(name) instanceof Integer credit && credit > 0) {
            return credit;
        }
        throw Problem.badRequest(name + " is a number of messages from 1: without credit nothing is sent");
    }
}
