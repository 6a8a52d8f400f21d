package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.captures.ProxyCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a real Kamailio server over a real socket give the events that ingest gives of the same bytes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CapturesOverHttpTest {
    private static final int LONGEST_PIECE = 90;
    private static final long PAUSE_NS = 300_000;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"01-answered", "05-hold", "09-crash", "12-flood-50"})
    void shouldTellWhatIngestTellsWhenServerPosts(final String name) throws IOException {
        compare(ProxyCapture.unpack(name, folder).http("POST"), Desk.PROXY, "--format", "kamailio", "--source", "proxy-1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"01-answered", "05-hold"})
    void shouldTellWhatIngestTellsWhenPhonesCall(final String name) throws IOException {
        compare(ProxyCapture.unpack(name, folder).http("GET"), Desk.PHONE, "--format", "action-url", "--source", "phone-1", "--user", "101",
            "--covered-by", "pbx-1");
    }

    private void compare(final List<Path> requests, final String token, final String... options) throws IOException {
        assertFalse(requests.isEmpty());
        final List<String> args = new ArrayList<>(List.of("ingest"));
        requests.forEach(file -> args.add(file.toString()));
        args.addAll(Arrays.asList(options));
        final String journal = folder.resolve("ingested").toString();
        args.addAll(List.of("--journal", journal));
        final Run ingest = Run.of(args.toArray(new String[0]));
        assertEquals(0, ingest.exitCode(), ingest.err());
        final List<String> expected = told(JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()));
        final long seed = System.nanoTime();
        assertEquals(expected, inPieces(requests, token, new Random(seed)), "in pieces, seed " + seed);
        assertEquals(expected, pipelined(requests, token), "one behind the other, without waiting for an answer");
    }

    private List<String> inPieces(final List<Path> requests, final String token, final Random random) throws IOException {
        try (Desk desk = new Desk(folder.resolve("pieces"))) {
            for (final Path file : requests) {
                try (Caller caller = new Caller(desk.port())) {
                    final byte[] bytes = known(file, token);
                    for (int at = 0; at < bytes.length;) {
                        final int next = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_PIECE));
                        caller.say(Arrays.copyOfRange(bytes, at, next));
                        LockSupport.parkNanos(random.nextInt((int)PAUSE_NS));
                        at = next;
                    }
                    assertEquals(200, caller.status());
                }
            }
            return told(desk.endAndTail());
        }
    }

    private List<String> pipelined(final List<Path> requests, final String token) throws IOException {
        try (Desk desk = new Desk(folder.resolve("pipelined")); Caller caller = new Caller(desk.port())) {
            for (final Path file : requests) {
                caller.say(known(file, token));
            }
            for (final Path file : requests) {
                assertEquals(200, caller.status(), file.toString());
            }
            return told(desk.endAndTail());
        }
    }

    /** The request as it was captured, with a token in its path. */
    private static byte[] known(final Path file, final String token) throws IOException {
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.replaceFirst(" /", " /" + token + "/").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What events say but for when; without those of connections, as there are others. */
    private static List<String> told(final List<Map<String, Object>> events) {
        final List<String> told = new ArrayList<>();
        for (final Map<String, Object> event : events) {
            final Map<String, Object> data = new LinkedHashMap<>(Desk.data(event));
            for (final String name : List.of("sequence", "sessionId", "durationMs", "talkMs", "waitMs", "derived")) {
                data.remove(name);
            }
            if (!event.get("type").toString().startsWith("source.")) {
                told.add(event.get("type") + " " + event.get("subject") + " " + data);
            }
        }
        return told;
    }
}
