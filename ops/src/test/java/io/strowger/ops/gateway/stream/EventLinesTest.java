package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.json.EventJson;
import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.token.PositionTokens;
import io.vertx.core.json.JsonObject;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is written once for many streams is what each of them would have written. */
class EventLinesTest {
    private static final int TENANT = 1;
    private static final int RECORD = BlockLayout.HEADER_LENGTH;
    private static final String HOSTILE = "\"data\":{\"sequence\":0,\\";

    private final EventLines lines = new EventLines(new Positions(new byte[PositionTokens.KEY_LENGTH]));
    private final MemoryJournal journal = new MemoryJournal();
    private int blocks;

    @Test
    void shouldSayTheSameToEachStreamButForTheNumber() {
        final UnsafeBuffer block = block("102");
        final String id = lines.id(sequence(block), TENANT);
        for (final long number : new long[] {1, 7, 1_000_000_000_000L}) {
            assertEquals(alone(id, number, block), lines.event(id, number, 0, block, RECORD));
        }
        assertEquals(new JsonObject(alone(id, 3, block)).put("folded", 2), new JsonObject(lines.event(id, 3, 2, block, RECORD)));
    }

    @Test
    void shouldFindTheNumberWhateverANameIs() {
        final UnsafeBuffer block = block(HOSTILE);
        final String id = lines.id(sequence(block), TENANT);
        final JsonObject event = new JsonObject(lines.event(id, 12, 0, block, RECORD));
        assertEquals(12, event.getJsonObject("data").getLong("sequence"));
        assertEquals(HOSTILE, event.getJsonObject("data").getString("localUser"));
        assertEquals(alone(id, 12, block), lines.event(id, 12, 0, block, RECORD));
    }

    @Test
    void shouldKeepEventsApartThatTakeEachOthersPlace() {
        for (int i = 0; i < 600; i++) {
            final UnsafeBuffer block = block(Integer.toString(i));
            final String id = lines.id(sequence(block), TENANT);
            assertEquals(alone(id, i, block), lines.event(id, i, 0, block, RECORD));
        }
    }

    @Test
    void shouldNotTakeAnothersIdForTheSameSequence() {
        final UnsafeBuffer block = block("102");
        final String id = lines.id(sequence(block), TENANT);
        assertNotEquals(id, lines.id(sequence(block), TENANT + 1));
        assertEquals(alone(id, 1, block), lines.event(id, 1, 0, block, RECORD));
        assertEquals(id, lines.id(sequence(block), TENANT));
    }

    private static String alone(final String id, final long number, final UnsafeBuffer block) {
        return new EventJson().write(id, number, RecordLayout.INPUT != RecordLayout.type(block, RECORD), block,
            RecordLayout.eventOffset(block, RECORD), RecordLayout.eventLength(block, RECORD));
    }

    private static long sequence(final UnsafeBuffer block) {
        return RecordLayout.sequence(block, RECORD);
    }

    private UnsafeBuffer block(final String user) {
        new Blocks(journal).add(new EventSignal().tenant(TENANT).user(user), 1).append();
        return new UnsafeBuffer(journal.block(blocks++));
    }
}
