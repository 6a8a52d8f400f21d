package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.JournalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceIntakeTest {
    private static final int SPILL_LIMIT = 1 << 16;

    private final MemoryJournal journal = new MemoryJournal();
    private final Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER)
        .journalTime(JournalTime.SOURCE).channelCapacityBytes(16 * 1024).sessionCapacity(10_000));
    private final Peer peer = new Peer();
    private final SourceIntake intake = new SourceIntake(router.openChannel((buffer, offset, length) -> 0), SPILL_LIMIT);
    private long sequence;

    @Test
    void shouldKeepWhatTheRouterHasNoRoomForUpToTheLimit() {
        hello();
        flood(400);
        assertTrue(intake.waiting() > 0);
        settle();
        assertEquals(400, Journaled.count(journal, "CALL_INITIATED"));
        assertEquals(0, intake.waitingBytes());
        assertEquals(0, intake.discarded());
    }

    @Test
    void shouldSayWhatWasDiscardedInItsPlaceAndGoOn() {
        hello();
        flood(2_000);
        final long discarded = intake.discarded();
        assertTrue(discarded > 0 && intake.waitingBytes() <= SPILL_LIMIT, discarded + " discarded, " + intake.waitingBytes() + " waiting");
        settle();
        flood(1);
        settle();
        final List<String> records = Journaled.records(journal);
        assertEquals(1, Journaled.count(journal, "SOURCE_GAP"));
        assertEquals(2_001 - discarded, Journaled.count(journal, "CALL_INITIATED"));
        assertEquals("SOURCE_GAP 1 ", records.get(records.size() - 2), "behind what came before it, before what came behind it");
        assertEquals("CALL_INITIATED 1 leg2001", records.get(records.size() - 1));
        assertEquals(0, intake.waitingBytes());
    }

    @Test
    void shouldKeepWhatAConnectionSaysOfItselfWhateverIsDiscarded() {
        hello();
        flood(2_000);
        stamp(peer.down(0));
        assertTrue(intake.discarded() > 0);
        settle();
        final List<String> records = Journaled.records(journal);
        assertEquals("SOURCE_DOWN 1 ", records.get(records.size() - 1));
        assertEquals("SOURCE_GAP 1 ", records.get(records.size() - 2));
    }

    @Test
    void shouldNotLetAFloodHarmAnotherSource() {
        hello();
        final SourceConnection other = router.openSource(SourceGrant.of("quiet", 2), new Peer());
        final Peer quiet = new Peer();
        other.onSignal(quiet.buffer, 0, quiet.hello("quiet"));
        for (int i = 1; i <= 20; i++) {
            flood(500);
            assertEquals(1, other.onSignal(quiet.buffer, 0, quiet.seen(i, "q" + i)));
            other.poll();
            router.poll();
            intake.poll();
        }
        settle();
        other.poll();
        settle();
        assertEquals(20, Journaled.count(journal, "CALL_INITIATED 2"));
        assertTrue(intake.discarded() > 0);
    }

    private void hello() {
        final int length = peer.hello("pbx-1");
        stamp(length);
        router.poll();
    }

    private void flood(final int signals) {
        for (int i = 0; i < signals; i++) {
            stamp(peer.seen(sequence, "leg" + sequence));
        }
    }

    private void stamp(final int length) {
        peer.buffer.putLong(8, sequence++);
        peer.buffer.putInt(24, 1);
        peer.buffer.putInt(28, 1);
        assertTrue(intake.offer(peer.buffer, 0, length));
    }

    private void settle() {
        int idle = 0;
        while (idle < 3) {
            idle = router.poll() + intake.poll() > 0 ? 0 : idle + 1;
        }
    }
}
