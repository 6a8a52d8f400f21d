package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.JournalRepair;
import io.strowger.persistence.RepairReport;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a journal that a repair could not save all of. */
class RepairedJournalTest {
    @TempDir
    private Path folder;
    private String journal;
    private Path stream;
    private SequenceRange lost;
    private long end;

    @BeforeEach
    void loseABlock() throws IOException {
        journal = folder.resolve("journal").toString();
        stream = new Capture("02-busy").unpack("", folder);
        assertEquals(0, ingest().exitCode());
        final List<String[]> blocks = Run.of("verify", journal, "--blocks").lines().stream().filter(line -> line.contains("\t"))
            .map(line -> line.split("\t", -1)).toList();
        final String[] block = blocks.get(blocks.size() / 2);
        final String[] last = blocks.get(blocks.size() - 1);
        end = Long.parseLong(last[3]) + Long.parseLong(last[4]) - 1;
        lost = new SequenceRange(Long.parseLong(block[3]), Long.parseLong(block[3]) + Long.parseLong(block[4]) - 1);
        try (RandomAccessFile file = new RandomAccessFile(block[0], "rw")) {
            file.seek(Long.parseLong(block[1]) + 100);
            file.write(new byte[8]);
        }
        final RepairReport report = new JournalRepair(new ChronicleJournalContext().directory(Path.of(journal))).run();
        assertEquals(List.of(lost), report.missing());
    }

    @Test
    void shouldRefuseInOneLineThatNamesTheLostWhenTheStateIsNeeded() {
        for (final Run run : List.of(Run.of("status", journal), Run.of("replay", journal), ingest())) {
            assertEquals(1, run.exitCode());
            assertEquals("", run.out());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(run.err().contains("sequences " + lost + " are lost"), run.err());
        }
        assertEquals(0, Run.of("verify", journal).exitCode(), "nothing was written to it");
    }

    @Test
    void shouldStillAnswerWhenTheStateBeforeTheLostIsAsked() {
        final Run run = Run.of("status", journal, "--at", Long.toString(lost.first() - 1), "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.lastLine().contains("\"sequence\":" + (lost.first() - 1)), run.lastLine());
    }

    @Test
    void shouldGoOnBehindTheLostAndSayWhatIsMissingWhenTailed() {
        final Run run = Run.of("tail", journal, "--raw", "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(end - lost.count(), run.lines().size());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("sequences " + lost + " are lost"), run.err());
        assertEquals("", Run.of("tail", journal, "--from", Long.toString(lost.last() + 1)).err(), "nothing is missing behind them");
    }

    private Run ingest() {
        return Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--acks", "--journal", journal);
    }
}
