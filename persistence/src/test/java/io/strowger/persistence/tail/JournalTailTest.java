package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Damaged;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Poll, commit, open again; places that are not there; what a tail leaves alone. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class JournalTailTest {
    private static final String NAME = "billing";

    @TempDir
    private Path folder;

    private Path directory;
    private final BlockKind kind;
    private final Blocks blocks;

    JournalTailTest(final BlockKind kind) {
        this.kind = kind;
        this.blocks = new Blocks(1, kind);
    }

    @Test
    void shouldHandOverEveryRecordOnceWhenBlocksAreLongAndCyclesMany() {
        try (ChronicleJournal journal = open(); JournalTail tail = JournalTail.open(directory, NAME)) {
            for (int day = 0; day < 4; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 30, 1);
                blocks.append(journal, 30, 60);
            }
            final Tailed tailed = new Tailed();
            while (tail.poll(tailed, 7) > 0) {
                assertEquals(tailed.sequences().size() + 1L, tail.position());
            }
            assertEquals(Tailed.range(1, blocks.sequence()), tailed.sequences());
            assertEquals(blocks.chain(), tailed.chain());
        }
    }

    @Test
    void shouldGiveTheNextRecordsWhenAWriterGoesOn() {
        try (ChronicleJournal journal = open(); JournalTail tail = JournalTail.open(directory, NAME)) {
            for (int i = 0; i < 300; i++) {
                assertEquals(0, tail.poll(new Tailed(), 10));
                final long first = blocks.sequence() + 1;
                blocks.time(Blocks.START_NS + i / 100 * Blocks.DAY_NS).append(journal, 1 + i % 3, 2);
                assertEquals(Tailed.range(first, blocks.sequence()), Tailed.drain(tail));
            }
        }
    }

    @Test
    void shouldStopAtTheLimitWhenABlockHoldsMore() {
        append(1, 50);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            final Tailed tailed = new Tailed();
            assertThrows(IllegalArgumentException.class, () -> tail.poll(tailed, 0));
            assertThrows(IllegalArgumentException.class, () -> tail.poll(tailed, -1));
            assertEquals(20, tail.poll(tailed, 20));
            assertEquals(20, tail.poll(tailed, 20));
            assertEquals(10, tail.poll(tailed, 20));
            assertEquals(0, tail.poll(tailed, 20));
            assertEquals(Tailed.range(1, 50), tailed.sequences());
        }
    }

    @Test
    void shouldHandOverNothingMoreWhenItIsClosedWithinItsHandler() {
        append(5, 10);
        final JournalTail tail = JournalTail.open(directory, NAME);
        final Tailed tailed = new Tailed();
        final int count = tail.poll(record -> {
            if (2 == tailed.sequences().size()) {
                tail.close();
            }
            tailed.onRecord(record);
        }, 20);
        assertEquals(3, count);
        assertEquals(Tailed.range(1, 3), tailed.sequences());
        assertEquals(4, tail.position());
        assertThrows(JournalException.class, () -> tail.poll(tailed, 20));
        try (JournalTail again = JournalTail.open(directory, NAME)) {
            assertEquals(Tailed.range(1, 50), Tailed.drain(again));
        }
    }

    @Test
    void shouldGiveTheNameFreeWhenItsHandlerClosesItAndThrows() {
        append(1, 5);
        final JournalTail tail = JournalTail.open(directory, NAME);
        assertThrows(IllegalStateException.class, () -> tail.poll(record -> {
            tail.close();
            throw new IllegalStateException("of the handler");
        }, 1));
        JournalTail.open(directory, NAME).close();
    }

    @Test
    void shouldRefuseToBePolledFromWithinItsHandler() {
        append(1, 5);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertThrows(IllegalStateException.class, () -> tail.poll(record -> tail.poll(new Tailed(), 1), 1));
            assertEquals(Tailed.range(1, 5), Tailed.drain(tail));
        }
    }

    @Test
    void shouldComeAgainFromTheLastCommitWhenOpenedAgain() {
        append(5, 10);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(new Tailed(), 23);
            tail.commit();
            tail.poll(new Tailed(), 9);
            assertEquals(33, tail.position());
            assertEquals(24, tail.committedPosition());
        }
        try (JournalTail tail = JournalTail.open(directory, NAME, TailStart.end())) {
            assertEquals(Tailed.range(24, 50), Tailed.drain(tail));
            tail.commit();
        }
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertEquals(List.of(), Tailed.drain(tail));
        }
    }

    @Test
    void shouldSpeakOfTheRecordsBeforeWhenCommittedWithinAHandler() {
        append(1, 10);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(record -> {
                if (5 == record.sequence()) {
                    tail.commit();
                }
            }, 10);
            assertEquals(5, tail.committedPosition());
        }
    }

    @Test
    void shouldHandOverTheSameRecordAgainWhenTheHandlerThrows() {
        append(2, 3);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            final Tailed tailed = new Tailed();
            assertThrows(IllegalStateException.class, () -> tail.poll(record -> {
                if (3 == record.sequence()) {
                    throw new IllegalStateException("not now");
                }
                tailed.onRecord(record);
            }, 10));
            assertEquals(3, tail.position());
            tail.poll(tailed, 10);
            assertEquals(Tailed.range(1, 6), tailed.sequences());
        }
    }

    @Test
    void shouldBeginWhereItIsToldWhenThereIsNoCursor() {
        append(3, 4);
        assertEquals(Tailed.range(1, 12), opened("a", TailStart.beginning()));
        assertEquals(List.of(), opened("b", TailStart.end()));
        assertEquals(Tailed.range(6, 12), opened("c", TailStart.at(6)));
        assertEquals(List.of(), opened("d", TailStart.at(13)));
        assertThrows(IllegalArgumentException.class, () -> TailStart.at(0));
    }

    @Test
    void shouldMissNothingWhenItBeganAtTheEndAndDiedBeforeTheFirstCommit() {
        append(2, 2);
        JournalTail.open(directory, NAME, TailStart.end()).close();
        append(2, 2);
        assertEquals(Tailed.range(5, 8), opened(NAME, TailStart.end()));
    }

    @Test
    void shouldSayTheFirstThatIsKeptWhenThePositionIsTooOld() throws IOException {
        appendDays(3);
        opened(NAME, TailStart.at(3));
        Files.delete(cycleFiles().get(0));

        final PositionException fault = assertThrows(PositionException.class, () -> JournalTail.open(directory, NAME));
        assertTrue(fault.isTooOld());
        assertEquals(3, fault.position());
        assertEquals(11, fault.first());
        try (JournalTail tail = JournalTail.restart(directory, NAME, TailStart.at(fault.first()))) {
            assertEquals(Tailed.range(11, 30), Tailed.drain(tail));
        }
        assertEquals(11, Cursors.oldest(directory).position());
    }

    @Test
    void shouldSayTheFirstThatIsKeptWhenTheNextWasRemovedUnderIt() throws IOException {
        appendDays(4);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(new Tailed(), 5);
            for (final Path file : cycleFiles().subList(0, 3)) {
                Files.delete(file);
            }
            // the file it stands in is still there for it
            final Tailed tailed = new Tailed();
            final PositionException fault = assertThrows(PositionException.class, () -> tail.poll(tailed, 100));
            assertEquals(Tailed.range(6, 10), tailed.sequences());
            assertTrue(fault.isTooOld());
            assertEquals(11, fault.position());
            assertEquals(31, fault.first());
            assertThrows(PositionException.class, () -> tail.poll(tailed, 100));
            tail.commit();
        }
        assertEquals(11, Cursors.oldest(directory).position());
    }

    @Test
    void shouldSayTheNextWhenThePositionIsBeyondTheEnd() throws IOException {
        append(4, 1);
        final Path before = Damaged.copy(directory, folder.resolve("before"));
        append(4, 1);
        opened(NAME, TailStart.at(9));
        Damaged.copy(directory.resolve("cursors"), before.resolve("cursors"));

        final PositionException fault = assertThrows(PositionException.class, () -> JournalTail.open(before, NAME));
        assertFalse(fault.isTooOld());
        assertEquals(9, fault.position());
        assertEquals(5, fault.next());
    }

    @Test
    void shouldRefuseWhenTheJournalLostItsEndAndWentOnWithOtherRecords() throws IOException {
        append(4, 1);
        final Path before = Damaged.copy(directory, folder.resolve("before"));
        append(4, 1);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(new Tailed(), 6);
            tail.commit();
        }
        Damaged.copy(directory.resolve("cursors"), before.resolve("cursors"));
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(before))) {
            new Blocks(99, kind).behind(journal).append(journal, 10, 1);
        }
        final CursorException fault = assertThrows(CursorException.class, () -> JournalTail.open(before, NAME));
        assertEquals(CursorException.Reason.OTHER_JOURNAL, fault.reason());
        assertEquals(Tailed.range(7, 8), opened(NAME, TailStart.beginning()));
    }

    @Test
    void shouldSayWhenThereIsNoJournal() {
        assertThrows(JournalException.class, () -> JournalTail.open(folder.resolve("none"), NAME));
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void shouldWriteNothingButCursorsWhenItTails() throws IOException {
        appendDays(3);
        final Map<String, String> before = files();
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            while (tail.poll(new Tailed(), 4) > 0) {
                tail.commit();
            }
        }
        final Map<String, String> after = files();
        after.keySet().removeIf(name -> name.startsWith("cursors"));
        assertEquals(before, after);
    }

    @Test
    @Timeout(60)
    void shouldGoOnAndKeepTheInterruptWhenTheThreadIsInterrupted() {
        try (ChronicleJournal journal = open(); JournalTail tail = JournalTail.open(directory, NAME)) {
            final Tailed tailed = new Tailed();
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 3, 60);
                Thread.currentThread().interrupt();
                while (tail.poll(tailed, 50) > 0) {
                    tail.commit();
                    assertTrue(Thread.currentThread().isInterrupted());
                }
                assertTrue(Thread.interrupted());
            }
            assertEquals(Tailed.range(1, blocks.sequence()), tailed.sequences());
        } finally {
            Thread.interrupted();
        }
    }

    private List<Long> opened(final String name, final TailStart start) {
        try (JournalTail tail = JournalTail.open(directory, name, start)) {
            return Tailed.drain(tail);
        }
    }

    private ChronicleJournal open() {
        directory = folder.resolve("journal");
        return ChronicleJournal.open(Blocks.context(directory));
    }

    private void append(final int count, final int records) {
        try (ChronicleJournal journal = open()) {
            blocks.append(journal, count, records);
        }
    }

    /** Ten records a day. */
    private void appendDays(final int days) {
        try (ChronicleJournal journal = open()) {
            for (int day = 0; day < days; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 5, 2);
            }
        }
    }

    private List<Path> cycleFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("gen-0"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    private Map<String, String> files() throws IOException {
        final Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(directory.relativize(file).toString(),
                    Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return all;
    }
}
