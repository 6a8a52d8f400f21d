package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A removal that dies anywhere: before the ledger nothing is gone, behind it all of it, and the next writer deletes what is left. */
class RemovalCrashTest {
    private static final int DAYS = 6;
    private static final int A_DAY = 10;
    private static final int REMOVED = 4;

    @TempDir
    private Path folder;
    private Path directory;

    @BeforeEach
    void write() {
        directory = folder.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Blocks blocks = new Blocks(1, BlockKind.MIXED);
            for (int day = 0; day < DAYS; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, A_DAY, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldFinishTheDeletionWhenItDiedWithin(final int deleted) throws Exception {
        assertEquals(9, die(deleted));
        assertEquals(DAYS - deleted, JournalDirectory.allCycleFiles(generation()).size());
        assertBeginning(DAYS * A_DAY);

        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(REMOVED * A_DAY + 1, journal.firstSequence());
            assertEquals(DAYS - REMOVED, JournalDirectory.allCycleFiles(generation()).size());
            new Blocks(2, BlockKind.MIXED).behind(journal).time(Blocks.START_NS + DAYS * Blocks.DAY_NS).append(journal, A_DAY, 1);
        }
        assertBeginning((DAYS + 1) * A_DAY);
    }

    @Test
    void shouldRemoveNothingWhenItDiedBeforeTheLedger() throws Exception {
        assertEquals(9, die(-1));
        assertEquals(DAYS, JournalDirectory.cycleFiles(generation()).size());
        try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
            assertEquals(1, journal.firstSequence());
            assertEquals(sequences(1, DAYS * A_DAY), Blocks.read(journal, 1));
        }
    }

    @Test
    void shouldFinishTheDeletionWhenTheNextRunIsAnotherRemoval() throws Exception {
        assertEquals(9, die(1));
        try (KeptCycles cycles = KeptCycles.open(directory)) {
            assertEquals(DAYS - REMOVED, cycles.list().size());
        }
        assertEquals(DAYS - REMOVED, JournalDirectory.allCycleFiles(generation()).size());
    }

    @Test
    void shouldRefuseTheJournalWhenWhatItBeginsWithIsGone() throws IOException {
        remove();
        Files.delete(JournalDirectory.cycleFiles(generation()).get(0));
        assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
        final VerifyReport report = new JournalVerifier(directory).run(VerifyListener.NONE);
        assertEquals("[41-50]", report.missing().toString());
    }

    @Test
    void shouldRefuseTheJournalWhenTheLedgerIsDamaged() throws IOException {
        remove();
        final Path ledger = generation().resolve(RemovalLedger.FILE_NAME);
        final String text = Files.readString(ledger);
        Files.writeString(ledger, text.replace("first.sequence=41", "first.sequence=51"));
        final JournalException fault = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
        assertTrue(fault.getMessage().contains("checksum"), fault.getMessage());
        assertThrows(JournalException.class, () -> new JournalVerifier(directory).run(VerifyListener.NONE));
    }

    @Test
    void shouldKeepTheBeginningWhenTheJournalIsRepaired() throws IOException {
        remove();
        final Path file = JournalDirectory.cycleFiles(generation()).get(0);
        Damaged.flip(file, Damaged.places(directory).get(0).offset() + 80, 1);
        assertTrue(new JournalRepair(Blocks.context(directory)).run().isDone());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(REMOVED * A_DAY + 2, journal.firstSequence());
            assertEquals("[41]", journal.missing().toString());
            assertEquals(sequences(REMOVED * A_DAY + 2, DAYS * A_DAY), Blocks.read(journal, journal.firstSequence()));
            assertTrue(assertThrows(PositionException.class, () -> journal.openCursor(40)).isTooOld());
        }
        final VerifyReport report = new JournalVerifier(directory).run(VerifyListener.NONE);
        assertTrue(report.isGood(), report::toString);
        assertEquals(REMOVED * A_DAY + 1, report.firstKept());
    }

    @Test
    void shouldSyncWhatIsLeftWhenAFileWasRemovedMeanwhile() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final KeptCycles cycles = KeptCycles.of(journal);
            cycles.beginWith(cycles.list().get(REMOVED));
            journal.sync();
            assertEquals(REMOVED * A_DAY + 1, journal.firstSequence());
        }
    }

    @Test
    void shouldCallABeginningMissingThatNoLedgerExplains() throws IOException {
        Files.delete(JournalDirectory.cycleFiles(generation()).get(0));
        final VerifyReport report = new JournalVerifier(directory).run(VerifyListener.NONE);
        assertFalse(report.isGood());
        assertEquals("[1-10]", report.missing().toString());
    }

    private void assertBeginning(final long last) {
        final long first = REMOVED * A_DAY + 1;
        try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
            assertEquals(first, journal.firstSequence());
            assertEquals(last, journal.lastSequence());
            assertEquals(sequences(first, last), Blocks.read(journal, first));
            final PositionException fault = assertThrows(PositionException.class, () -> journal.openCursor(first - 1));
            assertTrue(fault.isTooOld());
            assertEquals(first, fault.first());
            assertEquals(last, fault.last());
        }
        final VerifyReport report = new JournalVerifier(directory).run(VerifyListener.NONE);
        assertTrue(report.isGood(), report::toString);
        assertEquals(first, report.firstKept());
        assertEquals(first, report.firstSequence());
    }

    @Test
    void shouldGoOnOrSayTooOldWhenTheFileOfAReaderIsRemoved() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory));
            Journal reader = ChronicleJournal.openReadOnly(directory);
            JournalCursor within = reader.openCursor(5); JournalCursor before = reader.openCursor(REMOVED * A_DAY);
            JournalCursor end = reader.openCursor(DAYS * A_DAY + 1)) {
            final KeptCycles cycles = KeptCycles.of(journal);
            cycles.beginWith(cycles.list().get(REMOVED));
            // what it has open it reads to its end
            final PositionException fault = assertThrows(PositionException.class, () -> Blocks.drain(within));
            assertEquals(A_DAY + 1, fault.position());
            assertEquals(REMOVED * A_DAY + 1, fault.first());
            assertEquals(DAYS * A_DAY, fault.last());
            // the next one is the first that is kept
            assertEquals(sequences(REMOVED * A_DAY, DAYS * A_DAY), Blocks.drain(before));
            assertEquals(List.of(), Blocks.drain(end));
            assertEquals(REMOVED * A_DAY + 1, reader.firstSequence());
            assertEquals(REMOVED * A_DAY + 1, journal.firstSequence());
        }
    }

    private void remove() {
        try (KeptCycles cycles = KeptCycles.open(directory)) {
            cycles.beginWith(cycles.list().get(REMOVED));
        }
    }

    private int die(final int deleted) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), folder, RemoveOnce.class, directory.toString(), Integer.toString(REMOVED),
            Integer.toString(deleted))) {
            return child.join();
        }
    }

    private Path generation() {
        return directory.resolve("gen-0");
    }

    private static List<Long> sequences(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
