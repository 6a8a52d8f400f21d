package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.SampleBlock;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a record says of itself, and what it costs. */
class TailRecordTest {
    private static final int WINDOWS = 12;
    private static final int RECORDS_A_WINDOW = 60_000;
    private static final int RECORDS_A_BLOCK = 10;

    @TempDir
    private Path directory;

    private long bytes;

    @Test
    void shouldSayWhatWasWrittenWhenItHoldsAnEvent() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            SampleBlock.append(journal);
        }
        try (JournalTail tail = JournalTail.open(directory, "a")) {
            assertEquals(1, tail.poll(TailRecordTest::check, 5));
        }
    }

    @Test
    void shouldSayThereIsNoneWhenItHoldsNoEvent() {
        final Blocks blocks = new Blocks(1);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            blocks.append(journal, 1, 60);
        }
        try (JournalTail tail = JournalTail.open(directory, "a")) {
            final int[] without = new int[1];
            tail.poll(record -> {
                if (!record.hasEvent()) {
                    without[0]++;
                    assertNull(record.eventType());
                    assertEquals(0, record.eventLength());
                    assertEquals(Outcome.NO_CHANGE, record.outcome());
                    assertThrows(IllegalStateException.class, record::event);
                    assertThrows(IllegalStateException.class, () -> record.text(EventText.GROUP));
                }
            }, 60);
            assertTrue(without[0] > 10, "records without an event: " + without[0]);
        }
    }

    @Test
    @Timeout(120)
    void shouldAllocateNothingWhenWarm() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Blocks blocks = new Blocks(1);
        final TailHandler handler = this::add;
        long least = Long.MAX_VALUE;
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(directory));
            JournalTail tail = JournalTail.open(directory, "a")) {
            for (int window = 0; window < WINDOWS; window++) {
                for (int i = 0; i < RECORDS_A_WINDOW / RECORDS_A_BLOCK; i++) {
                    blocks.append(journal, 1, RECORDS_A_BLOCK);
                }
                final long before = threads.getCurrentThreadAllocatedBytes();
                int read = 0;
                while (read < RECORDS_A_WINDOW) {
                    // never to the end, where it looks for files
                    read += tail.poll(handler, Math.min(256, RECORDS_A_WINDOW - read));
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
        assertTrue(bytes > 0);
        assertEquals(0, least, "bytes for " + RECORDS_A_WINDOW + " records");
    }

    private void add(final TailRecord record) {
        bytes += record.length() + record.sequence() + record.outcome().code() + record.journalTimeNs() + (record.hasEvent() ? 1 : 0);
    }

    private static void check(final TailRecord record) {
        assertEquals(1, record.sequence());
        assertEquals(RecordLayout.INPUT, record.type());
        assertFalse(record.isDerived());
        assertEquals(Outcome.APPLIED, record.outcome());
        assertEquals(SampleBlock.JOURNAL_TIME_NS, record.journalTimeNs());
        assertEquals(SampleBlock.SOURCE_TIME_NS, record.sourceTimeNs());
        assertEquals(1, record.tenant());
        assertEquals(1, record.source());
        assertTrue(record.hasEvent());
        assertEquals(EventType.CALL_ESTABLISHED, record.eventType());
        // in any order
        assertEquals("pbx-1", record.text(EventText.SOURCE_NAME));
        assertEquals("102", record.text(EventText.LOCAL_USER));
        assertEquals("1795624196.21", record.text(EventText.NATIVE_ID));
        assertEquals("", record.text(EventText.TEXT));
        assertEquals(3, record.textLength(EventText.REMOTE_NAME));
        assertEquals('A', record.buffer().getByte(record.textOffset(EventText.REMOTE_NAME)));
        assertEquals(ConnectionState.CONNECTED, record.event().state());
        assertEquals(Direction.INCOMING, record.event().direction());
        assertEquals("1795624196.21", record.event().nativeId());
        assertEquals(LegStateDecoder.TEMPLATE_ID, SignalLayout.templateId(record.buffer(), record.signalOffset()));
        assertEquals(88, record.signalLength());
        assertEquals(139, record.eventLength());
        assertEquals(256, record.length());
        assertEquals(record.signalOffset() + 88, record.eventOffset());
    }
}
