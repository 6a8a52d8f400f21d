package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
    @TempDir
    private Path folder;
    private String journal;

    @BeforeEach
    void ingest() {
        journal = folder.resolve("journal").toString();
        final Path stream = new Capture("07-attended-transfer").unpack("", folder);
        final Run run = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal", journal);
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    void shouldAgreeWithEventsUpToThereWhenAskedAtAnyPosition() {
        final Map<String, String> states = new TreeMap<>();
        for (final Map<String, Object> event : JsonLines.parse(Run.of("tail", journal, "--format", "json", "--raw").lines())) {
            final Map<String, Object> data = data(event);
            final String type = (String)event.get("type");
            if ("call.cleared".equals(type)) {
                states.remove((String)data.get("nativeId"));
            } else if (type.startsWith("call.")) {
                states.put((String)data.get("nativeId"), (String)data.get("state"));
            }
            final List<Map<String, Object>> status = status("--at", data.get("sequence").toString());
            final long position = (Long)status.get(status.size() - 1).get("sequence");
            if (position == (Long)data.get("sequence")) {
                assertEquals(states, sessions(status), "at " + position);
            } else {
                assertTrue(position < (Long)data.get("sequence"), "a fold stands only behind an input with all it led to");
            }
        }
        assertEquals(Map.of(), states);
    }

    @Test
    void shouldShowOneUserWhenAsked() {
        final List<Map<String, Object>> status = status("--user", "102");
        assertEquals(List.of("user", "position"), status.stream().map(line -> line.get("kind")).toList());
        assertEquals("102", status.get(0).get("localUser"));
    }

    @Test
    void shouldBeEmptyWhenAskedAtTheStart() {
        assertEquals(List.of(Map.of("kind", "position", "sequence", 0L)), status("--at", "0"));
    }

    @Test
    void shouldEndWithPositionWhenFormatIsText() {
        assertTrue(Run.of("status", journal).lastLine().matches("position \\d+, 2026-11-25 \\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
    }

    private List<Map<String, Object>> status(final String... options) {
        final String[] arguments = new String[options.length + 4];
        System.arraycopy(new String[] {"status", journal, "--format", "json"}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        final Run run = Run.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines());
    }

    private static Map<String, String> sessions(final List<Map<String, Object>> status) {
        final Map<String, String> sessions = new HashMap<>();
        for (final Map<String, Object> line : status) {
            if ("session".equals(line.get("kind"))) {
                sessions.put((String)line.get("nativeId"), (String)line.get("state"));
            }
        }
        return sessions;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }
}
