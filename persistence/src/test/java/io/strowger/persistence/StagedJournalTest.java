package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is staged: shown behind the flush, there behind a death, whoever looks. A death is a copy of the folder, taken while its writer
 * has it.
 */
class StagedJournalTest {
    @TempDir
    private Path folder;

    private final Blocks blocks = new Blocks(1);

    @Test
    void shouldShowWhatIsStagedBehindTheFlushAndAsOneBlock() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 1, 1);
            try (JournalCursor cursor = journal.openCursor(1)) {
                blocks.stage(journal, 9, 1);
                assertEquals(10, journal.lastSequence());
                assertEquals(blocks.chain(), journal.lastChain());
                assertTrue(journal.stagedLength() > 0);
                assertEquals(List.of(1L), Blocks.drain(cursor));

                journal.flush();
                assertEquals(0, journal.stagedLength());
                assertEquals(List.of(2L), Blocks.drain(cursor));
                assertEquals(List.of(2L), Blocks.read(journal, 10));
            }
        }
        StagedDeath.assertGood(folder.resolve("j"), 10);
    }

    @Test
    void shouldKeepTheOrderWhenBlocksAreAppendedBetweenStagedOnes() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 3, 1);
            blocks.append(journal, 1, 2);
            // one that is too long to be staged
            blocks.stage(journal, 2, 1);
            blocks.stage(journal, 1, 100);
            assertEquals(0, journal.stagedLength());
            assertEquals(List.of(1L, 2L, 5L, 7L, 9L), Blocks.read(journal, 1));
        }
        StagedDeath.assertGood(folder.resolve("j"), 108);
    }

    @Test
    void shouldFlushByItselfWhenMoreIsStagedThanTheFileHolds() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 2_000, 1);
            assertTrue(journal.stagedLength() < StagedFile.LENGTH);
            assertTrue(Blocks.read(journal, 1).size() > 2);
        }
        StagedDeath.assertGood(folder.resolve("j"), 2_001);
    }

    /** A router's thread writes what the thread that starts it has opened. */
    @Test
    void shouldBeWrittenByAnotherThreadThanTheOneThatBroughtStagedBlocksIn() throws Exception {
        final Path dead = StagedDeath.of(folder, blocks, 3);
        final List<Throwable> faults = new ArrayList<>();
        try (ChronicleJournal journal = open(dead)) {
            final Thread writer = new Thread(() -> {
                blocks.behind(journal).append(journal, 3, 1);
                blocks.stage(journal, 3, 1);
                journal.flush();
            });
            writer.setUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
            writer.start();
            writer.join();
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldFlushAtTheClose() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 5, 1);
        }
        assertNull(Damaged.verify(folder.resolve("j")).staged());
        StagedDeath.assertGood(folder.resolve("j"), 6);
    }

    @Test
    void shouldOpenACursorBehindWhatIsStaged() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 2, 1);
            blocks.stage(journal, 3, 1);
            try (JournalCursor within = journal.openCursor(4); JournalCursor behind = journal.openCursor(6)) {
                assertEquals(List.of(), Blocks.drain(within));
                assertEquals(List.of(), Blocks.drain(behind));
                journal.flush();
                blocks.append(journal, 1, 1);
                assertEquals(List.of(3L, 6L), Blocks.drain(within));
                assertEquals(List.of(6L), Blocks.drain(behind));
            }
        }
    }

    @Test
    void shouldNotMixDaysWhenOneEndsWhileBlocksAreStaged() {
        final Path directory = folder.resolve("j");
        try (ChronicleJournal journal = open(directory)) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 3, 1);
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).stage(journal, 1, 1);
            assertEquals(List.of(1L, 2L, 5L), Blocks.read(journal, 1));
            blocks.stage(journal, 2, 1);
        }
        final List<Damaged.BlockPlace> places = Damaged.places(directory);
        assertEquals(places.get(0).file(), places.get(1).file());
        assertFalse(places.get(1).file().equals(places.get(2).file()));
        assertEquals(List.of(1L, 2L, 5L, 6L), places.stream().map(Damaged.BlockPlace::firstSequence).toList());
    }

    @Test
    void shouldHoldEveryStagedBlockWhenTheWriterHasDied() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);

        assertEquals("4 records, sequences 3 to 6", Damaged.verify(dead).staged());
        try (Journal reader = ChronicleJournal.openReadOnly(dead)) {
            assertEquals(6, reader.lastSequence());
            assertEquals(blocks.chain(), reader.lastChain());
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), Blocks.read(reader, 1));
            assertEquals(List.of(5L, 6L), Blocks.read(reader, 5));
        }
        try (ChronicleJournal journal = open(dead)) {
            assertEquals(4, journal.report().stagedRecords());
            assertNull(journal.report().stagedLost());
            assertEquals(6, journal.report().lastSequence());
            assertEquals(blocks.chain(), journal.lastChain());
            blocks.stage(journal, 2, 1);
        }
        StagedDeath.assertGood(dead, 8);
        assertNull(Damaged.verify(dead).staged());
    }

    @Test
    void shouldHoldEveryStagedBlockWhenTheWriterHasDiedBeforeItsFirstFile() throws IOException {
        final Path directory = folder.resolve("j");
        final Path dead = folder.resolve("dead");
        open(directory).close();
        Damaged.copy(directory, dead);
        try (ChronicleJournal journal = open(directory)) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 2, 1);
            // the first block of a file is never staged, but a restored copy may lack the file
            Files.copy(directory.resolve("staged"), dead.resolve("staged"), StandardCopyOption.REPLACE_EXISTING);
        }
        try (ChronicleJournal journal = open(dead)) {
            assertEquals(0, journal.lastSequence());
            assertTrue(journal.report().stagedLost().endsWith(": offset 64: sequence 2 after 0"), journal.report().stagedLost());
        }
    }

    @Test
    void shouldTakeNoBlockTwiceWhenTheWriterHasDiedBehindTheFlush() throws IOException {
        final Path directory = folder.resolve("j");
        final Path dead = folder.resolve("dead");
        try (ChronicleJournal journal = open(directory)) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 4, 1);
            final byte[] staged = Files.readAllBytes(directory.resolve("staged"));
            journal.flush();
            Damaged.copy(directory, dead);
            Files.write(dead.resolve("staged"), staged);
        }
        try (Journal reader = ChronicleJournal.openReadOnly(dead)) {
            assertEquals(List.of(1L, 2L), Blocks.read(reader, 1));
        }
        try (ChronicleJournal journal = open(dead)) {
            assertEquals(0, journal.report().stagedRecords());
            assertNull(journal.report().stagedLost());
            assertEquals(5, journal.lastSequence());
        }
        StagedDeath.assertGood(dead, 5);
    }

    @Test
    void shouldKeepAsideWhatIsStagedWhenItDoesNotGoOnFromTheFiles() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        final Path other = folder.resolve("other");
        // the same sequences of another history
        final Blocks others = new Blocks(2);
        try (ChronicleJournal journal = open(other)) {
            others.append(journal, 2, 1);
        }
        Files.copy(dead.resolve("staged"), other.resolve("staged"), StandardCopyOption.REPLACE_EXISTING);
        assertNull(Damaged.verify(other).staged());
        assertTrue(Damaged.verify(other).stagedFault().contains("output chain"), Damaged.verify(other).stagedFault());
        try (Journal reader = ChronicleJournal.openReadOnly(other)) {
            assertEquals(2, reader.lastSequence());
        }
        try (ChronicleJournal journal = open(other)) {
            assertEquals(2, journal.lastSequence());
            assertTrue(journal.report().stagedLost().startsWith("staged-3.damaged: offset 64: its output chain"),
                journal.report().stagedLost());
            assertTrue(journal.report().summary().contains("; not taken in: staged-3.damaged"), journal.report().summary());
            others.stage(journal, 2, 1);
        }
        assertEquals(-1, Files.mismatch(dead.resolve("staged"), other.resolve("staged-3.damaged")));
        StagedDeath.assertGood(other, 4);
    }

    @Test
    void shouldTakeInWhatStandsBeforeABlockThatIsDamaged() throws IOException {
        final Path dead = StagedDeath.of(folder, blocks, 4);
        final byte[] staged = Files.readAllBytes(dead.resolve("staged"));
        final int second = StagedFile.FIRST + lengthAt(staged, StagedFile.FIRST);
        Damaged.flip(dead.resolve("staged"), second + 80, 1);
        try (ChronicleJournal journal = open(dead)) {
            assertEquals(3, journal.lastSequence());
            assertEquals(1, journal.report().stagedRecords());
            assertEquals("staged-3.damaged: offset " + second + ": checksum", journal.report().stagedLost());
        }
        StagedDeath.assertGood(dead, 3);
    }

    @Test
    void shouldGoOnWithoutAFileThatHoldsSomethingElse() throws IOException {
        for (final byte[] other : List.of(new byte[0], new byte[7], new byte[StagedFile.LENGTH])) {
            final Path directory = folder.resolve("other" + other.length);
            try (ChronicleJournal journal = open(directory)) {
                new Blocks(5).append(journal, 1, 1);
            }
            Files.write(directory.resolve("staged"), other);
            try (ChronicleJournal journal = open(directory)) {
                assertTrue(journal.report().stagedLost().contains("holds no staged blocks"), journal.report().stagedLost());
                new Blocks(6).behind(journal).stage(journal, 3, 1);
                final Path dead = Damaged.copy(directory, folder.resolve("dead" + other.length));
                assertEquals("3 records, sequences 2 to 4", Damaged.verify(dead).staged());
            }
            StagedDeath.assertGood(directory, 4);
        }
    }

    @Test
    void shouldTakeNothingMoreButFlushWhatItTookWhenTheDiskIsFull() {
        final FaultyDisk disk = new FaultyDisk();
        final Path directory = folder.resolve("j");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory).disk(disk))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 3, 1);
            disk.usableBytes(0).pass(SpaceGuard.MAX_AGE_MS);
            final int length = blocks.make(1);
            assertFalse(journal.stage(blocks.buffer(), 0, length));
            assertFalse(journal.append(blocks.buffer(), 0, length));
            assertEquals(4, journal.lastSequence());
            assertEquals(List.of(1L, 2L), Blocks.read(journal, 1));
            disk.usableBytes(Long.MAX_VALUE);
            assertTrue(journal.stage(blocks.buffer(), 0, length));
        }
        StagedDeath.assertGood(directory, 5);
    }

    @Test
    void shouldHoldWhatWasStagedWhenTheJournalHasFailed() throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        final Path directory = folder.resolve("j");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory).disk(disk))) {
            blocks.append(journal, 1, 1);
            blocks.stage(journal, 3, 1);
            disk.failForce(new IOException("gone"));
            assertThrows(JournalException.class, journal::sync);
            assertThrows(JournalException.class, journal::flush);
            final int length = blocks.make(1);
            assertThrows(JournalException.class, () -> journal.stage(blocks.buffer(), 0, length));
        }
        try (ChronicleJournal journal = open(directory)) {
            assertEquals(3, journal.report().stagedRecords());
        }
        StagedDeath.assertGood(directory, 4);
    }

    @Test
    void shouldRefuseWhatDoesNotFollowAndBeDeadThen() {
        try (ChronicleJournal journal = open(folder.resolve("j"))) {
            blocks.append(journal, 1, 1);
            blocks.make(1);
            final int length = blocks.make(1);
            assertThrows(JournalException.class, () -> journal.stage(blocks.buffer(), 0, length));
            assertThrows(JournalException.class, journal::flush);
        }
    }

    private static ChronicleJournal open(final Path directory) {
        return ChronicleJournal.open(Blocks.context(directory));
    }

    private static int lengthAt(final byte[] bytes, final int block) {
        return BlockLayout.length(new UnsafeBuffer(bytes), block);
    }
}
