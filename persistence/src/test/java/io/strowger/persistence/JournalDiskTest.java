package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sync and its failure, the disk that is full and has room again. */
@Timeout(120)
class JournalDiskTest {
    private static final long RESERVE = 1 << 20;

    @TempDir
    private Path directory;

    private final FaultyDisk disk = new FaultyDisk();
    private final Blocks blocks = new Blocks(1);

    @Test
    void shouldForceEveryFileWrittenSinceTheLastSyncWhenCyclesHaveRolled() {
        try (ChronicleJournal journal = open()) {
            journal.sync();
            assertEquals(List.of("gen-0"), disk.forced());
            for (int day = 0; day < 4; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 3, 1);
            }
            journal.sync();
            assertEquals(List.of("20241004T4.cq4", "20241005T4.cq4", "20241006T4.cq4", "20241007T4.cq4", "gen-0"), disk.forced());
            journal.sync();
            assertEquals(List.of("20241007T4.cq4"), disk.forced());
            blocks.time(Blocks.START_NS + 4 * Blocks.DAY_NS).append(journal, 1, 1);
            journal.sync();
            assertEquals(List.of("20241007T4.cq4", "20241008T4.cq4", "gen-0"), disk.forced());
        }
        // nobody knows what the writer before had brought to the disk
        try (ChronicleJournal journal = open()) {
            journal.sync();
            assertEquals(List.of("20241004T4.cq4", "20241005T4.cq4", "20241006T4.cq4", "20241007T4.cq4", "20241008T4.cq4", "gen-0"),
                disk.forced());
            journal.sync();
            assertEquals(List.of("20241008T4.cq4"), disk.forced());
        }
    }

    @Test
    void shouldLeaveToTheNextSyncWhatIsAppendedWhileOneIsAtTheDisk() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 3, 1);
            disk.beside(() -> blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 3, 1));
            journal.sync();
            assertEquals(List.of("20241004T4.cq4", "gen-0"), disk.forced());
            journal.sync();
            assertEquals(List.of("20241004T4.cq4", "20241005T4.cq4", "gen-0"), disk.forced());
            assertEquals(6, Blocks.read(journal, 1).size());
        }
    }

    @Test
    void shouldFinishTheSyncThatACloseMeetsAndRefuseTheNext() {
        final ChronicleJournal journal = open();
        blocks.append(journal, 3, 1);
        disk.beside(journal::close);
        journal.sync();
        assertEquals(List.of("20241004T4.cq4", "gen-0"), disk.forced());
        assertThrows(JournalException.class, journal::sync);
        assertEquals(List.of(), disk.forced());
    }

    @Test
    void shouldForceTheNameOfEachFolderThatIsMade() {
        final Path root = directory.resolve("a").resolve("b");
        ChronicleJournal.open(Blocks.context(root).reserveBytes(RESERVE).disk(disk)).close();
        assertEquals(List.of(directory.getFileName().toString(), "a"), disk.forced());
    }

    @Test
    void shouldTakeBlocksOfOneThreadWhileAnotherSyncs() throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final AtomicBoolean isDone = new AtomicBoolean();
            final Thread syncing = new Thread(() -> {
                while (!isDone.get()) {
                    journal.sync();
                }
            });
            syncing.setUncaughtExceptionHandler((thread, fault) -> failure.set(fault));
            syncing.start();
            for (int i = 0; i < 1_500; i++) {
                blocks.time(Blocks.START_NS + i / 300 * Blocks.DAY_NS).append(journal, 1, 0 == i % 3 ? 60 : 1);
            }
            isDone.set(true);
            syncing.join();
            assertEquals(1_500, Blocks.read(journal, 1).size());
        }
        assertEquals(null, failure.get());
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldBeDeadForEveryThreadWhenASyncFails() throws InterruptedException {
        final IOException fault = new IOException("Input/output error");
        final ChronicleJournal journal = open();
        blocks.append(journal, 5, 1);
        disk.failForce(fault);
        assertSame(fault, assertThrows(JournalException.class, journal::sync).getCause());
        disk.failForce(null);

        assertThrows(JournalException.class, journal::sync);
        assertThrows(JournalException.class, () -> blocks.append(journal, 1, 1));
        final AtomicReference<Throwable> elsewhere = new AtomicReference<>();
        final Thread reader = new Thread(() -> elsewhere.set(assertThrows(JournalException.class, () -> journal.openCursor(1))));
        reader.start();
        reader.join();
        assertTrue(elsewhere.get().getMessage().contains("has failed"), String.valueOf(elsewhere.get()));
        journal.close();
        try (ChronicleJournal next = open()) {
            assertEquals(5, Blocks.read(next, 1).size());
        }
    }

    @Test
    void shouldTakeNothingWhileOnlyTheReserveIsLeftAndGoOnWhenThereIsRoomAgain() {
        disk.usableBytes(RESERVE + 10_000);
        try (ChronicleJournal journal = open()) {
            long written = 0;
            int length = blocks.make(2);
            while (journal.append(blocks.buffer(), 0, length)) {
                written += length;
                disk.usableBytes(RESERVE + 10_000 - written);
                length = blocks.make(2);
            }
            assertTrue(written > 8_000 && written <= 10_000, "written " + written);
            final long last = journal.lastSequence();
            assertFalse(journal.append(blocks.buffer(), 0, length));
            assertEquals(last, journal.lastSequence());
            disk.usableBytes(10 * RESERVE);
            assertTrue(journal.append(blocks.buffer(), 0, length));
            blocks.append(journal, 10, 1);
            assertEquals(blocks.chain(), journal.lastChain());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldTakeNothingOnceOthersHaveTakenTheRoomHoweverLittleItHasAppended() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 1, 2);
            disk.usableBytes(RESERVE - 1).pass(SpaceGuard.MAX_AGE_MS);
            final int length = blocks.make(2);
            assertFalse(journal.append(blocks.buffer(), 0, length));
            disk.usableBytes(10 * RESERVE);
            assertTrue(journal.append(blocks.buffer(), 0, length));
        }
    }

    @Test
    void shouldLookAtTheDiskBeforeItMakesACycleFile() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 1, 2);
            disk.usableBytes(RESERVE - 1);
            blocks.append(journal, 1, 2);
            final int length = blocks.time(Blocks.START_NS + Blocks.DAY_NS).make(2);
            assertFalse(journal.append(blocks.buffer(), 0, length));
            disk.usableBytes(10 * RESERVE);
            assertTrue(journal.append(blocks.buffer(), 0, length));
        }
    }

    @Test
    void shouldLookAtTheDiskSeldomWhenThereIsRoom() {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 2_000, 2);
            assertTrue(disk.looks() < 5, "looks " + disk.looks());
        }
    }

    @Test
    void shouldRefuseToOpenWhenTheDiskHasNoRoomForAWriter() {
        disk.usableBytes(RESERVE - 1);
        final JournalException thrown = assertThrows(JournalException.class, this::open);
        assertTrue(thrown.getMessage().contains("a writer needs " + RESERVE), thrown.getMessage());
        disk.usableBytes(RESERVE);
        open().close();
    }

    @Test
    void shouldHaveNoRoomInTimeWhenARealDiskIsFull() throws Exception {
        final Path small = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()), "no mount here");
        final Path folder = small.resolve("j");
        try {
            try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder))) {
                int length = blocks.make(40);
                while (journal.append(blocks.buffer(), 0, length)) {
                    length = blocks.make(40);
                }
                assertTrue(small.toFile().getUsableSpace() > 0, "it was written full");
                assertTrue(journal.lastSequence() > 10_000, "records " + journal.lastSequence());
                assertEquals(0, run("mount", "-o", "remount,size=16m", small.toString()));
                assertTrue(journal.append(blocks.buffer(), 0, length));
                journal.sync();
                assertEquals(blocks.sequence(), journal.lastSequence());
            }
            assertTrue(Damaged.verify(folder).isGood(), Damaged.verify(folder).toString());
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(Blocks.context(directory).reserveBytes(RESERVE).disk(disk));
    }

    private static int run(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (final IOException ex) {
            // there is no such program
            return -1;
        }
    }
}
