package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger takes no room that was not put aside before. */
class RemovalLedgerTest {
    private static final RemovalLedger LEDGER = new RemovalLedger(41, -3, true, "20241008T4.cq4");
    private static final String SPARE = "removed.properties.spare";

    @TempDir
    private Path generation;

    @Test
    void shouldWriteIntoTheRoomPutAside() throws IOException {
        RemovalLedger.keepSpare(generation);
        final Path spare = generation.resolve(SPARE);
        assertEquals(4096, Files.size(spare));
        final Object room = key(spare);
        LEDGER.write(generation);
        assertEquals(room, key(generation.resolve(RemovalLedger.FILE_NAME)));
        assertEquals(List.of(RemovalLedger.FILE_NAME), names());
        assertEquals(LEDGER, RemovalLedger.read(generation));
    }

    @Test
    void shouldPutRoomAsideAgainWhenARemovalHasTakenIt() {
        final Path directory = generation.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Blocks blocks = new Blocks(1);
            for (int day = 0; day < 3; day++) {
                blocks.time(Blocks.START_NS + day * Blocks.DAY_NS).append(journal, 10, 1);
            }
            final Path spare = directory.resolve("gen-0").resolve(SPARE);
            assertTrue(Files.exists(spare));
            final KeptCycles cycles = KeptCycles.of(journal);
            cycles.beginWith(cycles.list().get(1));
            assertTrue(Files.exists(spare));
            cycles.beginWith(cycles.list().get(1));
            assertEquals(21, journal.firstSequence());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 200, 9_000})
    void shouldWriteAWholeLedgerWhenARunBeforeHasDiedWithinTheSpare(final int written) throws IOException {
        final String half = "first.sequence=7\n".repeat(1_000).substring(0, written);
        Files.write(generation.resolve(SPARE), half.getBytes(StandardCharsets.US_ASCII));
        LEDGER.write(generation);
        assertEquals(LEDGER, RemovalLedger.read(generation));
    }

    @Test
    void shouldWriteTheLedgerWithoutASpare() {
        LEDGER.write(generation);
        assertEquals(LEDGER, RemovalLedger.read(generation));
    }

    @Test
    void shouldLeaveNoTemporaryFileWhenAFileCanNotBeReplaced() throws IOException {
        Files.createDirectories(generation.resolve("file/in the way"));
        assertThrows(IOException.class, () -> DurableFiles.replace(generation.resolve("file"), new byte[7]));
        assertEquals(List.of("file"), names());
    }

    private static Object key(final Path file) throws IOException {
        final Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        assertNotNull(key);
        return key;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(generation)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
