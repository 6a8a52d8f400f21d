package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
    private static final List<String> ENVELOPE = List.of("specversion", "id", "source", "type", "subject", "time", "data");
    private static final List<String> DATA = List.of("sequence", "tenant", "kind", "media", "sessionId", "nativeId", "callId", "localUser",
        "remoteParty", "remoteName", "direction", "state", "group", "durationMs", "cause", "causeCode", "reason", "derived");

    @TempDir
    private Path folder;
    private String journal;

    @BeforeEach
    void ingest() {
        journal = folder.resolve("journal").toString();
        ingest("12-queue-complete-agent", 3);
    }

    @Test
    void shouldPrintOneCloudEventALineWhenFormatIsJson() {
        final List<Map<String, Object>> events = json();
        assertTrue(events.size() > 20, () -> "events: " + events.size());
        for (final Map<String, Object> event : events) {
            assertEquals(ENVELOPE, List.copyOf(event.keySet()));
            assertEquals("1.0", event.get("specversion"));
            assertEquals("/pbx-1", event.get("source"));
            assertEquals(DATA, List.copyOf(data(event).keySet()).subList(0, DATA.size()), event.toString());
            assertEquals(event.get("id"), data(event).get("sequence").toString());
            assertEquals(3L, data(event).get("tenant"));
        }
    }

    @Test
    void shouldKeepToFilterWhenOneIsGiven() {
        assertEquals(Set.of("202"), subjects("--user", "202"));
        assertEquals(Set.of("call.queued", "call.dequeued"), types("--group", "support"));
        assertEquals(Set.of("call.cleared"), types("--type", "call.cleared"));
        assertEquals(Set.of("source.up", "source.down", "call.cleared"), types("--type", "source,call.cleared"));
        assertEquals(json(), json("--tenant", "3"));
        assertEquals(List.of(), json("--tenant", "4"));
        assertEquals(List.of(), json("--user", "20"));
    }

    @Test
    void shouldBeginAtPositionWhenItIsGiven() {
        final List<Map<String, Object>> all = json();
        final long middle = (Long)data(all.get(all.size() / 2)).get("sequence");
        assertEquals(all.subList(all.size() / 2, all.size()), json("--from", Long.toString(middle)));
        final long last = (Long)data(all.get(all.size() - 1)).get("sequence");
        assertEquals(List.of(), json("--from", Long.toString(last + 1)), "one behind the end is where the next one will be");
    }

    @Test
    void shouldShowWhatChangedNothingWhenRaw() {
        final List<Map<String, Object>> raw = json("--raw");
        final long records = Long.parseLong(Run.of("replay", journal).lastLine().split(" ", -1)[1]);
        assertEquals(records, raw.size(), "every record");
        long last = 0;
        for (final Map<String, Object> record : raw) {
            assertEquals(++last, data(record).get("sequence"));
        }
        assertTrue(raw.stream().anyMatch(record -> "record.no-change".equals(record.get("type"))
            && "no-change".equals(data(record).get("outcome")) && data(record).get("signal") instanceof Map));
        assertEquals(records, Run.of("tail", journal, "--raw").lines().size());
    }

    @Test
    void shouldAlignTextWhenFormatIsText() {
        final List<String> lines = Run.of("tail", journal).lines();
        for (final String line : lines) {
            assertTrue(line.matches(" *\\d+  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}  \\S+.*"), line);
            assertEquals(11, line.indexOf("2026-"), line);
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains("call.dequeued") && line.contains("group support")
            && line.contains("answered") && line.contains("waited 1.50 s")), String.join("\n", lines));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGoOnWithWhatComesWhenFollowing() throws InterruptedException {
        final int before = json().size();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Console console = new Console(new PrintStream(out, false, StandardCharsets.UTF_8), System.err, false, false, false);
        final Thread follower = new Thread(() -> Strowger.run(console, "tail", journal, "--format", "json", "--follow"));
        follower.start();
        await(out, before);
        ingest("02-busy", 3);
        final int after = json().size();
        assertTrue(after > before);
        await(out, after);
        follower.interrupt();
        follower.join();
        assertEquals(json(), JsonLines.parse(out.toString(StandardCharsets.UTF_8).lines().toList()));
    }

    @Test
    void shouldColourNothingWhenOutputIsNoTerminal() {
        assertFalse(Run.of("tail", journal).out().contains("\u001b"));
    }

    private void ingest(final String capture, final int tenant) {
        final Path own = folder.resolve(capture);
        assertTrue(own.toFile().mkdirs());
        final Path stream = new Capture(capture).unpack("", own);
        assertTrue(Files.exists(stream));
        final Run run = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "02-busy".equals(capture) ? "pbx-2" : "pbx-1",
            "--tenant", Integer.toString(tenant), "--journal", journal);
        assertEquals(0, run.exitCode(), run.err());
    }

    private List<Map<String, Object>> json(final String... options) {
        final String[] arguments = new String[options.length + 4];
        System.arraycopy(new String[] {"tail", journal, "--format", "json"}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        final Run run = Run.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines());
    }

    private Set<Object> subjects(final String... options) {
        return Set.copyOf(json(options).stream().map(event -> event.get("subject")).toList());
    }

    private Set<Object> types(final String... options) {
        return Set.copyOf(json(options).stream().map(event -> event.get("type")).toList());
    }

    private static void await(final ByteArrayOutputStream out, final int lines) {
        while (out.toString(StandardCharsets.UTF_8).lines().count() < lines) {
            Thread.yield();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }
}
