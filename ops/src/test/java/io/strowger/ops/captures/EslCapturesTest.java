package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the router says of a real FreeSWITCH server agrees with what the phones saw, and with what the server itself reported, counted by a
 * plain reading of its stream: every leg once, with its user, direction, call, times, end and cause; stays, holds, conferences, recordings
 * as often as they were.
 */
class EslCapturesTest {
    private static final double TOLERANCE_SECONDS = 0.15;
    private static final double MICROS = 1e6;
    private static final Pattern DIALS = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) dials (\\S+)");
    private static final Pattern UP = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+): call to (\\S+) is up.*");
    private static final Pattern FAILED = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+): call to (\\S+) is failed \\(SIP (\\d+)\\)");
    private static final Pattern ANSWERS = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) has answered");
    private static final Pattern HANGS_UP = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) hangs up");
    private static final Pattern REFERS = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) REFER to (\\S+)");
    private static final Pattern PARKS = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) parks (\\d+)");
    private static final Pattern OF_A_PHONE = Pattern.compile("-\\s+[\\d.]+\\s+\\d+\\b.*");
    private static final Pattern HOLDS = Pattern.compile("-\\s+([\\d.]+)\\s+(\\d+) (un)?holds");
    /** What a SIP status is as a cause: 480 is answered for a phone that rang in vain and for one that is not there. */
    private static final Map<String, List<String>> CAUSES = Map.of("404", List.of("unallocated"), "480",
        List.of("no-answer", "unavailable"), "486", List.of("busy"));

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("captures")
    void shouldAgreeWithTheServer(final String name, final String form) {
        final EslCapture capture = EslCapture.unpack(name, folder);
        final List<Path> connections = capture.connections("json".equals(form));
        final List<Event> events = EslStoriesTest.events(connections, folder);
        final List<Map<String, String>> said = EslStream.events(capture.connections(false).subList(0, connections.size()));
        final Map<String, List<Event>> sessions = events.stream().filter(event -> event.type().startsWith("call."))
            .collect(Collectors.groupingBy(event -> event.text("nativeId")));
        final List<String> legs = said.stream().filter(event -> is(event, "CHANNEL_CREATE")).map(event -> event.get("Unique-ID")).toList();
        assertEquals(legs.stream().sorted().toList(), sessions.keySet().stream().sorted().toList(), "every leg is a session");
        legs.forEach(leg -> checkLeg(leg, sessions.get(leg), said, connections.size() > 1));
        checkCounts(events, said);
        assertEquals(0, Run.of("replay", folder.resolve("journal").toString()).exitCode(), "replay");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("captures")
    void shouldAgreeWithThePhones(final String name, final String form) {
        final EslCapture capture = EslCapture.unpack(name, folder);
        final List<Path> connections = capture.connections("json".equals(form));
        if (connections.size() < capture.connections(false).size()) {
            return;
        }
        final List<Event> events = EslStoriesTest.events(connections, folder);
        Double start = null;
        for (final String line : capture.expected()) {
            final Matcher dials = DIALS.matcher(line);
            if (dials.matches()) {
                final Event event = first(events, "call.initiated", dials.group(2), start, dials.group(1));
                start = null == start ? event.seconds() - Double.parseDouble(dials.group(1)) : start;
                assertEquals("outgoing", event.text("direction"));
            } else if (OF_A_PHONE.matcher(line).matches()) {
                checkCall(events, line, start);
            }
        }
    }

    private static void checkCall(final List<Event> events, final String line, final Double start) {
        final Matcher up = UP.matcher(line);
        final Matcher answers = ANSWERS.matcher(line);
        final Matcher failed = FAILED.matcher(line);
        final Matcher hangsUp = HANGS_UP.matcher(line);
        final Matcher holds = HOLDS.matcher(line);
        if (up.matches()) {
            first(events, "call.established", up.group(2), start, up.group(1));
        } else if (answers.matches()) {
            first(events, "call.established", answers.group(2), start, answers.group(1));
        } else if (failed.matches()) {
            final String cause = first(events, "call.failed", failed.group(2), start, failed.group(1)).text("cause");
            assertTrue(CAUSES.get(failed.group(4)).contains(cause), () -> line + ": " + cause);
            assertEquals(cause, first(events, "call.cleared", failed.group(2), start, failed.group(1)).text("cause"), line);
        } else if (hangsUp.matches()) {
            assertEquals("normal", first(events, "call.cleared", hangsUp.group(2), start, hangsUp.group(1)).text("cause"), line);
        } else if (holds.matches()) {
            first(events, null == holds.group(3) ? "call.held" : "call.retrieved", holds.group(2), start, holds.group(1));
        } else {
            checkTransfer(events, line, start);
        }
    }

    /** A transfer is an event of the one who is moved; a phone parks by one, and the announcement comes before the parking. */
    private static void checkTransfer(final List<Event> events, final String line, final double start) {
        final Matcher refers = REFERS.matcher(line);
        final Matcher parks = PARKS.matcher(line);
        assertTrue(refers.matches() || parks.matches(), () -> "not understood: " + line);
        final Matcher moves = refers.matches() ? refers : parks;
        final List<Event> moved = of(events, "call.transferred").stream().filter(event -> moves.group(2).equals(event.text("by"))
            && Math.abs(event.seconds() - start - Double.parseDouble(moves.group(1))) < TOLERANCE_SECONDS).toList();
        assertEquals(1, moved.size(), line);
        if (refers.matches()) {
            assertEquals(refers.group(3), moved.get(0).text("to"), line);
        } else {
            assertEquals(parks.group(3), moved.get(0).text("localUser"), line);
            final List<Event> parked = of(events, "call.parked");
            assertEquals(List.of(parks.group(3)), parked.stream().map(event -> event.text("localUser")).toList(), line);
            assertEquals(parks.group(2), parked.get(0).text("by"), line);
        }
    }

    /** The first event of the user at about the time. */
    private static Event first(final List<Event> events, final String type, final String user, final Double start, final String at) {
        final List<Event> found = events.stream().filter(event -> type.equals(event.type()) && user.equals(event.text("localUser")))
            .filter(event -> null == start || Math.abs(event.seconds() - start - Double.parseDouble(at)) < tolerance(type)).toList();
        assertTrue(!found.isEmpty(), () -> "no " + type + " of " + user + " at " + at);
        return found.get(0);
    }

    /** The server tells a retrieval a quarter of a second after the phone has asked for it. */
    private static double tolerance(final String type) {
        return "call.retrieved".equals(type) ? 2 * TOLERANCE_SECONDS : TOLERANCE_SECONDS;
    }

    private static void checkLeg(
        final String leg, final List<Event> told, final List<Map<String, String>> said, final boolean isServerBack) {
        final List<Map<String, String>> mine = said.stream().filter(event -> leg.equals(event.get("Unique-ID"))).toList();
        final Map<String, String> create = find(mine, "CHANNEL_CREATE");
        final Event first = told.get(0);
        assertEquals(create.get("Channel-Presence-ID").split("@", 2)[0], first.text("localUser"), leg);
        final boolean isRung = "outbound".equals(create.get("Call-Direction"))
            && (create.containsKey("Other-Leg-Unique-ID") || create.containsKey("variable_cc_member_session_uuid"));
        assertEquals(isRung ? "incoming" : "outgoing", first.text("direction"), leg);
        assertEquals(isRung ? "call.delivered" : "call.initiated", first.type(), leg);
        assertEquals(seconds(create), first.seconds(), TOLERANCE_SECONDS, leg);
        final Map<String, String> answer = find(mine, "CHANNEL_ANSWER");
        final List<Event> established = of(told, "call.established");
        assertEquals(null == answer ? 0 : 1, established.size(), leg);
        final List<Event> cleared = of(told, "call.cleared");
        final Map<String, String> hangup = find(mine, "CHANNEL_HANGUP");
        if (null == hangup) {
            // what was open in a crash ends when the server is back, once, and is still open before
            assertEquals(isServerBack ? List.of("source-restarted") : List.of(),
                cleared.stream().map(event -> event.text("cause")).toList(), leg);
            return;
        }
        assertEquals(1, cleared.size(), leg);
        final Event end = told.get(told.size() - 1);
        assertEquals("call.cleared", end.type(), leg);
        assertEquals(seconds(hangup), end.seconds(), TOLERANCE_SECONDS, leg);
        if (null != answer) {
            assertEquals((seconds(hangup) - seconds(answer)) * 1000, end.number("durationMs"), 1000 * TOLERANCE_SECONDS, leg);
        }
        if (null != answer && null != create.get("Channel-Call-UUID")) {
            assertNotNull(end.text("callId"), leg);
        }
    }

    private static void checkCounts(final List<Event> events, final List<Map<String, String>> said) {
        assertEquals(count(said, "CC-Action", "member-queue-start"), count(events, "call.queued"), "queued");
        assertEquals(count(said, "CC-Action", "member-queue-start"), count(events, "call.dequeued"), "dequeued");
        assertEquals(said.stream().filter(event -> is(event, "CHANNEL_HOLD")).count(), count(events, "call.held"), "held");
        assertEquals(said.stream().filter(event -> is(event, "CHANNEL_UNHOLD")).count(), count(events, "call.retrieved"), "retrieved");
        assertEquals(valet(said, "hold"), count(events, "call.parked"), "parked");
        assertEquals(valet(said, "hold"), count(events, "call.unparked"), "unparked");
        assertEquals(count(said, "Action", "add-member"), count(events, "call.conferenced"), "conferenced");
        assertEquals(said.stream().filter(event -> is(event, "RECORD_STOP")).count(), count(events, "history.call-recorded"), "recorded");
        assertEquals(said.stream().filter(event -> is(event, "CHANNEL_HANGUP") && event.containsKey("variable_transfer_to")).count()
            + said.stream().filter(event -> is(event, "CHANNEL_UNBRIDGE") && !event.containsKey("Other-Leg-Unique-ID")
                && !event.containsKey("variable_sip_refer_to")).count(), count(events, "call.transferred"), "transferred");
        final long in = count(said, "CC-Agent-Status", "Available");
        assertEquals(in, count(events, "group.logged-in"), "logged in");
        assertEquals(count(said, "CC-Agent-Status", "On Break"), count(events, "group.not-ready"), "not ready");
        assertEquals(count(said, "CC-Agent-Status", "Logged Out"), count(events, "group.logged-out"), "logged out");
    }

    static Stream<Object[]> captures() {
        final List<Object[]> captures = new ArrayList<>();
        EslCapture.all().forEach(name -> {
            captures.add(new Object[] {name, "plain"});
            captures.add(new Object[] {name, "json"});
        });
        assertTrue(captures.size() > 30, () -> "captures: " + captures.size());
        return captures.stream();
    }

    private static long valet(final List<Map<String, String>> said, final String action) {
        return said.stream().filter(event -> event.containsKey("Valet-Extension") && action.equals(event.get("Action"))).count();
    }

    private static long count(final List<Map<String, String>> said, final String field, final String value) {
        return said.stream().filter(event -> value.equals(event.get(field))).count();
    }

    private static long count(final List<Event> events, final String type) {
        return of(events, type).size();
    }

    private static List<Event> of(final List<Event> events, final String type) {
        return events.stream().filter(event -> type.equals(event.type())).toList();
    }

    private static Map<String, String> find(final List<Map<String, String>> said, final String name) {
        return said.stream().filter(event -> is(event, name)).findFirst().orElse(null);
    }

    private static boolean is(final Map<String, String> event, final String name) {
        return name.equals(event.get("Event-Name"));
    }

    private static double seconds(final Map<String, String> event) {
        return Long.parseLong(event.get("Event-Date-Timestamp")) / MICROS;
    }
}
