package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.persistence.LockFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that saves what is whole of a damaged journal. */
class RepairTest {
    @TempDir
    private Path folder;
    private Path journal;
    private long records;
    private String[] block;

    @BeforeEach
    void fill() throws IOException {
        journal = folder.resolve("journal");
        final Path stream = new Capture("02-busy").unpack("", folder);
        assertEquals(0, Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal", journal.toString())
            .exitCode());
        final List<String[]> blocks = Run.of("verify", journal.toString(), "--blocks").lines().stream()
            .filter(line -> line.contains("\t")).map(line -> line.split("\t", -1)).toList();
        block = blocks.get(blocks.size() / 2);
        records = blocks.stream().mapToLong(each -> Long.parseLong(each[4])).sum();
    }

    @Test
    void shouldFindNothingToDoWhenNothingIsDamaged() {
        for (final Run run : List.of(repair(), repair("--apply"))) {
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.out().startsWith("good: nothing to repair, " + records + " records, sequences 1 to " + records), run.out());
        }
        assertFalse(Files.exists(journal.resolve("gen-1")));
    }

    @Test
    void shouldSayWhatCanBeSavedAndWriteNothingUntilItIsToldTo() throws IOException {
        damage();
        final long lost = Long.parseLong(block[4]);
        final Run plan = repair();
        assertEquals(1, plan.exitCode());
        assertEquals("", plan.err());
        assertTrue(plan.lines().get(0).startsWith("damaged  "), plan.out());
        assertEquals("lost     sequences " + range(), plan.lines().get(1));
        assertTrue(plan.lines().get(2).matches("would save \\d+ blocks? with " + (records - lost)
            + " records?; the copy takes [0-9,]+ bytes, and [0-9,]+ are free"), plan.out());
        assertEquals("nothing was written: --apply does it", plan.lastLine());
        assertFalse(Files.exists(journal.resolve("gen-1")));
        assertEquals(1, Run.of("verify", journal.toString()).exitCode());

        final Run done = repair("--apply");
        assertEquals(0, done.exitCode(), done.err());
        assertTrue(done.lastLine().matches("repaired: \\d+ blocks? with " + (records - lost) + " records? in .*/gen-1;.*"), done.out());
        assertTrue(done.err().contains("no router starts on it"), done.err());
        assertEquals(0, Run.of("verify", journal.toString()).exitCode());
        assertEquals(records - lost, Run.of("tail", journal.toString(), "--raw", "--format", "json").lines().size());
        assertTrue(Files.isDirectory(journal.resolve("gen-0")), "what was there before stays");
        assertEquals(0, repair().exitCode(), "once is enough");
    }

    @Test
    void shouldRefuseBesideTheWriter() throws IOException {
        damage();
        try (LockFile held = LockFile.take(journal.resolve("LOCK"))) {
            assertNotNull(held);
            assertEquals(1, repair().exitCode());
            final Run run = repair("--apply");
            assertEquals(1, run.exitCode(), run.out());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(run.err().contains("open for writing already"), run.err());
            assertFalse(Files.exists(journal.resolve("gen-1")));
        }
    }

    private void damage() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(block[0], "rw")) {
            file.seek(Long.parseLong(block[1]) + 100);
            file.write(new byte[8]);
        }
    }

    private String range() {
        final long first = Long.parseLong(block[3]);
        final long last = first + Long.parseLong(block[4]) - 1;
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    private Run repair(final String... options) {
        return Run.of(Stream.concat(Stream.of("repair", journal.toString()), Stream.of(options)).toArray(String[]::new));
    }
}
