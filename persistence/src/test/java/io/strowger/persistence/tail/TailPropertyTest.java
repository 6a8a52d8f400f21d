package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Any order of writing, rolling, polling, committing, failing and opening again: every record in order, repeated from the last commit. */
class TailPropertyTest {
    private static final String NAME = "any";

    @Property(tries = 60)
    void shouldGiveEveryRecordInOrderWhenStepsAreRandom(@ForAll @Size(min = 10, max = 60) final List<@IntRange(max = 999) Integer> steps,
        @ForAll @LongRange(min = 1, max = 1_000) final long seed) throws IOException {
        final Path directory = Files.createTempDirectory("tail");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Model model = new Model(directory, journal, seed);
            steps.forEach(step -> model.step(step % 10, step / 10));
            model.finish();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static final class Model {
        private final Path directory;
        private final ChronicleJournal journal;
        private final Blocks blocks;
        private JournalTail tail;
        private int day;
        private long next = 1;
        private long committed = 1;

        Model(final Path directory, final ChronicleJournal journal, final long seed) {
            this.directory = directory;
            this.journal = journal;
            this.blocks = new Blocks(seed, BlockKind.MIXED);
            this.tail = JournalTail.open(directory, NAME);
        }

        void step(final int kind, final int size) {
            switch (kind) {
                case 0, 1, 2 -> blocks.append(journal, 1 + size % 5, 1 + size % 40);
                case 3 -> blocks.time(Blocks.START_NS + ++day * Blocks.DAY_NS);
                case 4, 5, 6 -> poll(Math.max(1, size));
                case 7 -> commit();
                case 8 -> fail(size % 9);
                default -> reopen();
            }
            assertEquals(next, tail.position());
            assertEquals(committed, tail.committedPosition());
        }

        void finish() {
            while (next <= blocks.sequence()) {
                poll(50);
            }
            poll(50);
            reopen();
            poll(1_000_000);
            assertEquals(blocks.sequence() + 1, next);
            tail.close();
        }

        private void poll(final int limit) {
            final long there = blocks.sequence() + 1 - next;
            assertEquals(Math.min(limit, there), tail.poll(this::take, limit));
        }

        private void fail(final int good) {
            final long bad = next + good;
            try {
                tail.poll(record -> {
                    if (bad == record.sequence()) {
                        throw new IllegalStateException("as asked");
                    }
                    take(record);
                }, good + 1);
            } catch (final IllegalStateException ex) {
                assertEquals("as asked", ex.getMessage());
            }
            assertEquals(Math.min(bad, blocks.sequence() + 1), next);
        }

        private void commit() {
            tail.commit();
            committed = next;
            assertEquals(next, Cursors.oldest(directory).position());
        }

        private void reopen() {
            tail.close();
            tail = JournalTail.open(directory, NAME, TailStart.end());
            next = committed;
        }

        private void take(final TailRecord record) {
            assertEquals(next, record.sequence());
            next++;
        }
    }
}
