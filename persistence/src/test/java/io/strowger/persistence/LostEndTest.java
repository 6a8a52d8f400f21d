package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose newest file is empty or gone is damaged, not new. */
class LostEndTest {
    @TempDir
    private Path directory;

    private final Blocks blocks = new Blocks(1);

    @Test
    void shouldNameTheOnlyCycleFileWhenItIsEmpty() {
        write(1, true);
        Damaged.cut(newest(), 0);
        assertNamed("20241004T4.cq4", 0, 10);
    }

    @Test
    void shouldNameTheOnlyCycleFileWhenItIsGone() throws IOException {
        write(1, true);
        Files.delete(newest());
        assertNamed("20241004T4.cq4", 0, 10);
    }

    @Test
    void shouldNameTheFolderOfTheBlocksWhenItIsGone() throws IOException {
        write(1, true);
        for (final Path file : FolderListing.of(directory.resolve("gen-0"), "*")) {
            Files.delete(file);
        }
        Files.delete(directory.resolve("gen-0"));
        final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
        assertTrue(refused.getMessage().contains("gen-0 is gone"), refused.getMessage());
        assertEquals(List.of(new SequenceRange(1, 10)), Damaged.verify(directory).missing());
        assertTrue(new JournalRepair(Blocks.context(directory)).run().isDone());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(10, journal.lastSequence());
        }
    }

    @Test
    void shouldNameTheNewestOfManyWhenItIsEmptyOrGone() throws IOException {
        write(3, true);
        Damaged.cut(newest(), 0);
        assertNamed("20241006T4.cq4", 20, 30);
        Files.delete(newest());
        assertNamed("20241006T4.cq4", 20, 30);
    }

    @Test
    void shouldKnowOfAWriterThatDiedWithoutASyncOnceItWasOpenedAgain() throws IOException {
        write(1, false);
        ChronicleJournal.open(Blocks.context(directory)).close();
        Files.delete(newest());
        assertNamed("20241004T4.cq4", 0, 10);
    }

    @Test
    void shouldGoOnBehindWhatIsLostWhenItIsRepaired() throws IOException {
        write(2, true);
        Files.delete(newest());
        final RepairReport report = new JournalRepair(Blocks.context(directory)).run();
        assertTrue(report.isDone());
        assertEquals(List.of(new SequenceRange(11, 20)), report.missing());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(20, journal.lastSequence());
            new Blocks(2).behind(journal).append(journal, 1, 1);
            journal.sync();
        }
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(21, journal.lastSequence());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldRepairAJournalThatHasLostItsOnlyFile() throws IOException {
        write(1, true);
        Files.delete(newest());
        assertTrue(new JournalRepair(Blocks.context(directory)).run().isDone());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(10, journal.lastSequence());
            new Blocks(2).behind(journal).append(journal, 1, 1);
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldOpenAJournalThatWasOpenedAndNeverWrittenTo() {
        for (int i = 0; i < 3; i++) {
            try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
                journal.sync();
                assertEquals(0, journal.lastSequence());
            }
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldOpenAJournalFromBeforeThereWasAMark() throws IOException {
        write(2, true);
        final Path properties = directory.resolve("journal.properties");
        final String text = Files.readString(properties);
        assertTrue(text.contains("\nwritten=20241005T4.cq4:11:20\n"), text);
        Files.writeString(properties, text.replace("written=20241005T4.cq4:11:20\n", ""));
        assertTrue(Damaged.verify(directory).isGood());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(20, journal.lastSequence());
        }
        assertEquals(text, Files.readString(properties));
    }

    /** The files first, journal.properties last: what was written down meanwhile must not call the copy damaged. */
    @Test
    void shouldOpenACopyTakenWhileACycleRolled() throws IOException {
        final Path copy = directory.resolve("copy");
        final Path live = directory.resolve("live");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(live))) {
            blocks.append(journal, 5, 2);
            journal.sync();
            Damaged.copy(live, copy);
            blocks.append(journal, 5, 2);
            journal.sync();
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 5, 2);
            journal.sync();
            Files.copy(live.resolve("journal.properties"), copy.resolve("journal.properties"), StandardCopyOption.REPLACE_EXISTING);
        }
        assertTrue(Damaged.verify(copy).isGood(), Damaged.verify(copy).toString());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(copy))) {
            assertEquals(10, journal.lastSequence());
        }
    }

    @Test
    void shouldSayThatTheMarkIsDamagedWhenItIsNone() {
        for (final String text : List.of(":", "x", "x:", "x:1", "x:0:7", ":7:7", "x:-1:3", "x:y:8", "x:8:7", "x:1:2:3")) {
            assertThrows(IllegalArgumentException.class, () -> WrittenMark.parse(text), text);
        }
        final WrittenMark mark = new WrittenMark("a.cq4", 7, 9);
        assertEquals(mark, WrittenMark.parse(mark.toString()));
    }

    /** Ten records a day. */
    private void write(final int days, final boolean isSynced) {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            for (int day = 0; day < days; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 5, 2);
            }
            if (isSynced) {
                journal.sync();
            }
        }
    }

    private Path newest() {
        final List<Path> files = JournalDirectory.cycleFiles(directory.resolve("gen-0"));
        return files.get(files.size() - 1);
    }

    private void assertNamed(final String file, final long end, final long written) {
        for (int i = 0; i < 2; i++) {
            final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
            assertTrue(refused.getMessage().contains(file) && refused.getMessage().contains("ends with " + end), refused.getMessage());
        }
        final VerifyReport report = Damaged.verify(directory);
        assertFalse(report.isGood());
        assertEquals(List.of(file), report.damages().stream().map(Damage::file).toList());
        assertEquals(List.of(new SequenceRange(end + 1, written)), report.missing());
        try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
            final JournalException said = assertThrows(JournalException.class, reader::lastSequence);
            assertTrue(said.getMessage().contains(file), said.getMessage());
        }
    }
}
