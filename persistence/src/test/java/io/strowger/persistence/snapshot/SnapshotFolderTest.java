package io.strowger.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.FaultyDisk;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.snapshot.Snapshot;
import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
    private static final FoldLimits LIMITS = new FoldLimits(1, 2, 3, 4, 5, 6);
    private static final int NUMBERS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveBackWhatWasWritten() {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        assertArrayEquals(new long[0], snapshots.sequences());
        snapshots.write(header(7), SnapshotFolderTest::write);
        try (Snapshot snapshot = snapshots.open(7)) {
            assertEquals(header(7), snapshot.header());
            read(snapshot.state());
        }
    }

    @Test
    void shouldKeepTheNewestOnesOnly() {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2);
        for (final long sequence : new long[] {9, 100, 20}) {
            snapshots.write(header(sequence), SnapshotFolderTest::write);
        }
        assertArrayEquals(new long[] {100, 20}, snapshots.sequences());
    }

    @Test
    void shouldNotCountADamagedOneAsTheFallback() throws IOException {
        final SnapshotFolder before = SnapshotFolder.of(folder, 2);
        before.write(header(9), SnapshotFolderTest::write);
        before.write(header(20), SnapshotFolderTest::write);
        damage(20);
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2);
        snapshots.write(header(30), SnapshotFolderTest::write);
        assertArrayEquals(new long[] {30, 20, 9}, snapshots.sequences());
        snapshots.write(header(40), SnapshotFolderTest::write);
        assertArrayEquals(new long[] {40, 30}, snapshots.sequences());
    }

    @Test
    void shouldNotCountOneThatWasDamagedSinceItWasWritten() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2);
        snapshots.write(header(9), SnapshotFolderTest::write);
        snapshots.write(header(20), SnapshotFolderTest::write);
        damage(20);
        Files.setLastModifiedTime(file(20), FileTime.fromMillis(1));
        snapshots.write(header(30), SnapshotFolderTest::write);
        assertArrayEquals(new long[] {30, 20, 9}, snapshots.sequences());
    }

    @Test
    void shouldPassOverNamesThatAreNoSequence() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        snapshots.write(header(7), SnapshotFolderTest::write);
        Files.createFile(folder.resolve("snapshots/99999999999999999999.snapshot"));
        Files.createFile(folder.resolve("snapshots/7.snapshot"));
        Files.createFile(folder.resolve("snapshots/09223372036854775807.snapshot"));
        assertArrayEquals(new long[] {Long.MAX_VALUE, 7}, snapshots.sequences());
        assertEquals(List.of("7.snapshot", "99999999999999999999.snapshot"), snapshots.strangers());
        snapshots.write(header(8), SnapshotFolderTest::write);
    }

    @Test
    void shouldKeepTheOneJustWrittenBelowThoseOfAJournalThatWasCut() {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2);
        for (final long sequence : new long[] {100, 200, 50, 60}) {
            snapshots.write(header(sequence), SnapshotFolderTest::write);
        }
        assertArrayEquals(new long[] {200, 60}, snapshots.sequences());
    }

    @Test
    void shouldRemoveWhatADeadWriterHasLeft() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        snapshots.write(header(7), SnapshotFolderTest::write);
        Files.write(files().get(0).resolveSibling("00000000000000000003.snapshot.tmp"), new byte[3]);
        snapshots.write(header(8), SnapshotFolderTest::write);
        assertEquals(2, files().size());
    }

    @Test
    void shouldRefuseAFileWithAnyByteChanged() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        snapshots.write(header(7), SnapshotFolderTest::write);
        final Path file = files().get(0);
        final byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += at < 200 ? 1 : 4_001) {
            if (at >= 12 && at < 16) {
                continue; // reserved, read by nobody
            }
            final byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);
            assertThrows(SnapshotException.class, () -> readAll(snapshots), "byte " + at);
        }
    }

    @Test
    void shouldRefuseAFileThatIsCut() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        snapshots.write(header(7), SnapshotFolderTest::write);
        final Path file = files().get(0);
        final byte[] whole = Files.readAllBytes(file);
        for (final int length : new int[] {0, 1, 15, 16, 30, 68, 100, whole.length / 2, whole.length - 9, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(SnapshotException.class, () -> readAll(snapshots), "of length " + length);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenTheWritingFails() throws IOException {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder);
        assertThrows(SnapshotException.class, () -> snapshots.write(header(7), out -> {
            throw new UncheckedIOException(new IOException("no space left"));
        }));
        assertArrayEquals(new long[0], snapshots.sequences());
        assertEquals(List.of(), files());
    }

    @Test
    void shouldSayThatTheSnapshotIsThereWhenOnlyItsNameMayNotBeOnTheDisk() {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2, new FaultyDisk().failForce(new IOException("I/O error")));
        final SnapshotException thrown = assertThrows(SnapshotException.class,
            () -> snapshots.write(header(7), SnapshotFolderTest::write));
        assertTrue(thrown.getMessage().contains("is written") && thrown.getMessage().contains("I/O error"), thrown.getMessage());
        readAll(snapshots);
    }

    @Test
    void shouldKeepNoMoreThanItMayWhenTheirNamesMayNotBeOnTheDisk() {
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 2, new FaultyDisk().failForce(new IOException("I/O error")));
        for (int sequence = 7; sequence < 12; sequence++) {
            final SnapshotHeader header = header(sequence);
            assertTrue(assertThrows(SnapshotException.class, () -> snapshots.write(header, SnapshotFolderTest::write)).isWritten());
        }
        assertArrayEquals(new long[] {11, 10}, snapshots.sequences());
    }

    @Test
    void shouldSayThatTheSnapshotIsOnTheDiskWhenAnOldOneCanNotBeRemoved() throws IOException {
        Files.createDirectories(folder.resolve("snapshots").resolve("00000000000000000003.snapshot").resolve("in the way"));
        final SnapshotFolder snapshots = SnapshotFolder.of(folder, 1);
        final SnapshotException thrown = assertThrows(SnapshotException.class,
            () -> snapshots.write(header(7), SnapshotFolderTest::write));
        assertTrue(thrown.getMessage().contains("the snapshot at 7 is written"), thrown.getMessage());
        assertTrue(thrown.isWritten());
        readAll(snapshots);
    }

    @Test
    void shouldSayWhichFileCanNotBeRead() {
        final SnapshotException thrown = assertThrows(SnapshotException.class, () -> SnapshotFolder.of(folder).open(7));
        assertTrue(thrown.getMessage().contains("00000000000000000007.snapshot"), thrown.getMessage());
    }

    private static SnapshotHeader header(final long sequence) {
        return new SnapshotHeader(sequence, -5, 1_000, LIMITS);
    }

    private static void write(final StateOutput out) {
        for (int i = 0; i < NUMBERS; i++) {
            out.putLong(i);
        }
        out.end();
    }

    private static void read(final StateInput in) {
        for (int i = 0; i < NUMBERS; i++) {
            assertEquals(i, in.getLong());
        }
        in.end();
    }

    private static void readAll(final SnapshotFolder snapshots) {
        try (Snapshot snapshot = snapshots.open(7)) {
            read(snapshot.state());
        }
    }

    private Path file(final long sequence) {
        return folder.resolve("snapshots").resolve("%020d.snapshot".formatted(sequence));
    }

    private void damage(final long sequence) throws IOException {
        final byte[] bytes = Files.readAllBytes(file(sequence));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(sequence), bytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
            return files.toList();
        }
    }
}
