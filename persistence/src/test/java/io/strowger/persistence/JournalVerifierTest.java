package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.Damaged.BlockPlace;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of damage is named with its place, and readers never take it for the end. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class JournalVerifierTest {
    @TempDir
    private Path directory;

    private final BlockKind kind;
    private List<BlockPlace> places;

    JournalVerifierTest(final BlockKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void makeThreeCyclesWithIndexesBetweenBlocks() {
        final Blocks blocks = new Blocks(5, kind);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 150, 1);
            }
        }
        places = Damaged.places(directory);
    }

    @Test
    void shouldFindNothingWhenNothingIsDamaged() {
        final VerifyReport report = Damaged.verify(directory);

        assertTrue(report.isGood(), report.toString());
        assertEquals(450, report.blocks());
        assertEquals(450, places.size());
        assertEquals(3, report.files());
    }

    @Test
    void shouldNameAFlippedByteWhereverItLiesBetweenTheFirstAndTheLastBlock() {
        flipEvery(29);
    }

    @Test
    @Tag("slow")
    void shouldNameEachFlippedByteBetweenTheFirstAndTheLastBlock() {
        flipEvery(1);
    }

    private void flipEvery(final int step) {
        useSmallJournal();
        final long first = places.get(0).offset();
        final BlockPlace last = places.get(places.size() - 1);
        int tried = 0;
        for (final Path file : JournalDirectory.cycleFiles(directory.resolve("gen-0"))) {
            final boolean isFirst = file.equals(places.get(0).file());
            final long to = file.equals(last.file()) ? last.end() : endOf(file) + 40;
            for (long at = isFirst ? first : 0; at < to; at += step) {
                assertFlipIsNamed(file, at, 1 << (at % 8));
                tried++;
            }
        }
        assertTrue(tried > 9_000 / step, "tried " + tried);
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldNameTheLostSequencesAndGoOnWhenAPageIsZeroed() {
        for (final int index : new int[] {0, 20, 149, 150, 299, 310}) {
            final BlockPlace place = places.get(index);
            final long page = place.offset() & -4096;
            final byte[] before = Damaged.read(place.file(), page, 4096);
            Damaged.zero(place.file(), page, 4096);

            final VerifyReport report = Damaged.verify(directory);
            assertFalse(report.isGood(), "block " + index);
            for (final BlockPlace other : places) {
                final boolean isHit = other.file().equals(place.file()) && other.end() > page && other.offset() - 4 < page + 4096;
                final boolean isMissing = report.missing().stream()
                    .anyMatch(range -> range.first() <= other.firstSequence() && other.lastSequence() <= range.last());
                assertTrue(isHit || !isMissing, "good block " + other + " is said to be missing: " + report.missing());
                if (other.file().equals(place.file()) && other.offset() >= page && other.end() <= page + 4096) {
                    assertTrue(isMissing || other.lastSequence() > report.lastSequence(), "lost block " + other + " is not named");
                }
            }
            assertReaderStops(report.damages().get(0).expectedSequence());
            Damaged.write(place.file(), page, before);
        }
    }

    @Test
    void shouldSayTheEndIsCutOffWhenTheFileIsShorter() throws IOException {
        final BlockPlace last = places.get(places.size() - 1);
        final long size = Files.size(last.file());
        for (final long length : new long[] {last.end() - 1, last.offset(), last.offset() - 2, last.offset() - 4, places.get(430)
            .offset() + 7}) {
            final byte[] rest = Damaged.read(last.file(), length, (int)(size - length));
            Damaged.cut(last.file(), length);

            final VerifyReport report = Damaged.verify(directory);
            assertFalse(report.isGood(), "cut at " + length);
            assertEquals(last.file().getFileName().toString(), report.damages().get(0).file());
            final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
            assertTrue(refused.getMessage().contains("repair"), refused.getMessage());
            assertReaderStops(report.lastSequence() + 1);
            Damaged.write(last.file(), length, rest);
        }
        // behind the last block there is nothing to lose
        Damaged.cut(last.file(), last.end());
        assertTrue(Damaged.verify(directory).isGood());
        ChronicleJournal.open(Blocks.context(directory)).close();
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldCutOnceAndReportWhenABlockWasNeverCommitted() {
        final BlockPlace last = places.get(places.size() - 1);
        final byte[] torn = Damaged.read(last.file(), last.offset(), last.length() - 3);
        // behind the word of the next frame
        Damaged.write(last.file(), ((last.end() + 3) & ~3L) + 4, torn);

        assertNotNull(Damaged.verify(directory).tornTail());
        assertTrue(Damaged.verify(directory).isGood());
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            // the cut begins at the place of the word, four bytes before
            assertEquals(torn.length + 4L - trailingZeros(torn), journal.report().cutBytes());
            assertEquals(last.lastSequence(), journal.lastSequence());
            assertTrue(journal.report().summary().contains("never committed"), journal.report().summary());
            new Blocks(6, kind).behind(journal).append(journal, 3, 1);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            assertEquals(0, journal.report().cutBytes());
            assertEquals(453, Blocks.read(journal, 1).size());
        }
        assertTrue(Damaged.verify(directory).isGood());
    }

    @Test
    void shouldRefuseToOpenWhenACommittedBlockAtTheEndIsDamaged() {
        final BlockPlace last = places.get(places.size() - 1);
        for (final long at : new long[] {last.offset() - 4, last.offset() - 1, last.offset(), last.offset() + 40, last.end() - 1}) {
            Damaged.flip(last.file(), at, 4);
            final JournalException refused = assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
            assertTrue(refused.getMessage().contains(last.file().toString()), refused.getMessage());
            assertTrue(refused.getMessage().contains("verify"), refused.getMessage());
            Damaged.flip(last.file(), at, 4);
        }
        Damaged.zero(last.file(), last.offset() - 4, 4);
        assertThrows(JournalException.class, () -> ChronicleJournal.open(Blocks.context(directory)));
        assertFalse(Damaged.verify(directory).isGood());
        assertReaderStops(last.firstSequence());
    }

    @Test
    void shouldNameAMissingCycleFile() throws IOException {
        Files.delete(places.get(200).file());

        final VerifyReport report = Damaged.verify(directory);
        assertEquals(List.of(new SequenceRange(places.get(150).firstSequence(), places.get(299).lastSequence())), report.missing());
        assertEquals(1, report.damages().size());
        assertReaderStops(places.get(150).firstSequence());
    }

    @Test
    void shouldNotTakeASignalForABlockWhenItLooksLikeOne() {
        final BlockPlace inner = places.get(10);
        final byte[] bait = Damaged.read(inner.file(), inner.offset() - 4, inner.length() + 4);
        // the inside of a later block carries a whole older one, frame word included; then that block's own head is lost
        final Path other = directory.resolve("bait");
        final BaitBlock carrier = new BaitBlock(bait);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(other))) {
            carrier.append(journal, 40);
        }
        final List<BlockPlace> baited = Damaged.places(other);
        Damaged.zero(baited.get(20).file(), baited.get(20).offset() - 4, 40);

        final VerifyReport report = Damaged.verify(other);
        assertEquals(List.of(new SequenceRange(baited.get(20).firstSequence(), baited.get(20).lastSequence())), report.missing());
        assertEquals(39, report.blocks());
    }

    private void assertFlipIsNamed(final Path file, final long at, final int bits) {
        Damaged.flip(file, at, bits);
        final VerifyReport report = Damaged.verify(directory);
        final String what = file.getFileName() + " offset " + at + " bits " + bits + ": " + report.damages();
        assertFalse(report.isGood(), what);
        final String name = file.getFileName().toString();
        assertTrue(report.damages().stream().anyMatch(damage -> isOfHead(damage, name, at)
            || (damage.file().equals(name) && damage.offset() <= at && at < damage.offset() + Math.max(damage.length(), 8))), what);
        Damaged.flip(file, at, bits);
    }

    /** A constant of the head is named by the head, not by the byte; a mark too far on by the blocks that should be there. */
    private static boolean isOfHead(final Damage damage, final String name, final long at) {
        return damage.file().equals(name) && at < 0x200 && (damage.offset() < 0x200 || damage.reason().contains("writer's mark"));
    }

    private void assertReaderStops(final long expected) {
        try (Journal reader = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = reader.openCursor(1)) {
            final JournalException stopped = assertThrows(JournalException.class, () -> Blocks.drain(cursor), "expected " + expected);
            assertTrue(stopped.getMessage().contains("expected sequence " + expected), expected + ": " + stopped.getMessage());
        } catch (final JournalException ex) {
            // the very first block is gone: there is nothing to open
            assertEquals(1, expected, ex.getMessage());
        }
    }

    /** The word of the head comes last when a file is made: a verification may open the file before, and look at it behind that. */
    @Test
    void shouldFindNothingWhenALiveWriterFinishesAFileThatIsBeingVerified() {
        final Path newest = places.get(places.size() - 1).file();
        final byte[] word = Damaged.read(newest, 0, Integer.BYTES);
        Damaged.zero(newest, 0, Integer.BYTES);
        final JournalMetadata metadata = JournalMetadata.read(new JournalDirectory(directory).metadata());
        final Findings findings = new Findings(metadata.gaps());
        try (CycleFile file = CycleVerifier.open(newest)) {
            final CycleVerifier verifier = new CycleVerifier(file, metadata, findings, VerifyListener.NONE);

            Damaged.write(newest, 0, word);
            verifier.run(true, false);
        }

        final VerifyReport report = findings.report(1);
        assertEquals(List.of(), report.damages(), "all in the file is newer than its verification");
        assertEquals(0, report.blocks());
    }

    private static int trailingZeros(final byte[] bytes) {
        int zeros = 0;
        while (0 == bytes[bytes.length - 1 - zeros]) {
            zeros++;
        }
        return zeros;
    }

    private long endOf(final Path file) {
        return places.stream().filter(place -> place.file().equals(file)).mapToLong(BlockPlace::end).max().orElseThrow();
    }

    /** Three cycles, each with a second index between its blocks. */
    private void useSmallJournal() {
        directory = directory.resolve("small");
        final Blocks blocks = new Blocks(8, kind);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory).cycle("TEST_DAILY"))) {
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 14, 1);
            }
        }
        places = Damaged.places(directory);
    }
}
