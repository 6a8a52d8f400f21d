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
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded action-URL requests, one a connection, told from the caller's side: what the router says of them is what happened. */
class ActionUrlCapturesTest {
    private static final double TOLERANCE_SECONDS = 0.15;
    /** Requests came late, one behind the other, each with its second to wait. */
    private static final String SLOW = "11-http-slow";
    private static final String FLOOD = "12-flood-50";
    /** Of the flood so many calls were kept, none of which ends in them. */
    private static final int FLOOD_KEPT = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.strowger.ops.captures.KamailioCapturesTest#scenarios")
    void shouldAgreeWithWhatHappenedWhenThePhoneTells(final String name) {
        final ProxyCapture capture = ProxyCapture.unpack(name, folder);
        final List<Path> requests = capture.http("GET");
        final List<ProxyStory.Call> calls = new ProxyStory(capture.lines("expected.md")).calls.stream()
            .filter(call -> null != call.upAt).collect(Collectors.toCollection(ArrayList::new));
        if (requests.isEmpty()) {
            assertTrue(calls.isEmpty(), "no request of a call that was up");
            return;
        }
        if (FLOOD.equals(name)) {
            calls.subList(FLOOD_KEPT, calls.size()).clear();
            calls.forEach(call -> call.goneAt = null);
        }
        final Map<String, List<Event>> sessions = sessions(requests, FLOOD.equals(name) ? "sipp" : "101");
        assertEquals(calls.size(), sessions.size(), sessions.keySet().toString());
        int i = 0;
        for (final List<Event> mine : sessions.values()) {
            check(calls.get(i++), mine, name);
        }
    }

    private static void check(final ProxyStory.Call call, final List<Event> mine, final String name) {
        assertEquals(null == call.goneAt ? List.of("call.established") : List.of("call.established", "call.cleared"),
            mine.stream().map(Event::type).toList());
        for (final Event event : mine) {
            assertEquals(call.caller, event.text("localUser"));
            assertEquals(call.callee, event.text("remoteParty"));
            assertEquals("outgoing", event.text("direction"));
        }
        if (null != call.goneAt && !SLOW.equals(name)) {
            assertEquals(call.goneAt - call.upAt, mine.get(1).number("durationMs") / 1000.0, TOLERANCE_SECONDS);
            assertEquals("normal", mine.get(1).text("cause"));
        }
    }

    private Map<String, List<Event>> sessions(final List<Path> files, final String user) {
        final String journal = folder.resolve("journal").toString();
        final List<String> args = new ArrayList<>(List.of("ingest"));
        files.forEach(file -> args.add(file.toString()));
        args.addAll(List.of("--format", "action-url", "--source", "phone-1", "--user", user, "--covered-by", "pbx-1", "--journal",
            journal));
        final Run ingest = Run.of(args.toArray(new String[0]));
        assertEquals(0, ingest.exitCode(), ingest.err());
        assertEquals("", ingest.err());
        assertEquals(ingest.lastLine(), Run.of("replay", journal).lastLine());
        final Map<String, List<Event>> sessions = new LinkedHashMap<>();
        JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()).stream().map(Event::new)
            .filter(event -> event.type().startsWith("call."))
            .forEach(event -> sessions.computeIfAbsent(event.text("nativeId"), id -> new ArrayList<>()).add(event));
        return sessions;
    }
}
