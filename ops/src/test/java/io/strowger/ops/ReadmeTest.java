package io.strowger.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.view.EventFields;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of embedding and of tailing works as it stands there. */
class ReadmeTest {
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    private final List<EventType> shown = new ArrayList<>();
    private final EventFields fields = new EventFields();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldDeliverCallOfUserWhenEmbeddedAsShown(@TempDir final Path folder) {
        final byte[] stream = new Capture("02-busy").bytes("rx.raw");
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
            Router router = Router.launch(new RouterContext().journal(journal))) {
            final Channel channel = router.openChannel();
            final Subscription calls = router.subscribe(Filter.ofTenant(1).withUser("102"));
            final int source = router.sourceNumber("pbx-1");
            final AmiTranslator translator = new AmiTranslator(AmiSettings.of(source, 1));
            translator.connected(0);
            new ConnectionFacts(source, 1, "pbx-1", "ami").connected(0, ARRIVAL_NS, false, channel.asSink());
            final int taken = translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, ARRIVAL_NS, channel.asSink());
            assertEquals(stream.length, taken, "the channel has room for so few facts");
            while (!shown.contains(EventType.USER_LOGGED_OUT)) {
                calls.poll(this::show, 10);
                assertTrue(!router.isClosed(), () -> String.valueOf(router.failure()));
            }
        }
        assertEquals(List.of(EventType.USER_LOGGED_IN, EventType.CALL_DELIVERED, EventType.CALL_CLEARED, EventType.USER_LOGGED_OUT), shown);
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
        final String readme = Files.readString(Path.of("..", "README.md"));
        final String source = Files.readString(Path.of("src", "test", "java", "io", "strowger", "ops", "TailExample.java"));
        final int start = readme.indexOf("try (JournalTail tail");
        assertTrue(start > 0, "the README shows a tail");
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
