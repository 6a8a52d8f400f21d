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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A packed block that is forged: readers, verify and open name its place, repair saves the rest. */
class ForgedJournalPropertyTest {
    private static final int BLOCKS = 12;

    @Property(tries = 25)
    void shouldNameThePlaceWhenAPackedBlockIsForged(@ForAll final long seed) throws IOException {
        final Path root = Files.createTempDirectory("forged");
        try {
            run(root, new Random(seed));
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void run(final Path root, final Random random) {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(root))) {
            new Blocks(random.nextLong(), BlockKind.PACKED).append(journal, BLOCKS, 5);
        }
        final List<BlockPlace> places = Damaged.places(root);
        final BlockPlace place = places.get(random.nextInt(BLOCKS));
        Damaged.write(place.file(), place.offset(), forged(random, place));

        final VerifyReport report = Damaged.verify(root);
        assertEquals(1, report.damages().size(), report::toString);
        final Damage damage = report.damages().get(0);
        assertEquals(place.offset() - Integer.BYTES, damage.offset());
        assertTrue(damage.reason().contains("plain length") || damage.reason().contains("packed bytes"), damage.reason());
        assertEquals(place.firstSequence(), damage.expectedSequence());
        assertReaderNames(root, place);
        assertTrue(new JournalRepair(Blocks.context(root)).run().isDone());
        assertTrue(Damaged.verify(root).isGood());
        assertEquals(BLOCKS - 1, Damaged.places(root).size());
    }

    private static void assertReaderNames(final Path root, final BlockPlace place) {
        final boolean isLast = place.lastSequence() == BLOCKS * 5;
        try (Journal reader = ChronicleJournal.openReadOnly(root); JournalCursor cursor = reader.openCursor(1)) {
            final JournalException stopped = assertThrows(JournalException.class, () -> Blocks.drain(cursor));
            assertTrue(stopped.getMessage().contains("offset " + (place.offset() - Integer.BYTES)), stopped.getMessage());
        } catch (final JournalException ex) {
            // the first block: there is nothing to open
            assertEquals(1, place.firstSequence(), ex::getMessage);
        }
        if (isLast) {
            final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(root)));
            assertTrue(refused.getMessage().contains("offset " + (place.offset() - Integer.BYTES)), refused.getMessage());
        }
    }

    /** Another plain length, noise in place of what is packed, or a first record that is like one before it. */
    private static byte[] forged(final Random random, final BlockPlace place) {
        final byte[] block = Damaged.read(place.file(), place.offset(), place.length());
        final ByteBuffer header = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        assertFalse(0 == header.getInt(BlockLayout.PLAIN_LENGTH_OFFSET), "it is plain");
        switch (random.nextInt(3)) {
            case 0 -> header.putInt(BlockLayout.PLAIN_LENGTH_OFFSET, another(random, header.getInt(BlockLayout.PLAIN_LENGTH_OFFSET)));
            case 1 -> {
                for (int i = BlockLayout.HEADER_LENGTH; i < block.length; i++) {
                    block[i] = (byte)random.nextInt();
                }
            }
            default -> block[BlockLayout.HEADER_LENGTH] = 0;
        }
        return block;
    }

    private static int another(final Random random, final int length) {
        return switch (random.nextInt(4)) {
            case 0 -> length + 8;
            case 1 -> length - 8;
            case 2 -> Integer.MAX_VALUE;
            default -> random.nextBoolean() ? -1 : 0;
        };
    }
}
