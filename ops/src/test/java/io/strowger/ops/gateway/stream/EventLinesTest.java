package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.json.EventJson;
import io.strowger.ops.Run;
import io.strowger.ops.node.JournalFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.token.PositionTokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written once for many streams is what each of them would have written. */
class EventLinesTest {
    private static final int TENANT = 1;
    private static final int CALLS = 600;
    private static final String HOSTILE = "\"data\":{\"sequence\":0,\\";

    @TempDir
    private Path folder;
    private final EventLines lines = new EventLines(new Positions(new byte[PositionTokens.KEY_LENGTH]));
    private final List<UnsafeBuffer> events = new ArrayList<>();

    @BeforeEach
    void makeEvents() throws IOException {
        final StringBuilder facts = new StringBuilder();
        for (int call = 0; call < CALLS; call++) {
            final JsonObject leg = new JsonObject().put("nativeId", "leg-" + call).put("callId", "call-" + call).put("user", HOSTILE)
                .put("direction", "outgoing").put("legState", "ring").put("legKind", "device");
            facts.append(new JsonObject().put("specversion", "1.0").put("type", "signal.leg-seen").put("time", "2026-11-25T16:00:00Z")
                .put("data", leg).encode()).append('\n');
        }
        final Path journal = folder.resolve("journal");
        final Run run = Run.of("ingest", "--format", "jsonl", "--source", "acme", "--journal", journal.toString(),
            Files.writeString(folder.resolve("facts"), facts).toString());
        assertEquals(0, run.exitCode(), run.err());
        try (Journal blocks = JournalFolder.read(journal); JournalCursor cursor = blocks.openCursor(1)) {
            final RecordCursor records = new RecordCursor();
            cursor.poll((buffer, offset, length) -> {
                records.wrap(buffer, offset);
                while (records.next()) {
                    if (records.hasEvent()) {
                        final UnsafeBuffer copy = new UnsafeBuffer(new byte[records.length()]);
                        copy.putBytes(0, buffer, records.record(), records.length());
                        events.add(copy);
                    }
                }
                return true;
            }, Integer.MAX_VALUE);
        }
    }

    @Test
    void shouldSayTheSameToEachStreamButForTheNumber() {
        for (final UnsafeBuffer event : events) {
            final String id = id(event);
            for (final long number : new long[] {1, 7, 1_000_000_000_000L}) {
                assertEquals(alone(id, number, event), lines.event(id, number, 0, event, 0));
            }
            assertEquals(new JsonObject(alone(id, 3, event)).put("folded", 2), new JsonObject(lines.event(id, 3, 2, event, 0)));
        }
        assertEquals(HOSTILE, new JsonObject(lines.event(id(events.get(5)), 12, 0, events.get(5), 0)).getJsonObject("data")
            .getString("localUser"));
    }

    @Test
    void shouldKeepEventsApartThatTakeEachOthersPlace() {
        for (int i = 0; i < CALLS - 256; i++) {
            final UnsafeBuffer event = events.get(i);
            final UnsafeBuffer later = events.get(i + 256);
            final String id = id(event);
            final String otherId = id(later);
            assertEquals(alone(id, i, event), lines.event(id, i, 0, event, 0));
            assertEquals(alone(otherId, i, later), lines.event(otherId, i, 0, later, 0));
        }
    }

    @Test
    void shouldNotTakeAnothersIdForTheSameSequence() {
        final UnsafeBuffer event = events.get(1);
        final String id = id(event);
        assertNotEquals(id, lines.id(RecordLayout.sequence(event, 0), TENANT + 1));
        assertEquals(alone(id, 1, event), lines.event(id, 1, 0, event, 0));
        assertEquals(id, id(event));
    }

    private String id(final UnsafeBuffer event) {
        return lines.id(RecordLayout.sequence(event, 0), TENANT);
    }

    private static String alone(final String id, final long number, final UnsafeBuffer event) {
        return new EventJson().write(id, number, RecordLayout.INPUT != RecordLayout.type(event, 0), event,
            RecordLayout.eventOffset(event, 0), RecordLayout.eventLength(event, 0));
    }
}
