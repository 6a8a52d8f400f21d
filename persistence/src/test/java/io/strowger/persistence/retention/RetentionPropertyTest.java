package io.strowger.persistence.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.Blocks;
import io.strowger.persistence.BlockKind;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.CycleSpan;
import io.strowger.persistence.JournalVerifier;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.VerifyListener;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Any order of appends, rolls, snapshots, cursors, retention and restarts, with readers that stand anywhere meanwhile. */
class RetentionPropertyTest {
    @Property(tries = 30)
    void shouldKeepExactlyWhatIsNeededOrWithinLimits(@ForAll @Size(min = 20, max = 80) final List<@IntRange(max = 999) Integer> steps,
        @ForAll @LongRange(min = 1, max = 1_000) final long seed) throws IOException {
        final Path directory = Files.createTempDirectory("retention");
        try (Model model = new Model(directory, seed)) {
            steps.forEach(step -> model.step(step % 12, step / 12));
            model.check();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static final class Model implements AutoCloseable {
        private final Path directory;
        private final Days days;
        private final List<Long> ends = new ArrayList<>();
        private final List<Long> good = new ArrayList<>();
        private final TreeMap<String, JournalTail> tails = new TreeMap<>();
        private final List<Reader> readers = new ArrayList<>();
        private final Journal open;
        private long held = Long.MAX_VALUE;

        Model(final Path directory, final long seed) {
            this.directory = directory;
            this.days = new Days(directory, seed, BlockKind.MIXED);
            append(3);
            this.open = ChronicleJournal.openReadOnly(directory);
        }

        void step(final int kind, final int size) {
            switch (kind) {
                case 0, 1 -> append(size);
                case 2, 3 -> {
                    days.roll();
                    append(size);
                }
                case 4 -> snapshot(size);
                case 5 -> tail(size);
                case 6 -> held = 0 == size % 3 ? Long.MAX_VALUE : at(size);
                case 7 -> readers.add(new Reader(days.journal().openCursor(at(size)), at(size)));
                case 8 -> readers.forEach(Reader::read);
                case 9 -> days.reopen();
                default -> retain(size);
            }
            assertEquals(days.journal().firstSequence(), open.firstSequence());
            assertEquals(days.last(), open.lastSequence());
        }

        void check() {
            readers.forEach(Reader::read);
            final var report = new JournalVerifier(directory).run(VerifyListener.NONE);
            assertTrue(report.isGood(), report::toString);
            assertEquals(days.journal().firstSequence(), report.firstSequence());
            assertEquals(days.last(), report.lastSequence());
            final Reader whole = new Reader(open.openCursor(open.firstSequence()), open.firstSequence());
            whole.read();
            assertEquals(days.last() + 1, whole.next);
            tails.values().forEach(tail -> {
                final long there = days.last() + 1 - tail.position();
                assertEquals(there, tail.poll(record -> { }, Integer.MAX_VALUE));
            });
        }

        @Override
        public void close() {
            tails.values().forEach(JournalTail::close);
            readers.forEach(reader -> reader.cursor.close());
            open.close();
            days.close();
        }

        private void append(final int size) {
            for (int i = 0; i <= size % 4; i++) {
                days.append(1, 1 + size % 9);
                ends.add(days.last());
            }
        }

        private void snapshot(final int size) {
            final long end = ends.get(ends.size() - 1 - size % Math.min(ends.size(), 12));
            if (end >= days.journal().firstSequence() && (good.isEmpty() || end > good.get(good.size() - 1))) {
                days.snapshot(end);
                good.add(end);
            }
        }

        private void tail(final int size) {
            final String name = "tail-" + size % 3;
            final JournalTail tail = tails.get(name);
            if (null == tail) {
                tails.put(name, JournalTail.open(directory, name, TailStart.at(at(size))));
            } else {
                tail.poll(record -> { }, Math.max(1, size));
                tail.commit();
            }
        }

        private long at(final int size) {
            final long first = days.journal().firstSequence();
            return first + size % (days.last() + 1 - first);
        }

        private void retain(final int size) {
            final KeptCycles cycles = KeptCycles.of(days.journal());
            final List<CycleSpan> before = cycles.list();
            final RetentionLimits limits = new RetentionLimits(0 == size % 2 ? size % 5 * Blocks.DAY_NS : RetentionLimits.NONE,
                0 == size % 3 ? size * 1_000L : RetentionLimits.NONE);
            final RetentionReport report = new Retention(directory, limits).hold("held", () -> held).run(cycles, days.nowNs());
            final int expected = expected(before, limits);
            assertEquals(before.subList(0, expected), report.removed(), () -> limits + " needed " + needed());
            assertEquals(before.subList(expected, before.size()), cycles.list());
            assertEquals(before.get(expected).first(), days.journal().firstSequence());
            assertEquals(before.get(expected).first(), report.firstSequence());
        }

        private int expected(final List<CycleSpan> before, final RetentionLimits limits) {
            long bytes = before.stream().mapToLong(CycleSpan::bytes).sum();
            int count = 0;
            for (final CycleSpan span : before.subList(0, before.size() - 1)) {
                final boolean isOld = limits.maxAgeNs() != RetentionLimits.NONE && days.nowNs() - span.newestNs() > limits.maxAgeNs();
                if (span.last() >= needed() || !(isOld || bytes > limits.maxBytes())) {
                    break;
                }
                bytes -= span.bytes();
                count++;
            }
            return count;
        }

        private long needed() {
            long needed = held;
            needed = Math.min(needed, good.isEmpty() ? 0 : good.get(Math.max(0, good.size() - 2)));
            for (final JournalTail tail : tails.values()) {
                needed = Math.min(needed, tail.committedPosition());
            }
            return needed;
        }

        /** A cursor that nobody holds anything for. */
        private final class Reader {
            private final JournalCursor cursor;
            private long next;
            private boolean isOver;

            Reader(final JournalCursor cursor, final long from) {
                this.cursor = cursor;
                this.next = from;
            }

            void read() {
                try {
                    while (!isOver && cursor.poll((buffer, offset, length) -> {
                        final long first = BlockLayout.firstSequence(buffer, offset);
                        assertTrue(first == next || (first < next && next < first + BlockLayout.count(buffer, offset)));
                        next = first + BlockLayout.count(buffer, offset);
                        return true;
                    }, 3) > 0) {
                        assertTrue(next <= days.last() + 1);
                    }
                } catch (final PositionException fault) {
                    isOver = true;
                    assertTrue(fault.isTooOld());
                    assertEquals(next, fault.position());
                    assertEquals(days.journal().firstSequence(), fault.first());
                    assertEquals(days.last(), fault.last());
                }
                assertTrue(isOver || next == days.last() + 1);
            }
        }
    }
}
