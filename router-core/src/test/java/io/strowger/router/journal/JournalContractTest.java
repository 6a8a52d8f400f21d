package io.strowger.router.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.record.BlockLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every journal must keep. A module that has one extends this class and opens it.
 */
public abstract class JournalContractTest {
    private Journal journal;

    /** Opens an empty journal; it is closed behind the test. */
    protected abstract Journal openEmpty();

    @BeforeEach
    void open() {
        journal = openEmpty();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void shouldBeEmptyWhenNothingWasAppended() {
        assertEquals(1, journal.firstSequence());
        assertEquals(0, journal.lastSequence());
        assertEquals(0, journal.lastChain());
        try (JournalCursor cursor = journal.openCursor(1)) {
            assertEquals(0, cursor.poll((buffer, offset, length) -> true, 10));
        }
    }

    @Test
    void shouldKnowItsEndWhenBlocksWereAppended() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 3);
        append(blocks, 2);
        assertEquals(5, journal.lastSequence());
        assertEquals(blocks.chain(), journal.lastChain());
        assertEquals(1, journal.firstSequence());
    }

    @Test
    void shouldGiveTheBytesAppendedWhenRead() {
        final List<byte[]> written = new ArrayList<>();
        final Blocks blocks = new Blocks(new RecordingJournal(journal, written));
        append(blocks, 4);
        append(blocks, 1);
        final List<byte[]> read = new ArrayList<>();
        try (JournalCursor cursor = journal.openCursor(1)) {
            assertEquals(2, cursor.poll((buffer, offset, length) -> read.add(RecordingJournal.bytes(buffer, offset, length)), 10));
        }
        assertEquals(2, read.size());
        assertArrayEquals(written.get(0), read.get(0));
        assertArrayEquals(written.get(1), read.get(1));
    }

    @Test
    void shouldBeginWithTheBlockThatHoldsTheSequenceWhenOpenedWithinIt() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 3);
        append(blocks, 3);
        append(blocks, 3);
        for (long from = 1; from <= 10; from++) {
            final List<Long> firsts = firstsFrom(from);
            assertEquals(3 - (from - 1) / 3, firsts.size(), "from " + from);
            if (from <= 9) {
                assertEquals((from - 1) / 3 * 3 + 1, firsts.get(0), "from " + from);
            }
        }
    }

    @Test
    void shouldTailWhenBlocksComeLater() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 1);
        try (JournalCursor cursor = journal.openCursor(2)) {
            assertEquals(0, cursor.poll((buffer, offset, length) -> true, 10));
            append(blocks, 2);
            final List<Long> firsts = new ArrayList<>();
            assertEquals(1, cursor.poll((buffer, offset, length) -> firsts.add(BlockLayout.firstSequence(buffer, offset)), 10));
            assertEquals(List.of(2L), firsts);
            assertEquals(0, cursor.poll((buffer, offset, length) -> true, 10));
        }
    }

    @Test
    void shouldStopBehindTheBlockWhenTheHandlerSaysSo() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 1);
        append(blocks, 1);
        append(blocks, 1);
        final List<Long> firsts = new ArrayList<>();
        try (JournalCursor cursor = journal.openCursor(1)) {
            assertEquals(1, cursor.poll((buffer, offset, length) -> !firsts.add(BlockLayout.firstSequence(buffer, offset)), 10));
            assertEquals(2, cursor.poll((buffer, offset, length) -> firsts.add(BlockLayout.firstSequence(buffer, offset)), 10));
        }
        assertEquals(List.of(1L, 2L, 3L), firsts);
    }

    @Test
    void shouldHandOverNoMoreThanTheLimitWhenPolled() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 1);
        append(blocks, 1);
        append(blocks, 1);
        try (JournalCursor cursor = journal.openCursor(1)) {
            assertEquals(2, cursor.poll((buffer, offset, length) -> true, 2));
            assertEquals(1, cursor.poll((buffer, offset, length) -> true, 2));
        }
    }

    @Test
    void shouldRefuseThePositionWhenItIsBeyondTheEnd() {
        append(new Blocks(journal), 2);
        final PositionException thrown = assertThrows(PositionException.class, () -> journal.openCursor(4));
        assertEquals(4, thrown.position());
        assertEquals(2, thrown.last());
    }

    @Test
    void shouldRefuseThePositionWhenItIsTooOld() {
        append(new Blocks(journal), 2);
        assertEquals(0, assertThrows(PositionException.class, () -> journal.openCursor(0)).position());
    }

    @Test
    void shouldGoOnWhenSynced() {
        final Blocks blocks = new Blocks(journal);
        append(blocks, 2);
        journal.sync();
        append(blocks, 2);
        assertEquals(4, journal.lastSequence());
    }

    private List<Long> firstsFrom(final long sequence) {
        final List<Long> firsts = new ArrayList<>();
        try (JournalCursor cursor = journal.openCursor(sequence)) {
            cursor.poll((buffer, offset, length) -> firsts.add(BlockLayout.firstSequence(buffer, offset)), 10);
        }
        return firsts;
    }

    private static void append(final Blocks blocks, final int records) {
        final EventSignal signal = new EventSignal();
        for (int i = 0; i < records; i++) {
            blocks.add(signal, 1_000 + i);
        }
        blocks.append();
    }
}
