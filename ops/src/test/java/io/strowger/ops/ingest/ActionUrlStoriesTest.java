package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a router tells of a phone's day. */
class ActionUrlStoriesTest {
    @TempDir
    private Path folder;
    private final Set<Object> sessions = new HashSet<>();

    @Test
    void shouldTellTwoCallsInARowWhenPhoneGivesNoIds() throws IOException {
        assertEquals(List.of(
            "call.delivered 102", "call.established 102", "call.cleared 102 normal",
            "call.delivered 102", "call.established 102", "call.held 102", "call.retrieved 102", "call.cleared 102 normal"),
            told("grandstream", "incoming-call&remote=102", "established-call&remote=102", "terminated-call&remote=102",
                "incoming-call&remote=102", "established-call", "on-hold", "unhold", "terminated-call", "on-hook"));
        assertEquals(2, sessions.size());
    }

    @Test
    void shouldEndEachCallWithItsOwnCauseWhenNobodyTalks() throws IOException {
        assertEquals(List.of(
            "call.delivered 102", "call.cleared 102 no-answer",
            "call.delivered 103", "call.cleared 103 rejected",
            "call.initiated 104", "call.cleared 104 cancelled",
            "call.initiated 105", "call.failed 105 busy", "call.cleared 105 busy"),
            told("yealink", "incoming-call&call_id=1&remote=102", "missed-call&call_id=1", "call-terminated&call_id=1",
                "incoming-call&call_id=2&remote=103", "reject-incoming-call&call_id=2&remote=103",
                "outgoing-call&call_id=3&remote=104", "cancel-call-out&call_id=3",
                "outgoing-call&call_id=4&remote=105", "remote-busy&call_id=4"));
        assertEquals(4, sessions.size());
    }

    @Test
    void shouldTellEachOnceWhenRequestsAreDoubledOrLost() throws IOException {
        assertEquals(List.of(
            "user.logged-in", "call.delivered 102", "call.established 102", "call.delivered 103", "call.established 103",
            "call.cleared 103 normal", "user.logged-out"),
            told("generic", "registered", "registered", "incoming&remote=102", "incoming&remote=102", "established&remote=102",
                "established&remote=102", "incoming&remote=103", "established&remote=103", "terminated&remote=103",
                "terminated&remote=103", "unregistered", "log-off"));
        assertEquals(2, sessions.size());
    }

    private List<String> told(final String maker, final String... requests) throws IOException {
        final List<String> args = new ArrayList<>(List.of("ingest"));
        for (int i = 0; i < requests.length; i++) {
            args.add(Files.writeString(folder.resolve("request-" + i), "GET /phone?event=" + requests[i] + " HTTP/1.1\r\n\r\n").toString());
        }
        final String journal = folder.resolve("journal").toString();
        args.addAll(List.of("--format", "action-url", "--source", "101", "--maker", maker, "--journal", journal));
        final Run ingest = Run.of(args.toArray(new String[0]));
        assertEquals(0, ingest.exitCode(), ingest.err());
        assertEquals(ingest.lastLine(), Run.of("replay", journal).lastLine());
        final List<String> told = new ArrayList<>();
        for (final Map<String, Object> event : JsonLines.parse(Run.of("tail", journal, "--format", "json").lines())) {
            final String type = (String)event.get("type");
            final Map<?, ?> data = (Map<?, ?>)event.get("data");
            if (!type.startsWith("source.")) {
                assertEquals("101", data.get("localUser"));
                told.add(type + orEmpty(data.get("remoteParty")) + orEmpty(data.get("cause")));
            }
            if (type.startsWith("call.")) {
                sessions.add(data.get("nativeId"));
            }
        }
        return told;
    }

    private static String orEmpty(final Object value) {
        return null == value ? "" : " " + value;
    }
}
