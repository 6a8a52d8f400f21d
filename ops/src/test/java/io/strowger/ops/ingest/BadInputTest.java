package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What phones and proxies should never send stops nothing: it is counted, its place is named, what stands before and behind it counts. */
class BadInputTest {
    private static final long SEED = 20_261_126;
    private static final int TEN_MEGABYTES = 10 << 20;
    private static final String LOG_ON = "GET /phone?event=registered HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LOG_OFF = "GET /phone?event=unregistered HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    private Path folder;
    private Path before;
    private Path behind;

    @BeforeEach
    void write() throws IOException {
        before = file("before.raw", LOG_ON.getBytes(StandardCharsets.UTF_8));
        behind = file("behind.raw", LOG_OFF.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTakeRequestsBeforeAndBehindWhenRequestLineIsGarbage() throws IOException {
        assertPhone(LOG_ON.length(), "malformed message", LOG_ON + "garbage \u0001\u0002\r\n\r\n" + LOG_ON);
    }

    @Test
    void shouldTakeRequestsBeforeAndBehindWhenBodyHasNoLength() throws IOException {
        final String head = "POST /phone?event=registered HTTP/1.1\r\n\r\n";
        assertPhone(head.length(), "malformed message", head + "event=unregistered\r\n\r\n");
    }

    @Test
    void shouldTakeRequestsBeforeAndBehindWhenBodyIsCutOff() throws IOException {
        assertPhone(LOG_ON.length(), "unfinished message at the end of a file",
            LOG_ON + "POST /phone HTTP/1.1\r\nContent-Length: 100\r\n\r\nevent=unreg");
    }

    @Test
    void shouldTakeRequestsBeforeAndBehindWhenLineIsTenMegabytesLong() throws IOException {
        assertPhone(LOG_ON.length(), "malformed message", LOG_ON + "GET /phone?event=" + "x".repeat(TEN_MEGABYTES) + " HTTP/1.1\r\n\r\n");
    }

    @Test
    void shouldTakeRequestsBeforeAndBehindWhenBytesAreBinary() throws IOException {
        assertPhone(LOG_ON.length(), "malformed message", LOG_ON + new String(noise(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldTakeRequestBehindWhenBodyIsTooLarge() throws IOException {
        final Path bad = file("bad.raw", ("POST /phone?event=registered HTTP/1.1\r\nContent-Length: " + TEN_MEGABYTES + "\r\n\r\n"
            + "x".repeat(TEN_MEGABYTES) + LOG_ON + LOG_OFF).getBytes(StandardCharsets.UTF_8));
        final Run run = ingest("action-url", bad);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("ingest: " + bad + ":byte 0: message too large"), run.err());
        assertEquals(List.of("user.logged-in", "user.logged-out"), events());
    }

    @Test
    void shouldTakeMessagesBeforeAndBehindWhenNetstringIsNone() throws IOException {
        final String good = netstring("{\"event\":\"register\",\"action\":\"x\"}");
        for (final String bad : List.of("garbage", "99:{\"event\":1}", "5:{\"a\"}", new String(noise(), StandardCharsets.ISO_8859_1),
            "x".repeat(TEN_MEGABYTES), "9999999999:")) {
            final Path file = file("evapi.raw", (good + bad + "," + good + good).getBytes(StandardCharsets.ISO_8859_1));
            final Run run = ingest("kamailio", file);
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.err().contains("ingest: " + file + ":byte " + good.length() + ": "), run.err());
            assertFalse(run.err().contains("\tat "), run.err());
        }
    }

    @Test
    void shouldNameThePlaceWhenPostOfAProxyIsBroken() throws IOException {
        final String post = post("{\"event\":\"register\"}");
        for (final String bad : List.of("nonsense\r\n\r\n", "POST /x HTTP/1.1\r\nContent-Length: x\r\n\r\n", post("{\"event\":"),
            post("[1,2"), post("\u0000\u0001"))) {
            final Path file = file("http.raw", (post + bad + post).getBytes(StandardCharsets.ISO_8859_1));
            final Run run = ingest("kamailio", file);
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.err().contains("ingest: " + file + ":byte " + post.length() + ": malformed message"), run.err());
            assertFalse(run.err().contains("\tat "), run.err());
        }
    }

    private void assertPhone(final int place, final String reason, final String bytes) throws IOException {
        final Path bad = file("bad.raw", bytes.getBytes(StandardCharsets.ISO_8859_1));
        final Run run = ingest("action-url", before, bad, behind);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("ingest: " + bad + ":byte " + place + ": " + reason), run.err());
        assertTrue(run.err().contains("ingest: 1 " + reason), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals(List.of("user.logged-in", "user.logged-out"), events());
    }

    private List<String> events() {
        final String out = Run.of("tail", folder.resolve("journal-1").toString(), "--type", "user", "--format", "json").out();
        return out.lines().map(line -> line.replaceAll(".*\"type\":\"([^\"]*)\".*", "$1")).toList();
    }

    private static String netstring(final String json) {
        return json.length() + ":" + json + ",";
    }

    private static String post(final String json) {
        return "POST /pbx/event HTTP/1.1\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private static byte[] noise() {
        final byte[] noise = new byte[50_000];
        new Random(SEED).nextBytes(noise);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        bytes.writeBytes(noise);
        return bytes.toByteArray();
    }

    private Path file(final String name, final byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private int journals;

    private Run ingest(final String format, final Path... streams) {
        final List<String> args = new ArrayList<>(List.of("ingest"));
        for (final Path stream : streams) {
            args.add(stream.toString());
        }
        args.addAll(List.of("--format", format, "--source", "101", "--journal", folder.resolve("journal-" + ++journals).toString()));
        return Run.of(args.toArray(new String[0]));
    }
}
