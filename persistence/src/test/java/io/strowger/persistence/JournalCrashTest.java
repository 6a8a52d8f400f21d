package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.CycleHead;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment the writer dies at: what it acknowledged is there, once, in order, and the next writer starts at once. */
class JournalCrashTest {
    private static final int HALF_HEAD = 0x800000C1;

    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void shouldHoldEveryAcknowledgedBlockWhenTheWriterIsKilled() throws Exception {
        killTimes(4, 1);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void shouldHoldEveryAcknowledgedBlockWhenTheWriterIsKilledFiftyTimes() throws Exception {
        killTimes(50, new Random().nextLong());
    }

    @Test
    @Timeout(60)
    void shouldStartAtOnceWhenTheLockOfADeadWriterHasThisProcessId() {
        try (ChronicleJournal journal = open()) {
            new Blocks(1).append(journal, 5, 1);
        }
        // as in a container, where the dead writer and this one are both process 1
        AppendLoop.tear(directory);
        final long startNs = System.nanoTime();
        try (ChronicleJournal journal = open()) {
            assertTrue(System.nanoTime() - startNs < 10_000_000_000L, "waited for the lock of a dead process");
            assertEquals(304, journal.report().cutBytes());
            assertNotNull(journal.report().cutPlace());
            new Blocks(2).behind(journal).append(journal, 5, 1);
            assertEquals(10, Blocks.read(journal, 1).size());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    @Tag("slow")
    @Timeout(180)
    void shouldStartAtOnceWhenEveryWriterIsProcessOne() throws Exception {
        final List<String> alone = List.of("unshare", "-pf", "--mount-proc");
        assumeTrue(0 == run("unshare", "-pf", "--mount-proc", "true"), "unshare is not allowed here");
        for (int round = 1; round <= 3; round++) {
            try (ChildJvm torn = ChildJvm.start(alone, directory, directory.resolve("j").toString(), "tear")) {
                assertEquals(9, torn.join());
            }
            try (ChildJvm next = ChildJvm.start(alone, directory, directory.resolve("j").toString(), "100")) {
                assertEquals(round * 100L, next.readAcks(Integer.MAX_VALUE) - next.readAcks(1) - 1);
                assertEquals(0, next.join());
            }
        }
        assertTrue(Damaged.verify(directory.resolve("j")).isGood());
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void shouldHoldEveryAcknowledgedBlockWhenTheDiskIsFull() throws Exception {
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()), "no mount here");
        final Path journal = disk.resolve("j");
        try {
            for (int round = 1; round <= 3; round++) {
                final long acknowledged;
                try (ChildJvm child = ChildJvm.start(List.of(), directory, journal.toString(), "0")) {
                    acknowledged = child.readAcks(Integer.MAX_VALUE);
                    assertTrue(0 != child.join(), "it went on without room");
                }
                assertTrue(acknowledged > 1_000, "round " + round + ": " + acknowledged);
                assertEquals(0, run("mount", "-o", "remount,size=" + (6 + 6 * round) + "m", disk.toString()));
                try (ChronicleJournal opened = ChronicleJournal.open(Blocks.context(journal))) {
                    assertTrue(opened.lastSequence() >= acknowledged, opened.lastSequence() + " of " + acknowledged);
                    assertEquals(opened.lastSequence(), Blocks.read(opened, 1).size());
                }
                assertTrue(Damaged.verify(journal).isGood(), Damaged.verify(journal).toString());
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    @Timeout(60)
    void shouldRefuseAnotherProcessWhenASecondOpenWasRefusedHere() throws Exception {
        try (ChronicleJournal journal = open()) {
            assertThrows(JournalException.class, this::open);
            try (ChildJvm other = ChildJvm.start(List.of(), directory, directory.toString(), "1")) {
                assertEquals(-1, other.readAcks(1), "two processes write");
                assertTrue(0 != other.join());
            }
            new Blocks(1).append(journal, 1, 1);
        }
    }

    @Test
    void shouldRemoveACycleFileWhenItsMakerDiedBeforeItsHeadWasDone() throws IOException {
        final Blocks blocks = new Blocks(3);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
        }
        for (final int word : new int[] {0, HALF_HEAD}) {
            final Path unfinished = directory.resolve("gen-0").resolve("20241007T4.cq4");
            final byte[] bytes = new byte[128 << 10];
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[i] = (byte)(word >>> (8 * i));
            }
            Files.write(unfinished, bytes);
            try (Journal reader = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = reader.openCursor(1);
                ChronicleJournal journal = open()) {
                assertTrue(journal.report().removedFiles().contains("20241007T4.cq4"));
                final int before = Blocks.drain(cursor).size();
                blocks.time(Blocks.START_NS + 2 * Blocks.DAY_NS).append(journal, 3, 1);
                blocks.time(Blocks.START_NS + 3 * Blocks.DAY_NS).append(journal, 3, 1);
                assertEquals(before + 6, before + Blocks.drain(cursor).size());
            }
            Files.deleteIfExists(unfinished);
            beginAgain(blocks);
        }
    }

    @Test
    void shouldFinishTheEndMarkWhenAWriterDiedWithinIt() {
        final Blocks blocks = new Blocks(4);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 1, 1);
        }
        final List<Path> files = JournalDirectory.cycleFiles(directory.resolve("gen-0"));
        files.get(1).toFile().delete();
        final long end = Damaged.places(directory).get(4).end();
        Damaged.zero(files.get(0), end + 4, 4);
        assertTrue(Damaged.verify(directory).isGood());
        try (ChronicleJournal journal = open()) {
            // the cycle has ended: the next block goes to a later one, whatever its time says
            new Blocks(5).behind(journal).append(journal, 2, 1);
            assertEquals(7, Blocks.read(journal, 1).size());
        }
        assertEquals(0x45, Damaged.read(files.get(0), end + 5, 1)[0]);
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldMoveOnToTheNextFileWhenAWriterDiedBeforeItsEndMark() {
        final Blocks blocks = new Blocks(4);
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, 5, 1);
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 5, 1);
        }
        final Path first = JournalDirectory.cycleFiles(directory.resolve("gen-0")).get(0);
        final long end = Damaged.places(directory).get(4).end();
        Damaged.zero(first, end, 8);

        try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
            assertEquals(10, Blocks.read(reader, 1).size());
            assertEquals(10, reader.lastSequence() - Blocks.read(reader, 10).size() + 1);
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldNotTakeForDamageThatAWriterDiedBetweenAnIndexEntryAndTheCountOfThem() {
        final Blocks blocks = new Blocks(6);
        try (ChronicleJournal journal = open()) {
            // the fourth and the eighth block behind the first have an entry
            blocks.append(journal, 9, 1);
        }
        final Path file = JournalDirectory.cycleFiles(directory.resolve("gen-0")).get(0);
        final long place = countOfIndexed(file);
        assertEquals(12, Damaged.read(file, place, 1)[0]);
        Damaged.write(file, place, new byte[] {8});
        assertTrue(Damaged.verify(directory).isGood());
        try (ChronicleJournal journal = open()) {
            assertTrue(journal.report().isUncleanEnd());
            new Blocks(7).behind(journal).append(journal, 2, 1);
        }
        assertTrue(Damaged.verify(directory).isGood(), () -> Damaged.verify(directory).toString());
    }

    private static long countOfIndexed(final Path path) {
        try (CycleFile file = CycleFile.open(path, 1 << 20)) {
            return new CycleHead(file).lastIndexOffset();
        }
    }

    private void beginAgain(final Blocks blocks) throws IOException {
        for (final Path file : JournalDirectory.cycleFiles(directory.resolve("gen-0"))) {
            Files.delete(file);
        }
        Files.deleteIfExists(directory.resolve("gen-0").resolve(JournalDirectory.CHRONICLE_METADATA));
        // it says how far the journal was on the disk
        Files.delete(new JournalDirectory(directory).metadata());
        try (ChronicleJournal journal = open()) {
            blocks.behind(journal).time(Blocks.START_NS).append(journal, 5, 1);
        }
    }

    private void killTimes(final int times, final long seed) throws Exception {
        final Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            final String what = "seed " + seed + " kill " + i;
            final long acknowledged;
            // short blocks go through the mapping, long ones through the file; or some are staged
            final String staged = 0 == i % 3 ? "0" : "40";
            try (ChildJvm child = ChildJvm.start(List.of(), directory, directory.toString(), "0", 0 == i % 2 ? "60" : "1", staged)) {
                final long first = child.readAcks(1 + random.nextInt(600));
                child.kill();
                acknowledged = Math.max(first, child.readAcks(Integer.MAX_VALUE));
                child.join();
            }
            assertTrue(acknowledged > 0, what + ": it never started");
            assertWholeUpTo(acknowledged, what);
        }
    }

    private void assertWholeUpTo(final long acknowledged, final String what) {
        try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
            assertTrue(reader.lastSequence() >= acknowledged, what);
        }
        try (ChronicleJournal journal = open(); JournalCursor cursor = journal.openCursor(1)) {
            assertTrue(journal.lastSequence() >= acknowledged, what);
            final long[] next = {1};
            int polled = 1;
            while (polled > 0) {
                polled = cursor.poll((buffer, offset, length) -> {
                    assertEquals(next[0], BlockLayout.firstSequence(buffer, offset), what);
                    next[0] += BlockLayout.count(buffer, offset);
                    return true;
                }, 100);
            }
            assertEquals(journal.lastSequence() + 1, next[0], what);
        }
        final VerifyReport report = Damaged.verify(directory);
        assertTrue(report.isGood(), what + ": " + report);
    }

    private static int run(final String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (final IOException ex) {
            // there is no such program
            return -1;
        }
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(Blocks.context(directory));
    }
}
