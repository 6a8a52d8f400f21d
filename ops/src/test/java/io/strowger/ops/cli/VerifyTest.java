package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    private Path folder;
    private String journal;

    @BeforeEach
    void ingest() {
        journal = folder.resolve("journal").toString();
        final Path stream = new Capture("02-busy").unpack("", folder);
        // acknowledged: a block of the journal for each block of the PBX
        final Run run = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--acks", "--journal", journal);
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    void shouldBeGoodAndListBlocksWhenNothingIsDamaged() {
        final Run run = Run.of("verify", journal, "--blocks");
        assertEquals(0, run.exitCode(), run.out());
        final List<String[]> blocks = blocks(run);
        assertTrue(blocks.size() > 5, run.out());
        long expected = 1;
        for (final String[] block : blocks) {
            assertEquals(expected, Long.parseLong(block[3]));
            expected += Long.parseLong(block[4]);
        }
        assertTrue(run.out().contains("good: 1 file, " + blocks.size() + " blocks, " + (expected - 1) + " records"), run.out());
    }

    @Test
    void shouldNameBlockWhenOneOfItsBytesIsFlipped() throws IOException {
        final List<String[]> blocks = blocks(Run.of("verify", journal, "--blocks"));
        for (final String[] block : List.of(blocks.get(0), blocks.get(blocks.size() / 2), blocks.get(blocks.size() - 1))) {
            final long place = Long.parseLong(block[1]) + Long.parseLong(block[2]) / 2;
            flip(block[0], place);
            final Run run = Run.of("verify", journal);
            assertEquals(1, run.exitCode());
            assertTrue(run.out().contains("damaged  " + Path.of(block[0]).getFileName()), run.out());
            assertTrue(run.out().contains("expected sequence " + block[3] + ":"), run.out());
            flip(block[0], place);
        }
        assertEquals(0, Run.of("verify", journal).exitCode(), "flipped back it is good again");
    }

    @Test
    void shouldFailReplayWithPlaceWhenJournalIsDamaged() throws IOException {
        final String[] block = blocks(Run.of("verify", journal, "--blocks")).get(3);
        flip(block[0], Long.parseLong(block[1]) + 100);
        final Run run = Run.of("replay", journal);
        assertEquals(1, run.exitCode(), run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(Path.of(block[0]).getFileName().toString()), run.err());
    }

    private static List<String[]> blocks(final Run run) {
        return run.lines().stream().filter(line -> line.contains("\t")).map(line -> line.split("\t", -1)).toList();
    }

    private static void flip(final String file, final long place) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
            access.seek(place);
            final int old = access.read();
            access.seek(place);
            access.write(old ^ 0x10);
        }
    }
}
