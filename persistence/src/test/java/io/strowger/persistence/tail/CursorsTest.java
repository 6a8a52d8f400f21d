package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Damaged;
import io.strowger.persistence.FaultyDisk;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of cursors: what they are called, what they say of the oldest, and what is said of a damaged one. */
class CursorsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeJournal() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            new Blocks(1).append(journal, 10, 2);
        }
    }

    @Test
    void shouldNameTheOldestWhenThereAreMany() {
        assertNull(Cursors.oldest(directory));
        assertEquals(List.of(), Cursors.list(directory));
        commit("b", 7);
        commit("a.b-C_9", 3);
        commit("c", 20);
        assertEquals("a.b-C_9", Cursors.oldest(directory).name());
        assertEquals(4, Cursors.oldest(directory).position());
        assertEquals(List.of("a.b-C_9", "b", "c"), Cursors.list(directory).stream().map(NamedCursor::name).toList());
        assertTrue(Cursors.remove(directory, "a.b-C_9"));
        assertFalse(Cursors.remove(directory, "a.b-C_9"));
        assertEquals("b", Cursors.oldest(directory).name());
    }

    @Test
    void shouldRefuseTheNameWhenItIsNone() {
        for (final String name : List.of("", ".", "..", ".a", "a/b", "../a", "a b", "\u00e4", "a\n", "a\u0000", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> JournalTail.open(directory, name), name);
            assertThrows(IllegalArgumentException.class, () -> Cursors.remove(directory, name), name);
        }
        commit("x".repeat(64), 1);
        commit("a.tmp", 2);
        commit("a", 3);
        assertEquals(3, Cursors.list(directory).size());
    }

    @Test
    void shouldSayDamagedWhenAnyByteIsAnother() throws IOException {
        commit("a", 5);
        final Path file = directory.resolve("cursors").resolve("a");
        final byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            Damaged.flip(file, i, 1 << (i % 8));
            checkDamaged();
            Files.write(file, good);
        }
        for (final int length : new int[] {0, 1, good.length - 1, good.length + 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            checkDamaged();
        }
        try (JournalTail tail = JournalTail.restart(directory, "a", TailStart.at(9))) {
            assertEquals(9, tail.position());
        }
        assertEquals(9, Cursors.oldest(directory).position());
    }

    @Test
    void shouldRemoveACursorWhenItIsDamaged() throws IOException {
        commit("a", 5);
        Files.write(directory.resolve("cursors").resolve("a"), new byte[3]);
        assertTrue(Cursors.remove(directory, "a"));
        assertNull(Cursors.oldest(directory));
    }

    @Test
    void shouldLeaveOnlyCursorAndLockWhenCommitted() throws IOException {
        commit("a", 5);
        try (Stream<Path> files = Files.list(directory.resolve("cursors"))) {
            assertEquals(List.of(".a.lock", "a"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldPutTheFoldersNameOnTheDiskWhenTheCursorIsNewThoughTheFolderIsNot() throws IOException {
        Files.createDirectories(directory.resolve("cursors"));
        final FaultyDisk disk = new FaultyDisk();
        final CursorFile file = new CursorFile(directory, "a", disk);
        file.write(new NamedCursor("a", 1, 0, 0, 0));
        assertEquals(List.of(directory.getFileName().toString()), disk.forced());
        file.write(new NamedCursor("a", 2, 0, 0, 0));
        assertEquals(List.of(), disk.forced());
    }

    @Test
    void shouldPutTheFoldersNameOnTheDiskTheNextTimeWhenThatHasFailed() throws IOException {
        Files.createDirectories(directory.resolve("cursors"));
        final FaultyDisk disk = new FaultyDisk().failForce(new IOException("I/O error"));
        final CursorFile file = new CursorFile(directory, "a", disk);
        assertThrows(JournalException.class, () -> file.write(new NamedCursor("a", 1, 0, 0, 0)));
        disk.failForce(null).forced();
        file.write(new NamedCursor("a", 1, 0, 0, 0));
        assertEquals(List.of(directory.getFileName().toString()), disk.forced());
    }

    @Test
    void shouldBeginACursorWhereTheJournalsFolderMayOnlyBeRead() throws IOException {
        Files.createDirectories(directory.resolve("cursors"));
        final Path places = directory.resolve("PLACES");
        assertTrue(Files.exists(places), "made by the writer");
        Files.setPosixFilePermissions(places, PosixFilePermissions.fromString("r--r--r--"));
        // where root runs this, modes forbid nothing: only who runs it as somebody else proves something
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            commit("a", 5);
            assertEquals(6, Cursors.oldest(directory).position());
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void shouldTakeTheOldCursorWhenAProcessDiedBeforeTheRename() throws IOException {
        commit("a", 5);
        Files.write(directory.resolve("cursors").resolve(".a.tmp"), new byte[20]);
        assertEquals(1, Cursors.list(directory).size());
        try (JournalTail tail = JournalTail.open(directory, "a")) {
            assertEquals(6, tail.position());
            tail.poll(record -> { }, 1);
            tail.commit();
        }
        assertEquals(7, Cursors.oldest(directory).position());
    }

    private void checkDamaged() {
        final CursorException fault = assertThrows(CursorException.class, () -> JournalTail.open(directory, "a"));
        assertEquals(CursorException.Reason.DAMAGED, fault.reason());
        assertTrue(fault.getMessage().contains("cursors"), fault.getMessage());
        assertThrows(CursorException.class, () -> Cursors.oldest(directory));
    }

    private void commit(final String name, final int records) {
        try (JournalTail tail = JournalTail.open(directory, name)) {
            tail.poll(record -> { }, records);
            tail.commit();
        }
    }
}
