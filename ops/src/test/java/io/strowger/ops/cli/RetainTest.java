package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of some days, of which all but the last go: every command says the same of the rest, and what it can't say any more. */
class RetainTest {
    private static final int DAYS = 5;
    private static final int CALLS = 40;

    @TempDir
    private Path folder;
    private String journal;
    private final List<String> calls = new ArrayList<>();
    private String written;
    private String status;
    private long last;

    @BeforeEach
    void ingest() throws IOException {
        journal = folder.resolve("journal").toString();
        for (int day = 0; day < DAYS; day++) {
            final StringBuilder lines = new StringBuilder();
            for (int call = 0; call < CALLS; call++) {
                lines.append(line(day, call)).append('\n');
            }
            calls.add(Files.write(folder.resolve("day-" + day), lines.toString().getBytes(StandardCharsets.UTF_8)).toString());
            // a run a day: else all of them stand in one block
            written = ingestAgain().lastLine();
        }
        status = Run.of("status", journal, "--format", "json").out();
        try (Journal blocks = JournalFolder.read(Path.of(journal))) {
            last = blocks.lastSequence();
        }
    }

    @Test
    void shouldRemoveNothingWhenThereIsNoSnapshot() {
        final Run run = Run.of("retain", journal, "--keep-bytes", "0");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("no good snapshot"), run.err());
        assertEquals(written, Run.of("replay", journal).lastLine());
    }

    @Test
    void shouldSayTheSameOfWhatIsKeptWhenTheBeginningIsGone() {
        keepSnapshot();
        final Run dry = Run.of("retain", journal, "--keep-bytes", "0", "--dry-run");
        assertTrue(dry.out().contains("would remove"), dry.out());
        assertEquals(written, Run.of("replay", journal).lastLine());

        final Run run = Run.of("retain", journal, "--keep-bytes", "0");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(DAYS - 1, run.lines().stream().filter(line -> line.startsWith("removed  ")).count(), run.out());
        final long first = first();
        assertTrue(first > CALLS * (DAYS - 1) && first < last, () -> first + " of " + last);

        final Run verify = Run.of("verify", journal);
        assertEquals(0, verify.exitCode(), verify.out());
        assertTrue(verify.out().contains("removed  sequences 1-" + (first - 1)), verify.out());
        assertEquals(written, Run.of("replay", journal, "--from-snapshot").lastLine());
        assertEquals(status, Run.of("status", journal, "--format", "json").out());
        assertEquals(written, ingestAgain().lastLine());
        final List<String> tail = Run.of("tail", journal, "--raw", "--format", "json").lines();
        assertEquals(last - first + 1, tail.size());
        assertTrue(tail.get(0).contains("\"id\":\"" + first + '"'), tail.get(0));
    }

    @Test
    void shouldNotCountASnapshotOfRecordsThatAreLostAsTheFallback() throws IOException {
        final Path good = snapshotAt(50);
        final Path beyond = good.resolveSibling("%020d.snapshot".formatted(last + 100));
        Files.copy(good, beyond);
        keepSnapshot();
        assertTrue(Files.exists(good));
        assertTrue(Files.exists(beyond));
    }

    @Test
    void shouldSayWhatIsGoneWhenAskedForIt() {
        keepSnapshot();
        assertEquals(0, Run.of("retain", journal, "--keep-bytes", "0").exitCode());
        final Run replay = Run.of("replay", journal);
        assertEquals(1, replay.exitCode());
        assertTrue(replay.err().contains("were removed") && replay.err().contains("--from-snapshot begins behind the one at " + last),
            replay.err());
        assertRefused(Run.of("tail", journal, "--from", Long.toString(first() - 1)), "is too old (first=" + first() + ')');
        assertRefused(Run.of("status", journal, "--at", "7"), "position 7 is too old (first=" + last + "): the records before");
    }

    @Test
    void shouldNameTheNewestGoodSnapshotWhenAReplayFindsTheBeginningGone() throws IOException {
        final long older = keepSnapshot(endOfBlockBeforeLast());
        keepSnapshot();
        Run.of("retain", journal, "--keep-bytes", "0");
        assertTrue(1 < first() && older < last, () -> first() + ", " + older);
        damageSnapshot(last);
        final Run replay = Run.of("replay", journal);
        assertEquals(1, replay.exitCode());
        assertTrue(replay.err().contains("--from-snapshot begins behind the one at " + older), replay.err());
        assertTrue(replay.err().contains("snapshot at " + last + " is passed over"), replay.err());
        assertEquals(written, Run.of("replay", journal, "--from-snapshot").lastLine());
        damageSnapshot(older);
        final Run none = Run.of("replay", journal);
        assertEquals(1, none.exitCode());
        assertTrue(!none.err().contains("--from-snapshot") && none.err().contains("there is no good one"), none.err());
    }

    @Test
    void shouldNameTheCursorWhenItHoldsTheJournal() {
        keepSnapshot();
        JournalTail.open(Path.of(journal), "billing", TailStart.at(9)).close();
        final Run run = Run.of("retain", journal, "--keep-bytes", "1000");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("the cursor billing, which stands at 9"), run.err());
        assertEquals(1, first());
        assertTrue(Cursors.remove(Path.of(journal), "billing"));
        assertEquals(0, Run.of("retain", journal, "--keep-bytes", "0").exitCode());
        assertTrue(first() > 1);
    }

    @Test
    void shouldRefuseWhenItIsOpenForWritingOrNothingIsAskedFor() {
        assertRefused(Run.of("retain", journal), "--keep-days or --keep-bytes");
        assertRefused(Run.of("retain", folder.toString(), "--keep-days", "1"), "no journal");
        try (ChronicleJournal writer = ChronicleJournal.open(new ChronicleJournalContext().directory(Path.of(journal)))) {
            final Run run = Run.of("retain", journal, "--keep-days", "1");
            assertEquals(1, run.exitCode(), writer::toString);
            assertTrue(run.err().contains("open for writing"), run.err());
        }
    }

    private static void assertRefused(final Run run, final String reason) {
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains(reason), run.err());
    }

    private Run ingestAgain() {
        final List<String> command = new ArrayList<>(List.of("ingest", "--format", "jsonl", "--source", "acme", "--journal", journal));
        command.addAll(calls);
        final Run run = Run.of(command.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private long first() {
        try (Journal blocks = JournalFolder.read(Path.of(journal))) {
            return blocks.firstSequence();
        }
    }

    /** Where a snapshot may stand: a recovery begins between two blocks. */
    private long endOfBlockBeforeLast() {
        final long[] end = new long[1];
        try (Journal blocks = JournalFolder.read(Path.of(journal)); JournalCursor cursor = blocks.openCursor(1)) {
            cursor.poll((buffer, offset, length) -> {
                end[0] = BlockLayout.firstSequence(buffer, offset) - 1;
                return true;
            }, Integer.MAX_VALUE);
        }
        return end[0];
    }

    private void damageSnapshot(final long sequence) throws IOException {
        final Path file = Path.of(journal, "snapshots", "%020d.snapshot".formatted(sequence));
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private Path snapshotAt(final long position) throws IOException {
        try (Journal blocks = JournalFolder.read(Path.of(journal))) {
            final Follower follower = Follower.open(blocks, SnapshotFolder.of(Path.of(journal)), position, fault -> { });
            follower.run(position, at -> { });
            follower.writeSnapshot();
        }
        try (var files = Files.list(Path.of(journal, "snapshots"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private void keepSnapshot() {
        keepSnapshot(Long.MAX_VALUE);
    }

    private long keepSnapshot(final long until) {
        try (Journal blocks = JournalFolder.read(Path.of(journal))) {
            final Follower follower = Follower.open(blocks, SnapshotFolder.of(Path.of(journal)), Long.MAX_VALUE, fault -> { });
            follower.run(until, position -> { });
            follower.writeSnapshot();
            return follower.position();
        }
    }

    /** Later than the clock of any machine, which times what has no time of its own. */
    private static String line(final int day, final int call) {
        return """
            {"specversion":"1.0","type":"signal.leg-seen","time":"2099-11-2%dT16:00:00Z","data":{"nativeId":"leg-%d-%d","callId":"call-%d",\
            "user":"10%d","direction":"outgoing","legState":"ring","legKind":"device"}}""".formatted(day, day, call, call / 2, call % 7);
    }
}
