package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Whatever was appended and synced, beside one another, when the power goes: what a sync returned for is there, byte for byte. */
class DurablePropertyTest {
    @Property(tries = 40)
    void shouldKeepWhatWasSyncedWhenThePowerGoes(@ForAll final long seed) throws IOException {
        run(seed, 40);
    }

    @Property(tries = 500)
    @Tag("slow")
    void shouldKeepWhatWasSyncedWhenThePowerGoesOften(@ForAll final long seed) throws IOException {
        run(seed, 120);
    }

    private static void run(final long seed, final int steps) throws IOException {
        final Path root = Files.createTempDirectory("durable");
        try {
            new Life(root, seed).run(steps);
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** One journal from its first block to the cut. */
    private static final class Life {
        private final Path root;
        private final long seed;
        private final Random random;
        private final Blocks blocks;
        private final LosingDisk disk = new LosingDisk();
        private final List<byte[]> appended = new ArrayList<>();
        private ChronicleJournal journal;
        private long day;
        private int synced;

        Life(final Path root, final long seed) {
            this.root = root;
            this.seed = seed;
            this.random = new Random(seed);
            this.blocks = new Blocks(seed, BlockKind.MIXED);
        }

        void run(final int steps) throws IOException {
            final Path folder = root.resolve("j");
            journal = open(folder);
            disk.beside(this::append);
            for (int step = 0; step < steps; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> sync();
                    case 2 -> reopen(folder);
                    default -> append();
                }
            }
            final Path found = disk.cut(folder, root.resolve("cut"), random);
            disk.beside(() -> { });
            journal.close();
            check(found);
        }

        /** Also while a sync is at the disk, where it is not for that sync. */
        private void append() {
            for (int i = random.nextInt(4); i > 0; i--) {
                day += 0 == random.nextInt(12) ? 1 : 0;
                final int length = blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).make(1 + random.nextInt(40));
                assertTrue(journal.append(blocks.buffer(), 0, length), "seed " + seed);
                final byte[] bytes = new byte[length];
                blocks.buffer().getBytes(0, bytes);
                appended.add(bytes);
            }
        }

        private void sync() {
            final int before = appended.size();
            journal.sync();
            synced = before;
        }

        /** As after a kill: nothing is synced, and what is in the files stays. */
        private void reopen(final Path folder) {
            disk.beside(() -> { });
            journal.close();
            journal = open(folder);
            disk.beside(this::append);
        }

        private ChronicleJournal open(final Path folder) {
            return ChronicleJournal.open(Blocks.context(folder).disk(disk));
        }

        private void check(final Path found) throws IOException {
            final String what = "seed " + seed + ": " + synced + " of " + appended.size() + " blocks were synced";
            assertTrue(disk.keepsName(root.resolve("j")), what);
            try (Journal opened = openOrRepair(found); JournalCursor cursor = opened.openCursor(1)) {
                final List<byte[]> read = new ArrayList<>();
                cursor.poll((buffer, offset, length) -> {
                    final byte[] bytes = new byte[BlockLayout.length(buffer, offset)];
                    buffer.getBytes(offset, bytes);
                    return read.add(bytes) && read.size() < synced;
                }, Integer.MAX_VALUE);
                assertTrue(read.size() >= synced, what + ", read " + read.size());
                for (int i = 0; i < synced; i++) {
                    assertArrayEquals(appended.get(i), read.get(i), what + ", block " + i);
                }
            }
        }

        private static ChronicleJournal openOrRepair(final Path found) {
            try {
                return ChronicleJournal.open(Blocks.context(found));
            } catch (final JournalException torn) {
                // behind what was synced, pages were lost before others
                new JournalRepair(Blocks.context(found)).run();
                return ChronicleJournal.open(Blocks.context(found));
            }
        }
    }
}
