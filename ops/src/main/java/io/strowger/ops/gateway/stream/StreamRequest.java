package io.strowger.ops.gateway.stream;

import io.strowger.codecs.json.EventTypeNames;
import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.Filter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a stream of events, or a status, is asked of.
 *
 * @param users      of these too; with no user, group and call of all.
 * @param groups     of these too.
 * @param calls      of these too.
 * @param types      only these, each a type or the part of it before the dot; empty: all.
 * @param withStatus whether the whole status comes first.
 * @param after      token of the event that the stream goes on behind; null: from now on.
 * @param policy     where one reads slowly.
 */
public record StreamRequest(List<String> users, List<String> groups, List<String> calls, List<String> types, boolean withStatus,
                            String after, StreamPolicy policy) {
    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 160;

    /** Checks that it is not too much. */
    public StreamRequest {
        if (users.size() + groups.size() + calls.size() + types.size() > MOST_NAMES) {
            throw Problem.badRequest("more than " + MOST_NAMES + " names and types");
        }
        if (withStatus && null != after) {
            throw Problem.badRequest("start=status begins anew: it goes on behind no event");
        }
    }

    /** The same of other types. */
    public StreamRequest withTypes(final List<String> others) {
        return new StreamRequest(users, groups, calls, others, withStatus, after, policy);
    }

    /** What is asked for, for people. */
    String words() {
        return "users " + users + ", groups " + groups + ", calls " + calls + ", types " + types
            + (withStatus ? ", with status" : "") + (null == after ? "" : ", behind an event");
    }

    /** Which start is meant. */
    public static boolean isWithStatus(final String start) {
        return switch (null == start ? "now" : start) {
            case "now" -> false;
            case "status" -> true;
            default -> throw Problem.badRequest("start is now or status, not " + shown(start));
        };
    }

    /** Which policy is meant. */
    public static StreamPolicy policy(final String name) {
        for (final StreamPolicy policy : StreamPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(null == name ? "every" : name)) {
                return policy;
            }
        }
        throw Problem.badRequest("policy is every, latest or strict, not " + shown(name));
    }

    /**
     * The same as the router's filter, of the tenant of who asks.
     *
     * @throws Problem when a name may not be read, or there is no such type.
     */
    public Filter filter(final Credential credential) {
        final ReadGrant grant = credential.read();
        if (null == grant) {
            throw Problem.forbidden("this application reads no events");
        }
        Filter filter = Filter.ofTenant(credential.tenant());
        for (final String user : users) {
            check(user, "user", grant.allowsUser(user));
            filter = filter.withUser(user);
        }
        for (final String group : groups) {
            check(group, "group", grant.allowsGroup(group));
            filter = filter.withGroup(group);
        }
        for (final String call : calls) {
            check(call, "call", true);
            filter = filter.withCall(call);
        }
        for (final String type : types) {
            filter = withType(filter, type);
        }
        return filter;
    }

    private static void check(final String name, final String what, final boolean isAllowed) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw Problem.badRequest(what + " is a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (!isAllowed) {
            throw Problem.forbidden("this application does not read " + what + " " + shown(name));
        }
    }

    private static Filter withType(final Filter filter, final String name) {
        final Set<EventType> types = EventTypeNames.types(name);
        if (types.isEmpty()) {
            throw Problem.badRequest("there is no event type " + shown(name));
        }
        Filter narrowed = filter;
        for (final EventType type : types) {
            narrowed = narrowed.withType(type);
        }
        return narrowed;
    }

    /** As it may stand in an answer. */
    private static String shown(final String text) {
        final String part = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
        return part.replaceAll("\\p{Cntrl}", "?");
    }
}
