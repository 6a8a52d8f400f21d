package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.Damaged.BlockPlace;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Repair saves every good block with its sequences, says what is lost, and leaves the old generation alone. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class JournalRepairTest {
    @TempDir
    private Path directory;

    private final BlockKind kind;
    private List<BlockPlace> places;

    JournalRepairTest(final BlockKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void makeThreeCycles() {
        final Blocks blocks = new Blocks(5, kind);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 50, 2);
            }
        }
        places = Damaged.places(directory);
    }

    @Test
    void shouldDoNothingWhenNothingIsDamaged() {
        final RepairReport report = repair();

        assertFalse(report.isDone());
        assertFalse(Files.exists(directory.resolve("gen-1")));
    }

    @Test
    void shouldKeepSequencesAndStepOverTheLostOnesWhenBlocksAreDamaged() {
        final List<Long> lost = new ArrayList<>();
        for (final int index : new int[] {3, 4, 60, 120}) {
            final BlockPlace place = places.get(index);
            Damaged.flip(place.file(), place.offset() + 100, 1);
            for (long sequence = place.firstSequence(); sequence <= place.lastSequence(); sequence++) {
                lost.add(sequence);
            }
        }
        final RepairReport report = repair();

        assertTrue(report.isDone());
        assertEquals(146, report.blocks());
        assertEquals(4, report.damages().size());
        final List<Long> missing = new ArrayList<>();
        report.missing().forEach(range -> {
            for (long sequence = range.first(); sequence <= range.last(); sequence++) {
                missing.add(sequence);
            }
        });
        assertEquals(lost, missing);
        assertTrue(Damaged.verify(directory).isGood());
        assertEquals(report.missing(), Damaged.verify(directory).recordedMissing());
        assertReadersStepOver(lost);
    }

    @Test
    void shouldNotGiveLostSequencesAwayAgainWhenTheEndIsDamaged() {
        final BlockPlace last = places.get(places.size() - 1);
        Damaged.flip(last.file(), last.end() - 1, 1);
        repair();

        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(last.lastSequence(), journal.lastSequence());
            assertEquals(List.of(new SequenceRange(last.firstSequence(), last.lastSequence())), journal.missing());
            new Blocks(9, kind).behind(journal).append(journal, 4, 1);
            assertEquals(153, Blocks.read(journal, 1).size());
            assertEquals(4, Blocks.read(journal, last.lastSequence() + 1).size());
        }
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            new Blocks(10, kind).behind(journal).append(journal, 1, 1);
        }
        final VerifyReport report = Damaged.verify(directory);
        assertTrue(report.isGood(), report.toString());
    }

    /** As a power cut may leave it: one file has lost its pages, the next one all but its head. No block tells of what was in them. */
    @Test
    void shouldRepairWhatIsRefusedForAFileThatHasLostItsHead() throws IOException {
        final List<Path> files = places.stream().map(BlockPlace::file).distinct().toList();
        final Path headless = files.get(files.size() - 2);
        final Path bare = files.get(files.size() - 1);
        Damaged.zero(headless, 0, (int)Files.size(headless));
        final long head = places.get(100).offset();
        assertEquals(bare, places.get(100).file());
        Damaged.zero(bare, head, (int)(Files.size(bare) - head));
        assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
        assertTrue(repair().isDone());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            new Blocks(11, kind).behind(journal).append(journal, 1, 1);
            assertEquals(51, Blocks.read(journal, 1).size());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldRepairAgainWhenARepairedJournalIsDamaged() {
        Damaged.flip(places.get(10).file(), places.get(10).offset() + 80, 1);
        repair();
        final List<BlockPlace> copied = Damaged.places(directory);
        Damaged.zero(copied.get(70).file(), copied.get(70).offset(), 72);
        final RepairReport second = repair();

        assertTrue(second.isDone());
        assertEquals(2, second.missing().size());
        assertTrue(Files.isDirectory(directory.resolve("gen-0")));
        assertTrue(Files.isDirectory(directory.resolve("gen-2")));
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldLeaveTheOldGenerationAsItWas() {
        Damaged.flip(places.get(10).file(), places.get(10).offset() + 80, 1);
        final byte[] before = Damaged.read(places.get(10).file(), 0, 60_000);
        repair();

        assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Damaged.read(places.get(10).file(), 0, 60_000)));
    }

    private RepairReport repair() {
        return new JournalRepair(Blocks.context(directory)).run();
    }

    private void assertReadersStepOver(final List<Long> lost) {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory));
            Journal reader = ChronicleJournal.openReadOnly(directory)) {
            assertEquals(places.get(places.size() - 1).lastSequence(), journal.lastSequence());
            for (final BlockPlace place : places) {
                if (lost.contains(place.firstSequence())) {
                    final JournalException gone = assertThrows(JournalException.class, () -> journal.openCursor(place.firstSequence()));
                    assertTrue(gone.getMessage().contains("is lost"), gone.getMessage());
                } else {
                    assertEquals(place.firstSequence(), Blocks.read(reader, place.lastSequence()).get(0));
                }
            }
            assertEquals(146, Blocks.read(journal, 1).size());
        }
    }
}
