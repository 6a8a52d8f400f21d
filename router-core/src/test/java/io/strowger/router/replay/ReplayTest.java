package io.strowger.router.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Replay gives what the journal holds, or names the first sequence that differs.
 */
class ReplayTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final BlockWriter out = new BlockWriter(64 * 1024);
    private final Replay replay = new Replay(new EchoFold(out), out);

    @BeforeEach
    void write() {
        final Blocks blocks = new Blocks(journal);
        final EventSignal signal = new EventSignal();
        // records 1..4, 5, 6..7 (no event, one event); then 8..10 and the continues 11..13, 14
        blocks.add(signal.events(4), 100).add(signal.events(1), 200).add(signal.events(0), 300).add(signal.events(1), 300).append();
        blocks.add(signal.events(3).owed(4), 400).pay(400).pay(500).append();
    }

    @Test
    void shouldStandWhereTheJournalStandsWhenNothingDiffers() {
        assertEquals(14, replay.run(journal));
        assertEquals(14, replay.position());
        assertEquals(journal.lastChain(), replay.chain());
        assertEquals(500, replay.journalTimeNs());
    }

    @Test
    void shouldGoOnWhereItStandsWhenBlocksCameLater() {
        assertEquals(14, replay.run(journal));
        new Blocks(journal).add(new EventSignal(), 600).append();
        assertEquals(15, replay.run(journal));
        assertEquals(journal.lastChain(), replay.chain());
    }

    @Test
    void shouldNameTheRecordWhenAnyByteOfARecordIsChanged() {
        for (int index = 0; index < journal.blockCount(); index++) {
            final UnsafeBuffer block = journal.block(index);
            final RecordCursor records = new RecordCursor().wrap(block, 0);
            while (records.next()) {
                // a byte of the event where there is one; an input's signal can't differ from itself
                final int at = RecordLayout.eventLength(block, records.record()) > 0
                    ? RecordLayout.eventOffset(block, records.record()) + 20 : records.record() + RecordLayout.OUTCOME_OFFSET;
                assertDifference(records.sequence(), block, at, "at " + at);
            }
        }
    }

    @Test
    void shouldNameTheLastRecordWhenOnlyTheChainDiffers() {
        assertDifference(7, journal.block(0), BlockLayout.CHAIN_OFFSET, "chain");
    }

    @Test
    void shouldNameTheSequenceWhenABlockIsMissing() {
        final MemoryJournal gap = new MemoryJournal();
        final Blocks blocks = new Blocks(gap);
        blocks.add(new EventSignal(), 1).append();
        final UnsafeBuffer block = gap.block(0);
        block.putLong(BlockLayout.FIRST_SEQUENCE_OFFSET, 3);
        assertEquals(1, assertThrows(ReplayException.class, () -> replay.onBlock(block, 0, block.capacity())).sequence());
    }

    @Test
    void shouldNameTheRecordWhenTheFoldGivesFewerThanTheJournalHas() {
        final UnsafeBuffer block = journal.block(0);
        // the first input says one event, the journal has four records of it: the fold, run again, gives one
        final int events = BlockLayout.HEADER_LENGTH + RecordLayout.SIGNAL_OFFSET + 8
            + EventDecoder.durationMsEncodingOffset();
        block.putLong(events, 1);
        assertEquals(1, assertThrows(ReplayException.class, () -> replay.onBlock(block, 0, block.capacity())).sequence());
    }

    @Test
    void shouldFoldNothingWhenRecordsAreMissing() {
        journal.lose(new SequenceRange(8, 9));
        final MissingRecordsException thrown = assertThrows(MissingRecordsException.class, () -> replay.run(journal));
        assertEquals(8, thrown.firstMissing());
        assertTrue(thrown.getMessage().contains("sequences 8-9 are lost"), thrown.getMessage());
        assertEquals(0, replay.position());
    }

    @Test
    void shouldSayWhereTheBlocksEndWhenTheJournalSaysThatItEndsLater() {
        final Journal longer = new ForwardingJournal(journal) {
            @Override
            public long lastSequence() {
                return 17;
            }
        };
        assertEquals(15, assertThrows(ReplayException.class, () -> replay.run(longer)).sequence());
    }

    @Test
    void shouldReplayTheCoreWhenGivenItsSettings() {
        final Replay core = Replay.intoNewCore(new MemoryJournal());
        assertEquals(0, core.run(new MemoryJournal()));
        assertEquals(0, core.chain());
    }

    private void assertDifference(final long sequence, final UnsafeBuffer block, final int at, final String what) {
        final BlockWriter writer = new BlockWriter(64 * 1024);
        final Replay fresh = new Replay(new EchoFold(writer), writer);
        final byte was = block.getByte(at);
        block.putByte(at, (byte)(was ^ 1));
        assertEquals(sequence, assertThrows(ReplayException.class, () -> fresh.run(journal), what).sequence(), what);
        block.putByte(at, was);
    }
}
