package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Append, read, positions, rolls, the clock, the lock, fail-stop. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class ChronicleJournalTest {
    @TempDir
    private Path directory;

    private final BlockKind kind;
    private final Blocks blocks;

    ChronicleJournalTest(final BlockKind kind) {
        this.kind = kind;
        this.blocks = new Blocks(1, kind);
    }

    @Test
    void shouldGiveBackEveryBlockWhenReadFromTheStart() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 300, 1);

            assertEquals(blocks.sequence(), journal.lastSequence());
            assertEquals(blocks.chain(), journal.lastChain());
            assertEquals(300, Blocks.read(journal, 1).size());
            assertEquals(1, journal.firstSequence());
        }
    }

    @Test
    void shouldGiveBackEveryBlockWhenLongAndShortOnesCrossChunksAndCycles() {
        try (ChronicleJournal journal = open()) {
            for (int day = 0; day < 4; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS);
                for (int i = 0; i < 40; i++) {
                    blocks.append(journal, 1, 60);
                    blocks.append(journal, 1, 1);
                    blocks.append(journal, 1, 200);
                }
            }
            assertEquals(blocks.sequence(), journal.lastSequence());
            assertEquals(4 * 40 * 3, Blocks.read(journal, 1).size());
        }
        try (ChronicleJournal again = open()) {
            assertEquals(blocks.chain(), again.lastChain());
            assertEquals(4 * 40 * 3, Blocks.read(again, 1).size());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldKeepEveryBlockAndTheInterruptWhenTheThreadIsInterrupted() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 1, 60);
            for (int i = 0; i < 5; i++) {
                Thread.currentThread().interrupt();
                blocks.append(journal, 1, 60);
                assertTrue(Thread.currentThread().isInterrupted());
                journal.sync();
                assertTrue(Thread.interrupted());
            }
            assertEquals(6, Blocks.read(journal, 1).size());
        } finally {
            Thread.interrupted();
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldFindTheBlockOfAnySequenceWhenCyclesAndIndexesAreMany() {
        try (ChronicleJournal journal = open()) {
            for (int day = 0; day < 4; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 200, 1);
            }
            final List<Long> all = Blocks.read(journal, 1);
            for (int i = 0; i < all.size(); i += 23) {
                final long first = all.get(i);
                final long last = i + 1 < all.size() ? all.get(i + 1) - 1 : journal.lastSequence();
                assertEquals(all.subList(i, all.size()), Blocks.read(journal, first), "from " + first);
                assertEquals(all.subList(i, all.size()), Blocks.read(journal, last), "from " + last);
            }
        }
    }

    @Test
    void shouldGiveTheNextRecordWhenOpenedExactlyAtTheEnd() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 10, 2);
            final long next = journal.lastSequence() + 1;
            try (JournalCursor cursor = journal.openCursor(next)) {
                assertEquals(List.of(), Blocks.drain(cursor));
                blocks.append(journal, 1, 2);
                assertEquals(List.of(next), Blocks.drain(cursor));
            }
        }
    }

    @Test
    void shouldGiveTheFirstRecordWhenOpenedOnAnEmptyJournal() {
        try (ChronicleJournal journal = open(); JournalCursor cursor = journal.openCursor(1)) {
            assertEquals(0, journal.lastSequence());
            assertEquals(1, journal.firstSequence());
            assertEquals(0, journal.lastChain());
            assertEquals(List.of(), Blocks.drain(cursor));
            blocks.append(journal, 2, 1);
            assertEquals(2, Blocks.drain(cursor).size());
        }
    }

    @Test
    void shouldRefuseAPositionWhenItIsBeyondTheEndOrTooOld() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 10, 1);
            final long end = journal.lastSequence();
            final PositionException beyond = assertThrows(PositionException.class, () -> journal.openCursor(end + 2));
            assertEquals(end, beyond.last());
            assertThrows(PositionException.class, () -> journal.openCursor(0));
            try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
                assertThrows(PositionException.class, () -> reader.openCursor(end + 2));
            }
        }
    }

    @Test
    void shouldGoOnBehindTheEndWhenReopened() {
        for (int i = 0; i < 5; i++) {
            try (ChronicleJournal journal = open()) {
                assertEquals(blocks.sequence(), journal.lastSequence());
                assertEquals(blocks.chain(), journal.lastChain());
                assertNull(journal.report().cutPlace());
                assertFalse(journal.report().isUncleanEnd(), "round " + i);
                blocks.time(Blocks.START_NS + i * Blocks.DAY_NS / 2).append(journal, 17, 2);
            }
        }
        try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
            assertEquals(85, Blocks.read(journal, 1).size());
            assertEquals(blocks.sequence(), journal.lastSequence());
            assertEquals(blocks.chain(), journal.lastChain());
            assertEquals(7, journal.hashSeed());
        }
        assertTrue(new JournalVerifier(directory).run(VerifyListener.NONE).isGood());
    }

    @Test
    void shouldGoOnWhenTheClockStepsBackOverARoll() {
        try (ChronicleJournal journal = open()) {
            blocks.time(Blocks.START_NS + Blocks.DAY_NS + 5).append(journal, 10, 1);
            blocks.time(Blocks.START_NS).append(journal, 10, 1);
        }
        try (ChronicleJournal journal = open()) {
            blocks.time(Blocks.START_NS - 3 * Blocks.DAY_NS).append(journal, 10, 1);
            blocks.time(-1).append(journal, 1, 1);
            assertEquals(31, Blocks.read(journal, 1).size());
        }
        assertEquals(1, JournalDirectory.cycleFiles(directory.resolve("gen-0")).size());
    }

    @Test
    void shouldFollowWithoutHoleWhenTheWriterRollsStopsAndStartsAgain() {
        final List<Long> seen;
        open().close();
        try (Journal reader = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = reader.openCursor(1)) {
            seen = Blocks.drain(cursor);
            for (int round = 0; round < 6; round++) {
                try (ChronicleJournal journal = open()) {
                    for (int i = 0; i < 10; i++) {
                        // long idle times: whole cycles without a record
                        blocks.time(Blocks.START_NS + (round * 40L + i * 3L) * Blocks.DAY_NS).append(journal, 3, 1);
                        seen.addAll(Blocks.drain(cursor));
                    }
                }
                seen.addAll(Blocks.drain(cursor));
            }
            assertEquals(Blocks.read(reader, 1), seen);
        }
        assertEquals(180, seen.size());
    }

    @Test
    void shouldRefuseASecondWriterWhenOneIsOpen() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 1, 1);
            final JournalException refused = assertThrows(JournalException.class, this::open);
            assertTrue(refused.getMessage().contains("open for writing already"), refused.getMessage());
            assertThrows(JournalException.class, () -> new JournalRepair(Blocks.context(directory)).run());
            blocks.append(journal, 1, 1);
        }
        open().close();
    }

    @Test
    void shouldTakeNothingMoreWhenAnAppendHasFailed() {
        final ChronicleJournal journal = open();
        blocks.append(journal, 5, 1);
        journal.writer().close();

        assertThrows(JournalException.class, () -> blocks.append(journal, 1, 1));
        final JournalException again = assertThrows(JournalException.class, () -> blocks.append(journal, 1, 1));
        assertTrue(again.getMessage().contains("has failed"), again.getMessage());
        assertThrows(JournalException.class, journal::sync);
        journal.close();
        try (ChronicleJournal next = open()) {
            assertEquals(5, Blocks.read(next, 1).size());
            new Blocks(2, kind).behind(next).append(next, 5, 1);
            assertEquals(10, Blocks.read(next, 1).size());
        }
    }

    @Test
    void shouldDieWhenABlockIsNotTheNext() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
            final Blocks others = new Blocks(3, kind);
            assertThrows(JournalException.class, () -> others.append(journal, 1, 1));
            assertThrows(JournalException.class, () -> blocks.append(journal, 1, 1));
        }
    }

    @Test
    void shouldRefuseARollCycleWhenTheRateWouldFillIt() {
        final ChronicleJournalContext small = new ChronicleJournalContext().directory(directory).cycle("TEST_DAILY").blocksPerSecond(1);
        final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(small));
        assertTrue(refused.getMessage().contains("take a larger cycle"), refused.getMessage());
        new ChronicleJournalContext().directory(directory).conclude();
    }

    @Test
    void shouldRefuseAnotherRollCycleWhenTheJournalHasOne() {
        open().close();
        assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory).cycle("TEST8_DAILY")));
    }

    @Test
    void shouldNameAnAbsentJournalWhenOpenedForReading() {
        assertThrows(JournalException.class, () -> ChronicleJournal.openReadOnly(directory));
        assertThrows(JournalException.class, () -> new JournalVerifier(directory).run(VerifyListener.NONE));
    }

    @Test
    void shouldRefuseToMakeAJournalWhenItsMetadataIsLost() throws IOException {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
        }
        Files.delete(directory.resolve("journal.properties"));
        assertThrows(JournalException.class, this::open);
    }

    @Test
    void shouldOpenWhenChroniclesOwnMetadataIsLostOrDamaged() throws IOException {
        final Path metadata = directory.resolve("gen-0").resolve(JournalDirectory.CHRONICLE_METADATA);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
        }
        Files.delete(metadata);
        try (ChronicleJournal journal = open()) {
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 5, 1);
        }
        final byte[] bytes = Files.readAllBytes(metadata);
        for (int i = 0; i < 64; i++) {
            bytes[i] = (byte)0xA5;
        }
        Files.write(metadata, bytes);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
            assertEquals(15, Blocks.read(journal, 1).size());
        }
    }

    @Test
    void shouldKeepTheSchemaWithTheJournal() throws IOException {
        open().close();
        try (InputStream schema = getClass().getResourceAsStream("/io/strowger/codecs/signals.sbeir")) {
            assertEquals(List.of(schema.readAllBytes().length), List.of((int)Files.size(directory.resolve("signals-v1.sbeir"))));
        }
    }

    @Test
    void shouldSyncWhenCyclesRollInBetween() {
        try (ChronicleJournal journal = open()) {
            journal.sync();
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 3, 1);
            }
            journal.sync();
            journal.sync();
            assertEquals(9, Blocks.read(journal, 1).size());
        }
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(Blocks.context(directory));
    }
}
