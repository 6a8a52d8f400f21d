package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.Damaged.BlockPlace;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever one blow does to a journal: verify names it, readers deliver what stands before it and then say so, repair saves the rest. */
class DamagePropertyTest {
    private static Path root;
    private static Path whole;
    private static List<BlockPlace> places;

    @BeforeContainer
    static void make() throws IOException {
        root = Files.createTempDirectory("journal");
        whole = root.resolve("whole");
        final Blocks blocks = new Blocks(11, BlockKind.MIXED);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(whole))) {
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 140, 1 + day);
            }
        }
        places = Damaged.places(whole);
    }

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }

    @Property(tries = 60)
    void shouldNameReadUpToAndRepairAnyDamage(@ForAll final long seed) throws IOException {
        final Random random = new Random(seed);
        final Path hurt = Damaged.copy(whole, root.resolve("hurt"));
        final BlockPlace first = places.get(random.nextInt(places.size()));
        final Path file = hurt.resolve("gen-0").resolve(first.file().getFileName());
        // from the frame's word to the last byte of the block
        final long at = first.offset() - 4 + random.nextInt(first.length() + 4);
        final String blow = hit(random, file, at, endOf(first.file()));
        final String what = "seed " + seed + ": " + blow + " " + file.getFileName() + ":" + at;

        final VerifyReport report = Damaged.verify(hurt);
        assertFalse(report.isGood(), what);
        assertTrue(report.damages().stream().anyMatch(damage -> damage.file().equals(file.getFileName().toString())
            && damage.offset() <= at && at <= damage.offset() + damage.length()), what + ": " + report.damages());
        assertReaderStopsAtDamage(hurt, what);
        assertRepairSavesTheRest(hurt, report, what);
        Damaged.copy(whole, hurt);
        Files.deleteIfExists(hurt.resolve("gen-1").resolve(JournalDirectory.CHRONICLE_METADATA));
        for (final Path copied : JournalDirectory.cycleFiles(hurt.resolve("gen-1"))) {
            Files.delete(copied);
        }
    }

    private static String hit(final Random random, final Path file, final long at, final long end) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                Damaged.flip(file, at, 1 << random.nextInt(8));
                yield "flipped a bit";
            }
            case 1 -> {
                final byte[] junk = new byte[1 + random.nextInt(5000)];
                random.nextBytes(junk);
                junk[0] = (byte)(Damaged.read(file, at, 1)[0] ^ 0x55);
                Damaged.write(file, at, junk);
                yield "overwrote " + junk.length + " bytes";
            }
            case 2 -> zero(file, at, end);
            default -> {
                Damaged.flip(file, at, 0x80 | random.nextInt(128));
                yield "flipped bits";
            }
        };
    }

    private static String zero(final Path file, final long at, final long end) {
        if (0 == Damaged.read(file, at, 1)[0]) {
            Damaged.flip(file, at, 0xFF);
            return "flipped a byte";
        }
        // up to the end: a run that begins with a byte that was not zero
        Damaged.zero(file, at, (int)Math.min(4096, end - at));
        return "zeroed a page";
    }

    private static void assertReaderStopsAtDamage(final Path hurt, final String what) {
        final long[] next = {1};
        try (Journal reader = ChronicleJournal.openReadOnly(hurt); JournalCursor cursor = reader.openCursor(1)) {
            assertThrows(JournalException.class, () -> {
                int polled = 1;
                while (polled > 0) {
                    polled = cursor.poll((buffer, offset, length) -> {
                        assertEquals(next[0], BlockLayout.firstSequence(buffer, offset), what);
                        next[0] += BlockLayout.count(buffer, offset);
                        return true;
                    }, 5);
                }
            }, what);
        } catch (final JournalException ex) {
            // the very first block is hit: the reader refuses at once
            assertEquals(1, next[0], what + ": " + ex);
        }
    }

    private static void assertRepairSavesTheRest(final Path hurt, final VerifyReport before, final String what) {
        final RepairReport repaired = new JournalRepair(Blocks.context(hurt)).run();
        assertTrue(repaired.isDone(), what);
        assertEquals(before.blocks(), repaired.blocks(), what);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(hurt))) {
            final List<Long> saved = Blocks.read(journal, journal.firstSequence());
            final List<Long> expected = new ArrayList<>();
            for (final BlockPlace place : places) {
                final boolean isLost = repaired.missing().stream()
                    .anyMatch(range -> range.first() <= place.firstSequence() && place.lastSequence() <= range.last());
                if (!isLost && place.firstSequence() <= before.lastSequence()) {
                    expected.add(place.firstSequence());
                }
            }
            assertEquals(expected, saved, what);
            new Blocks(1, BlockKind.MIXED).behind(journal).append(journal, 2, 1);
            assertEquals(saved.size() + 2, Blocks.read(journal, journal.firstSequence()).size(), what);
        }
        assertTrue(Damaged.verify(hurt).isGood(), what);
    }

    private static long endOf(final Path file) {
        return places.stream().filter(place -> place.file().equals(file)).mapToLong(BlockPlace::end).max().orElseThrow();
    }
}
