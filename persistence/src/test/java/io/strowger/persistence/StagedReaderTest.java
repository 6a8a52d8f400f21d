package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.persistence.tail.JournalTail;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is staged, and who reads: while its writer lives, when it has died, and while the next one begins. */
@Timeout(60)
class StagedReaderTest {
    @TempDir
    private Path folder;

    private final Blocks blocks = new Blocks(1);

    @Test
    void shouldGoOnInAReaderOfADeadWritersJournalWhenTheNextWriterHasBegun() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        try (Journal reader = ChronicleJournal.openReadOnly(dead); JournalCursor cursor = reader.openCursor(4);
            JournalTail tail = JournalTail.open(dead, "billing")) {
            assertEquals(List.of(4L, 5L, 6L), Blocks.drain(cursor));
            final List<Long> tailed = new ArrayList<>();
            tail.poll(tailedRecord -> tailed.add(tailedRecord.sequence()), 5);
            tail.commit();
            try (ChronicleJournal journal = open(dead)) {
                blocks.append(journal, 1, 1);
                blocks.stage(journal, 3, 1);
                journal.flush();
                assertEquals(List.of(7L, 8L), Blocks.drain(cursor));
                assertEquals(10, reader.lastSequence());
                tail.poll(tailedRecord -> tailed.add(tailedRecord.sequence()), 50);
                assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), tailed);
            }
        }
        // the cursor stands within what was staged, and that is where it was
        try (JournalTail again = JournalTail.open(dead, "billing")) {
            assertEquals(6, again.position());
        }
    }

    @Test
    void shouldShowTheSameToAReaderWhileRetentionOrARepairHasTheJournal() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        try (JournalTail tail = JournalTail.open(dead, "billing")) {
            assertEquals(6, tail.poll(record -> { }, 50));
            tail.commit();
        }
        try (LockFile held = LockFile.take(dead.resolve("LOCK")); JournalTail tail = JournalTail.open(dead, "billing");
            Journal reader = ChronicleJournal.openReadOnly(dead)) {
            assertNotNull(held);
            assertEquals(7, tail.position());
            assertEquals(6, reader.lastSequence());
        }
    }

    @Test
    void shouldSeeWhatWasStagedLastInAReaderThatWasOpenBeforeItsWriterDied() {
        final Path directory = folder.resolve("j");
        final FaultyDisk disk = new FaultyDisk();
        try (Journal reader = dieBeside(directory, disk)) {
            assertEquals(7, reader.lastSequence());
            assertEquals(List.of(1L, 2L, 6L, 7L), Blocks.read(reader, 1));
        }
    }

    /** A reader that was there when the writer flushed, staged and failed. */
    private Journal dieBeside(final Path directory, final FaultyDisk disk) {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory).disk(disk))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 4, 1);
            final Journal reader = ChronicleJournal.openReadOnly(directory);
            assertEquals(1, reader.lastSequence());
            journal.flush();
            blocks.stage(journal, 2, 1);
            assertEquals(5, reader.lastSequence());
            disk.failForce(new IOException("gone"));
            assertThrows(JournalException.class, journal::sync);
            return reader;
        }
    }

    @Test
    void shouldWaitForAReaderThatReadsWhatIsStagedWhenAWriterBegins() throws Exception {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        final Thread writer = new Thread(() -> open(dead).close());
        final LockFile reading = LockFile.take(dead.resolve("STAGED"));
        try (Journal reader = ChronicleJournal.openReadOnly(dead)) {
            writer.start();
            // what it brings in is there before it waits
            while (Damaged.places(dead).size() < 6) {
                Thread.onSpinWait();
            }
            assertEquals(4, StagedBlocks.read(dead.resolve("staged"), Gaps.NONE, 2, chainAt(dead)).records());
            assertEquals(6, reader.lastSequence());
        } finally {
            reading.close();
        }
        writer.join();
        StagedDeath.assertGood(dead, 6);
        assertEquals(0, StagedBlocks.read(dead.resolve("staged"), Gaps.NONE, 6, blocks.chain()).records());
    }

    @Test
    void shouldLetGoOfItsFilesWhenItCanNotBeOpened() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        // a folder where the file should be
        Files.delete(dead.resolve("staged"));
        Files.createDirectories(dead.resolve("staged").resolve("x"));
        for (int i = 0; i < 3; i++) {
            assertThrows(JournalException.class, () -> open(dead));
        }
        assertEquals(0, mappings(dead));
    }

    @Test
    void shouldShowReadersNothingThatIsStagedWhileItsWriterLives() {
        final Path directory = folder.resolve("j");
        try (ChronicleJournal journal = open(directory)) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 4, 1);
            try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
                assertEquals(1, reader.lastSequence());
                assertNull(Damaged.verify(directory).staged());
                journal.flush();
                assertEquals(5, reader.lastSequence());
            }
        }
    }

    private static long chainAt(final Path directory) {
        try (Journal reader = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = reader.openCursor(2)) {
            final long[] chain = new long[1];
            cursor.poll((buffer, offset, length) -> {
                chain[0] = BlockLayout.chain(buffer, offset);
                return false;
            }, 1);
            return chain[0];
        }
    }

    private static long mappings(final Path directory) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains(directory.toString())).count();
        }
    }

    private static ChronicleJournal open(final Path directory) {
        return ChronicleJournal.open(Blocks.context(directory));
    }
}
