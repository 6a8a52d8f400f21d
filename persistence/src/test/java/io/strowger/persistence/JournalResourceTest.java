package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the journal takes from its process: no garbage, no telemetry, no open file left, threads as promised. */
class JournalResourceTest {
    private static final int WINDOWS = 12;
    private static final int BLOCKS_A_WINDOW = 4_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(BlockKind.class)
    @Timeout(120)
    void shouldAllocateNothingWhenItAppendsStagesAndReads(final BlockKind kind) {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Blocks blocks = new Blocks(1, kind);
        long leastAppend = Long.MAX_VALUE;
        long leastRead = Long.MAX_VALUE;
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(directory));
            JournalCursor cursor = journal.openCursor(1)) {
            for (int window = 0; window < WINDOWS; window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < BLOCKS_A_WINDOW; i++) {
                    blocks.append(journal, 1, 0 == i % 2 ? 2 : 60);
                    blocks.stage(journal, 2, 2);
                    if (0 == i % 3) {
                        journal.flush();
                    }
                }
                final long between = threads.getCurrentThreadAllocatedBytes();
                int read = 0;
                while (read < 2 * BLOCKS_A_WINDOW) {
                    read += cursor.poll(JournalResourceTest::take, 100);
                }
                leastAppend = Math.min(leastAppend, between - before);
                leastRead = Math.min(leastRead, threads.getCurrentThreadAllocatedBytes() - between);
            }
        }
        assertEquals(0, leastAppend, "bytes for " + BLOCKS_A_WINDOW + " appends");
        assertEquals(0, leastRead, "bytes for reading them");
    }

    /** A router with little to do writes short blocks only: a fault in their mapping must not read megabytes ahead either. */
    @Test
    void shouldTellTheKernelNotToReadAheadFromTheFirstShortBlockOn() throws IOException {
        final Path maps = Path.of("/proc/self/smaps");
        assumeTrue(Files.isReadable(maps), "the kernel does not show how mappings are used");
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(directory))) {
            new Blocks(1, BlockKind.PLAIN).append(journal, 1, 1);
            String mapping = "";
            int random = 0;
            for (final String line : Files.readAllLines(maps)) {
                mapping = line.matches("[0-9a-f]+-[0-9a-f]+ .*") ? line : mapping;
                if (line.startsWith("VmFlags:") && mapping.contains(directory.toString()) && line.contains(" rr")) {
                    random++;
                }
            }
            assertEquals(1, random, "mappings of the journal that are used at random: that of its blocks");
        }
    }

    @Test
    void shouldSendNothingHomeWhenItRuns() throws Exception {
        ChronicleSettings.apply();
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
        assertEquals("true", System.getProperty("chronicle.analytics.disable"));
        final Path home = Files.createDirectory(directory.resolve("home"));
        try (ChildJvm child = ChildJvm.start(List.of(), home, directory.resolve("journal").toString(), "10")) {
            assertEquals(10, child.readAcks(Integer.MAX_VALUE));
            assertEquals(0, child.join());
        }
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(List.of(), files.map(file -> file.getFileName().toString()).filter(name -> name.contains("chronicle"))
                .collect(Collectors.toList()));
        }
    }

    @Test
    @Timeout(120)
    void shouldReadAndVerifyBesideALiveWriter() throws InterruptedException {
        final int count = 8_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        ChronicleJournal.open(Blocks.context(directory)).close();
        final Thread writing = new Thread(() -> write(count), "writer");
        writing.setUncaughtExceptionHandler((thread, ex) -> failure.set(ex));
        try (Journal reader = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = reader.openCursor(1)) {
            writing.start();
            int seen = 0;
            int verified = 0;
            while (seen < count && null == failure.get()) {
                seen += Blocks.drain(cursor).size();
                final VerifyReport report = Damaged.verify(directory);
                assertTrue(report.isGood(), report.toString());
                assertTrue(report.lastSequence() <= reader.lastSequence());
                verified++;
            }
            writing.join();
            assertEquals(count, seen);
            assertTrue(verified > 1, "verified " + verified);
        }
        assertEquals(null, failure.get());
    }

    @Test
    @Timeout(30)
    void shouldLeaveNoFileOpenWhenClosed() throws IOException {
        final Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "no /proc here");
        for (int i = 0; i < 3; i++) {
            try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
                new Blocks(i).behind(journal).time(Blocks.START_NS + i * Blocks.DAY_NS).append(journal, 5, 1);
                Blocks.read(journal, 1);
                journal.sync();
            }
            Damaged.verify(directory);
        }
        // Chronicle lets go of a file on a thread of its own
        while (!openFiles(descriptors).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private List<String> openFiles(final Path descriptors) throws IOException {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.map(JournalResourceTest::target).filter(name -> name.startsWith(directory.toString())).collect(Collectors.toList());
        }
    }

    private void write(final int count) {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Blocks blocks = new Blocks(1, BlockKind.MIXED);
            for (int i = 0; i < count; i++) {
                blocks.time(Blocks.START_NS + i / 500 * Blocks.DAY_NS).append(journal, 1, 1);
            }
        }
    }

    private static boolean take(final DirectBuffer buffer, final int offset, final int length) {
        return length == BlockLayout.length(buffer, offset);
    }

    private static String target(final Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final IOException ex) {
            // closed meanwhile
            return "";
        }
    }
}
