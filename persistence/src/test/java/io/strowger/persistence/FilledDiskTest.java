package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that others write full, to the last byte, between two blocks: here one in memory. */
@Timeout(120)
class FilledDiskTest {
    private static final int SLICE = 4096;

    @TempDir
    private Path directory;

    private Path small;
    private final Blocks blocks = new Blocks(1);

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", small.toString()), "no mount here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", small.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void shouldRefuseInTimeAndGoOnWhenOthersFillTheDiskBehindTheLastLook(final int records) throws Exception {
        fillAndGoOn(Blocks.context(small.resolve("j")), records);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void shouldRefuseInTimeWhenItsCyclesHaveLargeIndexes(final int records) throws Exception {
        fillAndGoOn(Blocks.context(small.resolve("j")).cycle("LARGE_DAILY").blockSize(1 << 20), records);
    }

    @Test
    void shouldGiveBackWhatACycleFileDoesNotNeedOnceItIsFull() throws Exception {
        final Path folder = small.resolve("j");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder).blockSize(4 << 20).reserveBytes(1 << 20))) {
            for (int day = 0; day < 12; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 3, 2);
            }
            assertEquals(36, Blocks.read(journal, 1).size());
            final long free = small.toFile().getUsableSpace();
            assertTrue(free > 16 << 20, "free " + free);
        }
        assertTrue(Damaged.verify(folder).isGood(), Damaged.verify(folder).toString());
    }

    /** Its guard is told of room all the time: as if it had looked just before. */
    private void fillAndGoOn(final ChronicleJournalContext context, final int records) throws Exception {
        final Path filling = small.resolve("filling");
        final FaultyDisk roomy = new FaultyDisk();
        try (ChronicleJournal journal = ChronicleJournal.open(context.disk(roomy))) {
            blocks.append(journal, 1, records);
            refuseAndGoOn(journal, filling, records);
            refuseAndGoOn(journal, filling, records);
        }
        // a restored copy has holes wherever zeros are, also within its index
        punch(context.directory().resolve("gen-0"));
        try (ChronicleJournal journal = ChronicleJournal.open(context)) {
            refuseAndGoOn(journal, filling, records);
            assertEquals(blocks.sequence(), journal.lastSequence());
            assertEquals(blocks.chain(), journal.lastChain());
        }
        assertTrue(Damaged.verify(context.directory()).isGood(), Damaged.verify(context.directory()).toString());
    }

    private void refuseAndGoOn(final ChronicleJournal journal, final Path filling, final int records) throws IOException {
        fill(filling);
        int length = blocks.make(records);
        int taken = 0;
        while (journal.append(blocks.buffer(), 0, length)) {
            assertTrue(++taken < 100_000, "it takes blocks without end");
            length = blocks.make(records);
        }
        assertFalse(journal.append(blocks.buffer(), 0, length));
        assertEquals(BlockLayout.firstSequence(blocks.buffer(), 0) - 1, journal.lastSequence());
        Files.delete(filling);
        assertTrue(journal.append(blocks.buffer(), 0, length));
        blocks.append(journal, 20, records);
        journal.sync();
    }

    private static void punch(final Path generation) throws Exception {
        for (final Path file : JournalDirectory.cycleFiles(generation)) {
            assumeTrue(0 == run("fallocate", "--dig-holes", file.toString()), "no fallocate here");
        }
    }

    private static void fill(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.write(ByteBuffer.allocate(SLICE)) > 0) {
                assertTrue(channel.size() < 1 << 30);
            }
        } catch (final IOException full) {
            assertEquals(0, file.getParent().toFile().getUsableSpace());
        }
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
