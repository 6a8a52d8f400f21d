package io.strowger.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.console.Console;
import io.strowger.ops.demo.Demo;
import io.strowger.ops.view.EventFields;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of embedding, tailing and the demo is what is there. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    private final List<EventType> shown = new ArrayList<>();
    private final EventFields fields = new EventFields();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldDeliverCallOfUserWhenEmbeddedAsShown(@TempDir final Path folder) {
        embed(folder, "02-busy", EventType.USER_LOGGED_OUT);
        assertEquals(List.of(EventType.USER_LOGGED_IN, EventType.CALL_DELIVERED, EventType.CALL_CLEARED, EventType.USER_LOGGED_OUT), shown);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldDeliverTheNextCallsWhenEmbeddedAsShownAndStartedAgain(@TempDir final Path folder) {
        embed(folder, "02-busy", EventType.USER_LOGGED_OUT);
        shown.clear();
        embed(folder, "06-blind-transfer", EventType.CALL_ESTABLISHED);
        assertTrue(shown.contains(EventType.CALL_ESTABLISHED), shown.toString());
    }

    private void embed(final Path folder, final String capture, final EventType until) {
        final byte[] stream = new Capture(capture).bytes("rx.raw");
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
            Router router = Router.launch(new RouterContext().journal(journal).snapshots(SnapshotFolder.of(folder)))) {
            final Channel channel = router.openChannel();
            final Subscription calls = router.subscribe(Filter.ofTenant(1).withUser("102"));
            final int source = router.sourceNumber(1, "pbx-1");
            final AmiTranslator translator = new AmiTranslator(AmiSettings.of(source, 1));
            final int connection = SourceSequence.nextConnection(router.lastSourceSequence(source));
            translator.connected(connection);
            new ConnectionFacts(source, 1, "pbx-1", "ami").connected(connection, ARRIVAL_NS, false, channel.asSink());
            final int taken = translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, ARRIVAL_NS, channel.asSink());
            assertEquals(stream.length, taken, "the channel has room for so few facts");
            while (!shown.contains(until)) {
                calls.poll(this::show, 10);
                assertTrue(!router.isClosed(), () -> String.valueOf(router.failure()));
            }
        }
    }

    @Test
    void shouldPrintOfTheDemoWhatStandsThere(@TempDir final Path folder) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertTrue(new Demo(new Console(stream, stream, false, false, false), folder, 1).run());
        final List<String> printed = out.toString(StandardCharsets.UTF_8).lines().toList();
        final List<String> sample = sample();
        final int rate = sample.indexOf(lineOf(sample, "rate: "));
        for (final String line : sample.subList(0, rate)) {
            assertTrue("...".equals(line) || printed.contains(line), () -> "the demo does not print: " + line);
        }
        final long passes = number(lineOf(sample, "rate: "), "the same bytes ([0-9,]+) times more");
        final long records = number(lineOf(printed, "open sessions at the end"), "sequence ([0-9]+)");
        final String measured = lineOf(sample, " MB a second");
        assertEquals(passes * number(lineOf(printed, " bytes gave "), "gave ([0-9,]+) facts"), number(measured, "\\(([0-9,]+) facts"));
        assertEquals(passes * records, number(measured, "([0-9,]+) records"));
        assertEquals(passes * number(lineOf(printed, " bytes gave "), "([0-9,]+) events"), number(measured, "([0-9,]+) events"));
        assertEquals((passes + 1) * records, number(lineOf(sample, "replay of the journal"), "([0-9,]+) records"));
        assertEquals((passes + 1) * records, number(lineOf(sample, "live    position"), "position ([0-9]+)"));
        assertEquals(lineOf(sample, "live    position").substring(8), lineOf(sample, "replay  position").substring(8));
    }

    /** What the README shows of the demo's output, from its first line to its last. */
    private static List<String> sample() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("../README.md"), StandardCharsets.UTF_8);
        final int first = lines.indexOf(lineOf(lines, "11 captures of a real"));
        return lines.subList(first, lines.indexOf(lineOf(lines, "equal: the journal replays")) + 1);
    }

    private static String lineOf(final List<String> lines, final String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow(() -> new AssertionError("no line has: " + part));
    }

    private static long number(final String line, final String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(line);
        assertTrue(matcher.find(), () -> pattern + " is not in: " + line);
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldBillEveryCallOnceWhenTailedAsShown(@TempDir final Path folder) throws IOException {
        final String journal = folder.resolve("journal").toString();
        final Run ingest = Run.of("ingest", new Capture("02-busy").unpack("", folder).toString(), "--format", "ami", "--source", "pbx-1",
            "--journal", journal);
        assertEquals(0, ingest.exitCode(), ingest.err());
        final List<String> expected = JsonLines.parse(Run.of("tail", journal, "--type", "call.cleared", "--format", "json").lines())
            .stream()
            .map(event -> event.get("id") + " " + event.get("subject") + " " + ((Map<?, ?>)event.get("data")).get("durationMs")).toList();
        final TailExample example = new TailExample(expected.size());
        example.run(Path.of(journal));
        assertEquals(expected, example.bills());
        assertEquals(2, expected.size());
    }

    @Test
    void shouldShowTheTailAsItIsCompiledWhenRead() throws IOException {
        checkCompiled(README, "try (JournalTail tail", "TailExample.java");
    }

    @Test
    void shouldShowTheSubscriptionAsItIsCompiledWhenRead() throws IOException {
        checkCompiled(README, "final Filter sales", "AskExample.java");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldBeginWithASnapshotAndEndWithTheRouterWhenAskedAsShown(@TempDir final Path folder) throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicReference<Throwable> fault = new AtomicReference<>();
        final EventHandler handler = new EventHandler() {
            @Override
            public void onEvent(final DirectBuffer buffer, final int record) {
                show(buffer, record);
            }

            @Override
            public void onSnapshotEnd(final long position) {
                begun.countDown();
            }
        };
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder))) {
            final Thread wallboard;
            try (Router router = Router.launch(new RouterContext().journal(journal).follower(FollowerSettings.defaults()))) {
                wallboard = new Thread(new AskExample(router, handler)::run);
                wallboard.setUncaughtExceptionHandler((thread, thrown) -> fault.set(thrown));
                wallboard.start();
                begun.await();
            }
            wallboard.join();
        }
        assertNull(fault.get());
        assertEquals(List.of(), shown);
    }

    /** A page shows, from a line on to the end of its block, what a file of the tests holds. */
    static void checkCompiled(final Path page, final String begin, final String file) throws IOException {
        final String readme = Files.readString(page);
        final String source = Files.readString(Path.of("src", "test", "java", "io", "strowger", "ops", file));
        final int start = readme.indexOf(begin);
        assertTrue(start > 0, () -> page + " shows " + begin);
        int at = 0;
        for (final String line : readme.substring(start, readme.indexOf("```", start)).lines().map(String::strip).toList()) {
            final int found = source.indexOf(line, at);
            assertTrue(found >= at, line);
            at = found + line.length();
        }
    }

    private void show(final DirectBuffer buffer, final int record) {
        fields.wrap(buffer, RecordLayout.eventOffset(buffer, record));
        if (EventType.CALL_UPDATED != fields.fixed().eventType()) {
            shown.add(fields.fixed().eventType());
        }
    }
}
