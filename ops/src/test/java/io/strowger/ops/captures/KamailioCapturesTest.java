package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the router says of a real Kamailio server agrees with what really happened. */
class KamailioCapturesTest {
    private static final double TOLERANCE_SECONDS = 0.15;
    /** The server waited for a slow receiver of its posts: the phones were told later than the router. */
    private static final String SLOW = "11-http-slow";
    /** Of its HTTP connections only the first were kept byte by byte: so many calls, none of which ends in them. */
    private static final String FLOOD = "12-flood-50";
    private static final int FLOOD_KEPT = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldAgreeWithWhatHappenedWhenTheServerTellsByEvapi(final String name) {
        final ProxyCapture capture = ProxyCapture.unpack(name, folder);
        final ProxyStory story = new ProxyStory(capture.lines("expected.md"));
        final List<Event> events = ingest(capture.evapi());
        final Map<String, List<Event>> sessions = sessions(events);
        int legs = 0;
        for (final ProxyStory.Call call : story.calls) {
            final List<List<Event>> mine = new ArrayList<>(sessions.values()).subList(legs, legs + (404 == call.failed ? 1 : 2));
            checkCaller(call, mine.get(0), name);
            if (mine.size() > 1) {
                checkCallee(call, mine.get(1), name);
            }
            legs += mine.size();
        }
        assertEquals(legs, sessions.size(), "sessions that nobody had: " + sessions.keySet());
        assertEquals(story.holds(), events.stream().filter(event -> event.type().matches("call\\.(held|retrieved)"))
            .map(event -> event.text("localUser") + " " + event.type()).toList());
        assertEquals(story.messages, events.stream().filter(event -> event.type().equals("message.sent"))
            .map(event -> event.text("localUser") + " " + event.text("remoteParty")).toList());
        assertEquals(story.registered.stream().sorted().map(user -> user + " user.logged-in").toList(),
            events.stream().filter(event -> event.type().startsWith("user.")).map(event -> event.text("localUser") + " " + event.type())
                .sorted().toList());
    }

    /** The posts tell of confirmed dialogs only. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldAgreeWithWhatHappenedWhenTheServerPosts(final String name) {
        final ProxyCapture capture = ProxyCapture.unpack(name, folder);
        final List<ProxyStory.Call> calls = new ProxyStory(capture.lines("expected.md")).calls.stream()
            .filter(call -> null != call.upAt).collect(Collectors.toCollection(ArrayList::new));
        if (FLOOD.equals(name)) {
            calls.subList(FLOOD_KEPT, calls.size()).clear();
            calls.forEach(call -> call.goneAt = null);
        }
        final List<Path> posts = capture.http("POST");
        if (posts.isEmpty()) {
            assertTrue(calls.isEmpty(), "nothing was posted of a call that was up");
            return;
        }
        final Map<String, List<Event>> sessions = sessions(ingest(posts));
        assertEquals(2 * calls.size(), sessions.size(), "sessions: " + sessions.keySet());
        int leg = 0;
        for (final List<Event> mine : sessions.values()) {
            final ProxyStory.Call call = calls.get(leg / 2);
            final boolean isCaller = leg % 2 == 0;
            final List<String> types = new ArrayList<>(isCaller ? List.of("call.initiated") : List.of());
            types.add("call.established");
            check(call, isCaller, types, mine, name);
            leg++;
        }
    }

    static List<String> scenarios() {
        final List<String> all = ProxyCapture.all();
        assertEquals(9, all.size());
        return all;
    }

    private static void checkCaller(final ProxyStory.Call call, final List<Event> mine, final String name) {
        final List<String> types = new ArrayList<>(List.of("call.initiated"));
        if (404 != call.failed) {
            types.add("call.delivered");
        }
        if (0 != call.failed) {
            types.add("call.failed");
        } else {
            types.add("call.established");
        }
        check(call, true, types, mine, name);
    }

    private static void checkCallee(final ProxyStory.Call call, final List<Event> mine, final String name) {
        final List<String> types = new ArrayList<>(List.of("call.delivered"));
        if (0 == call.failed) {
            types.add("call.established");
        }
        check(call, false, types, mine, name);
    }

    private static void check(
        final ProxyStory.Call call, final boolean isCaller, final List<String> types, final List<Event> mine, final String name) {
        if (null != call.goneAt) {
            types.add("call.cleared");
        }
        assertEquals(types, mine.stream().map(Event::type).filter(type -> !type.matches("call\\.(held|retrieved)")).toList());
        final String own = isCaller ? call.caller : call.callee;
        final String other = isCaller ? call.callee : call.caller;
        final boolean isUser = own.matches("\\d{2,6}");
        for (final Event event : mine) {
            assertEquals(isUser ? own : null, event.text("localUser"));
            assertEquals(isUser ? other : own, event.text("remoteParty"));
            assertEquals(isCaller ? "outgoing" : "incoming", event.text("direction"));
        }
        if (null != call.goneAt) {
            checkEnd(call, mine.get(mine.size() - 1), name);
        }
    }

    private static void checkEnd(final ProxyStory.Call call, final Event end, final String name) {
        final String cause = 404 == call.failed ? "unallocated" : 408 == call.failed ? "no-answer" : "normal";
        assertEquals(cause, end.text("cause"));
        if (null == call.upAt) {
            assertEquals(0, end.number("durationMs"));
        } else if (!SLOW.equals(name)) {
            assertEquals(call.goneAt - call.upAt, end.number("durationMs") / 1000.0, TOLERANCE_SECONDS);
            assertEquals(end.number("durationMs"), end.number("talkMs"));
        }
    }

    private List<Event> ingest(final List<Path> files) {
        final String journal = folder.resolve("journal").toString();
        final List<String> args = new ArrayList<>(List.of("ingest"));
        files.forEach(file -> args.add(file.toString()));
        args.addAll(List.of("--format", "kamailio", "--source", "proxy-1", "--journal", journal));
        final Run ingest = Run.of(args.toArray(new String[0]));
        assertEquals(0, ingest.exitCode(), ingest.err());
        assertEquals("", ingest.err());
        assertEquals(ingest.lastLine(), Run.of("replay", journal).lastLine());
        assertEquals(ingest.lastLine(), Run.of(args.toArray(new String[0])).lastLine(), "the same files again");
        return JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()).stream().map(Event::new).toList();
    }

    /** The events of calls by native id, in the order in which the sessions began; no call has two ids, no two calls have one. */
    private static Map<String, List<Event>> sessions(final List<Event> events) {
        final Map<String, List<Event>> sessions = new LinkedHashMap<>();
        events.stream().filter(event -> event.type().startsWith("call."))
            .forEach(event -> sessions.computeIfAbsent(event.text("nativeId"), id -> new ArrayList<>()).add(event));
        final TreeSet<String> calls = new TreeSet<>();
        sessions.forEach((id, mine) -> {
            mine.forEach(event -> assertEquals(mine.get(0).text("callId"), event.text("callId")));
            assertTrue(id.startsWith(mine.get(0).text("callId") + ";"), id);
            calls.add(mine.get(0).text("callId"));
        });
        assertTrue(sessions.size() <= 2 * calls.size(), "legs of one call: " + sessions.keySet());
        return sessions;
    }
}
