package io.strowger.ops.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.record.RecordLayout;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPbxTest {
    /** The recordings take 194 seconds, and there are 3 between two rounds. */
    private static final long ROUND_NS = 196_000_000_000L;
    private static final long STEP_NS = 50_000_000;

    @TempDir
    private Path folder;

    private final Map<EventType, Integer> counts = new EnumMap<>(EventType.class);
    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long nowNs = 1_800_000_000_000_000_000L;

    @Test
    void shouldTellTheSameStoriesEachTimeRoundAndEndEveryCall() {
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER)
                 .epochNanoClock(() -> nowNs).tap((block, record) -> {
                     event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), header);
                     counts.merge(event.eventType(), 1, Integer::sum);
                 }));
             DemoPbx pbx = new DemoPbx(router, DemoPbx.NAME, DemoPbx.TENANT, folder.resolve("captures"), nowNs)) {
            final int first = play(router, pbx, ROUND_NS);
            final int calls = counts.get(EventType.CALL_CLEARED);
            assertTrue(first > 100 && calls > 20, first + " pieces, " + calls + " calls");
            assertEquals(0, counts.getOrDefault(EventType.SOURCE_RESTARTED, 0), "one PBX all the while");
            assertTrue(pbx.dueNs() - nowNs < STEP_NS * 60, "it goes on");
            play(router, pbx, ROUND_NS);
            assertEquals(2 * calls, counts.get(EventType.CALL_CLEARED));
            assertEquals(1, counts.getOrDefault(EventType.SOURCE_RESTARTED, 0), "started anew once");
            assertEquals(22, counts.get(EventType.SOURCE_DOWN));
            assertEquals(22, counts.get(EventType.SOURCE_RESYNCHRONISED), "it is up to date, each time that it is connected to");
        }
    }

    private int play(final Router router, final DemoPbx pbx, final long forNs) {
        int pieces = 0;
        for (final long endNs = nowNs + forNs; nowNs < endNs; nowNs += STEP_NS) {
            pieces += pbx.turn(nowNs);
            while (router.poll() > 0) {
                Thread.onSpinWait();
            }
        }
        return pieces;
    }
}
