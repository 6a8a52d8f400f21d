package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * However blocks are staged, appended and flushed, days end, writers die and go: the journal has every record once, in order, on one chain.
 */
class StagedJournalPropertyTest {
    private static final int STEPS = 60;

    private Path root;
    private Path directory;
    private ChronicleJournal journal;
    private JournalCursor cursor;
    /** Sequence that the cursor is to give next. */
    private long next;
    private Blocks blocks;
    private Random random;
    private int days;

    @Property(tries = 12)
    void shouldHoldEveryRecordOnce(@ForAll final long seed) throws IOException {
        final String what = "seed " + seed;
        random = new Random(seed);
        blocks = new Blocks(seed, BlockKind.MIXED);
        root = Files.createTempDirectory("staged");
        try {
            directory = root.resolve("0");
            open();
            for (int step = 1; step <= STEPS; step++) {
                step(step, what);
                assertEquals(blocks.sequence(), journal.lastSequence(), what);
                assertEquals(blocks.chain(), journal.lastChain(), what);
            }
            journal.flush();
            assertEquals(blocks.sequence() + 1, read(), what);
            close();
            final VerifyReport report = Damaged.verify(directory);
            assertTrue(report.isGood(), what + ": " + report);
            assertEquals(blocks.sequence(), report.records(), what);
            assertEquals(blocks.chain(), report.chain(), what);
            assertNull(report.staged(), what);
        } finally {
            remove();
        }
    }

    private void step(final int number, final String what) throws IOException {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> blocks.stage(journal, 1 + random.nextInt(20), 1 + random.nextInt(4));
            case 4 -> blocks.append(journal, 1 + random.nextInt(3), 1 + random.nextInt(60));
            case 5 -> journal.flush();
            case 6 -> blocks.time(Blocks.START_NS + ++days * Blocks.DAY_NS);
            case 7 -> assertEquals(flushed() + 1, read(), what);
            case 8 -> {
                close();
                open();
            }
            default -> die(number, what);
        }
    }

    /** Goes on with what a death leaves, of which a reader has seen all. */
    private void die(final int number, final String what) throws IOException {
        final Path dead = Damaged.copy(directory, root.resolve(Integer.toString(number)));
        close();
        directory = dead;
        try (Journal reader = ChronicleJournal.openReadOnly(dead)) {
            assertEquals(blocks.sequence(), reader.lastSequence(), what);
            final long from = 1L + random.nextInt((int)blocks.sequence() + 1);
            try (JournalCursor seen = reader.openCursor(from)) {
                final long[] first = {0};
                final long[] end = {0};
                int polled = 1;
                while (polled > 0) {
                    polled = seen.poll((buffer, offset, length) -> {
                        first[0] = 0 == first[0] ? BlockLayout.firstSequence(buffer, offset) : first[0];
                        end[0] = BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset) - 1;
                        return true;
                    }, 7);
                }
                assertEquals(from > blocks.sequence() ? 0 : blocks.sequence(), end[0], what);
                assertTrue(first[0] <= from, what);
                open();
                // the same reader goes on behind it
                blocks.append(journal, 1, 1);
                final long[] later = new long[1];
                assertEquals(1, seen.poll((buffer, offset, length) -> {
                    later[0] = BlockLayout.firstSequence(buffer, offset);
                    return true;
                }, 7), what);
                assertEquals(blocks.sequence(), later[0], what);
            }
        }
    }

    /** Reads on; the records that come are those that are due. Returns which are due next. */
    private long read() {
        int polled = 1;
        while (polled > 0) {
            polled = cursor.poll((buffer, offset, length) -> {
                assertEquals(next, BlockLayout.firstSequence(buffer, offset));
                next += BlockLayout.count(buffer, offset);
                return true;
            }, 5);
        }
        return next;
    }

    private long flushed() {
        try (Journal reader = ChronicleJournal.openReadOnly(directory)) {
            return reader.lastSequence();
        }
    }

    private void open() {
        journal = ChronicleJournal.open(Blocks.context(directory));
        cursor = journal.openCursor(1);
        next = 1;
    }

    private void close() {
        cursor.close();
        journal.close();
    }

    private void remove() throws IOException {
        close();
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }
}
