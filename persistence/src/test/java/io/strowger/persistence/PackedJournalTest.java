package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.tail.JournalTail;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which blocks stand packed in the files, what stands there then, and that nobody above the journal sees it. */
class PackedJournalTest {
    private static final String NAME = "billing";

    @TempDir
    private Path folder;

    private final Blocks packed = new Blocks(1, BlockKind.PACKED);

    @Test
    void shouldPackTheRecordsBehindAPlainHeaderWhenABlockIsLongEnough() {
        final Path directory = folder.resolve("j");
        final byte[] plain;
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            plain = append(journal, packed, 20);
        }
        final Damaged.BlockPlace place = Damaged.places(directory).get(0);
        final UnsafeBuffer stored = stored(place);
        final UnsafeBuffer original = new UnsafeBuffer(plain);
        assertEquals(BlockLayout.ENCODING_DELTAS, BlockLayout.encoding(stored, 0));
        assertEquals(place.length(), BlockLayout.length(stored, 0));
        assertEquals(plain.length, BlockLayout.plainLength(stored, 0));
        assertTrue((plain.length - place.length()) * 8 >= plain.length, place.length() + " of " + plain.length);
        assertEquals(20, BlockLayout.count(stored, 0));
        assertEquals(BlockLayout.chain(original, 0), BlockLayout.chain(stored, 0));
        for (int i = BlockLayout.FILTER_OFFSET; i < BlockLayout.HEADER_LENGTH; i++) {
            assertEquals(plain[i], stored.getByte(i));
        }
    }

    @Test
    void shouldHandOverTheBytesThatWereAppendedWhateverTheyAreInTheFile() {
        final List<byte[]> appended = new ArrayList<>();
        final Blocks blocks = new Blocks(3, BlockKind.MIXED);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder))) {
            for (int i = 0; i < 200; i++) {
                appended.add(append(journal, blocks, 1 + i % 80));
            }
            final List<byte[]> read = new ArrayList<>();
            try (JournalCursor cursor = journal.openCursor(1)) {
                cursor.poll((buffer, offset, length) -> {
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    return read.add(bytes);
                }, Integer.MAX_VALUE);
            }
            assertEquals(appended.size(), read.size());
            for (int i = 0; i < read.size(); i++) {
                assertArrayEquals(appended.get(i), read.get(i), "block " + i);
            }
        }
        assertEquals(List.of(0, 1), List.copyOf(encodings(folder).keySet()));
    }

    @Test
    void shouldLeaveABlockPlainWhenItIsShortOrHardlyGetsSmallerOrIsToStaySo() {
        final BlockPacker packer = new BlockPacker(Compression.DELTAS);
        final int length = packed.make(20);
        assertTrue(length >= BlockPacker.LEAST);
        assertTrue(packer.pack(packed.buffer(), 0, length) > 0);
        final UnsafeBuffer moved = new UnsafeBuffer(ByteBuffer.allocateDirect(length + 8));
        moved.putBytes(8, packed.buffer(), 0, length);
        assertTrue(packer.pack(moved, 8, length) > 0);
        assertEquals(0, new BlockPacker(Compression.NONE).pack(packed.buffer(), 0, length));
        final byte[] onHeap = new byte[length];
        packed.buffer().getBytes(0, onHeap);
        assertEquals(0, packer.pack(new UnsafeBuffer(onHeap), 0, length), "not in direct memory");
        assertEquals(0, packer.pack(new UnsafeBuffer(ByteBuffer.wrap(onHeap)), 0, length));
        final Blocks noise = new Blocks(1, BlockKind.PLAIN);
        final int noiseLength = noise.make(100);
        assertTrue(noiseLength >= BlockPacker.LEAST);
        assertEquals(0, packer.pack(noise.buffer(), 0, noiseLength));
        assertEquals(0, packer.pack(noise.buffer(), 0, noise.make(2)), "short");
    }

    @Test
    void shouldLeaveABlockPlainWhenItsBytesAreNoRecords() {
        final UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(BlockPacker.LEAST));
        for (final byte filling : new byte[] {'a', -1}) {
            block.setMemory(0, BlockPacker.LEAST, filling);
            assertEquals(0, new BlockPacker(Compression.DELTAS).pack(block, 0, BlockPacker.LEAST));
        }
        // records that end within the last word
        block.setMemory(0, BlockPacker.LEAST, (byte)0);
        assertEquals(0, new BlockPacker(Compression.DELTAS).pack(block, 0, BlockPacker.LEAST));
    }

    @Test
    void shouldGoOnPackedAndBackWhenTheSettingChanges() {
        final Blocks blocks = new Blocks(5, BlockKind.PACKED);
        for (int round = 0; round < 6; round++) {
            final Compression compression = 0 == round % 2 ? Compression.NONE : Compression.DELTAS;
            try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder).compression(compression))) {
                assertEquals(blocks.sequence(), journal.lastSequence());
                assertEquals(blocks.chain(), journal.lastChain());
                blocks.time(Blocks.START_NS + round / 2 * Blocks.DAY_NS).append(journal, 10, 5);
                assertEquals(10 * (round + 1), Blocks.read(journal, 1).size());
            }
            assertTrue(Damaged.verify(folder).isGood());
        }
        assertEquals(Map.of(0, 30, 1, 30), encodings(folder));
        try (Journal reader = ChronicleJournal.openReadOnly(folder)) {
            assertEquals(blocks.chain(), reader.lastChain());
        }
        assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(folder).compression(null)));
    }

    @Test
    void shouldKeepPackedBytesAsTheyAreWhenRepaired() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder))) {
            packed.append(journal, 20, 30);
        }
        final List<Damaged.BlockPlace> before = Damaged.places(folder);
        Damaged.flip(before.get(7).file(), before.get(7).end() - 1, 1);
        // the copy needs no room for the plain block
        assertTrue(new JournalRepair(Blocks.context(folder).compression(Compression.NONE)).run().isDone());
        final List<Damaged.BlockPlace> after = Damaged.places(folder);
        assertEquals(19, after.size());
        for (int i = 0; i < after.size(); i++) {
            assertEquals(stored(before.get(i < 7 ? i : i + 1)), stored(after.get(i)));
        }
    }

    @Test
    void shouldKnowTheBlockAgainWhenACursorStoodInAPackedOne() throws IOException {
        final Path directory = folder.resolve("j");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            packed.append(journal, 5, 10);
        }
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(record -> { }, 23);
            tail.commit();
        }
        // the same blocks, plain
        final Path plain = folder.resolve("plain");
        final Blocks again = new Blocks(1, BlockKind.PACKED);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(plain).compression(Compression.NONE))) {
            again.append(journal, 5, 10);
        }
        Damaged.copy(directory.resolve("cursors"), plain.resolve("cursors"));
        for (final Path journal : List.of(directory, plain)) {
            try (JournalTail tail = JournalTail.open(journal, NAME)) {
                assertEquals(24, tail.position());
                assertEquals(27, tail.poll(record -> { }, 100));
            }
        }
        assertEquals(Map.of(0, 5), encodings(plain));
    }

    @Test
    void shouldRefuseABlockThatIsPackedAlready() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder))) {
            final int length = packed.make(20);
            final UnsafeBuffer block = new UnsafeBuffer(packed.buffer(), 0, length);
            block.putByte(BlockLayout.ENCODING_OFFSET, (byte)BlockLayout.ENCODING_DELTAS);
            final JournalException refused = assertThrows(JournalException.class, () -> journal.append(block, 0, length));
            assertTrue(refused.getMessage().contains("not a plain block"), refused.getMessage());
        }
    }

    @Test
    void shouldBeDeadAndHaveWrittenNothingWhenPackingFails() {
        final OutOfMemoryError fault = new OutOfMemoryError("Direct buffer memory");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder))) {
            packed.append(journal, 3, 5);
            final int length = packed.make(5);
            final UnsafeBuffer block = new UnsafeBuffer(packed.buffer(), 0, length) {
                @Override
                public ByteBuffer byteBuffer() {
                    throw fault;
                }
            };
            assertSame(fault, assertThrows(JournalException.class, () -> journal.append(block, 0, length)).getCause());
            assertThrows(JournalException.class, () -> journal.append(packed.buffer(), 0, length));
            assertThrows(JournalException.class, journal::sync);
        }
        try (ChronicleJournal next = ChronicleJournal.open(Blocks.context(folder))) {
            assertFalse(next.report().isUncleanEnd());
            assertEquals(15, next.lastSequence());
            new Blocks(2, BlockKind.PACKED).behind(next).append(next, 1, 5);
            assertEquals(4, Blocks.read(next, 1).size());
        }
    }

    private static byte[] append(final Journal journal, final Blocks blocks, final int records) {
        final int length = blocks.make(records);
        assertTrue(journal.append(blocks.buffer(), 0, length));
        final byte[] bytes = new byte[length];
        blocks.buffer().getBytes(0, bytes);
        return bytes;
    }

    private static UnsafeBuffer stored(final Damaged.BlockPlace place) {
        return new UnsafeBuffer(Damaged.read(place.file(), place.offset(), place.length()));
    }

    /** How many blocks of each encoding stand in the files. */
    private static Map<Integer, Integer> encodings(final Path directory) {
        final Map<Integer, Integer> counts = new TreeMap<>();
        Damaged.places(directory).forEach(place -> counts.merge(BlockLayout.encoding(stored(place), 0), 1, Integer::sum));
        return counts;
    }
}
