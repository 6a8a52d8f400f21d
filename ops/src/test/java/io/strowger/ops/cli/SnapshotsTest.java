package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that begin with a snapshot say what those say that begin with the first record. */
class SnapshotsTest {
    private static final int CALLS = 200;

    @TempDir
    private Path folder;
    private String journal;
    private String written;

    @BeforeEach
    void ingest() throws IOException {
        journal = folder.resolve("journal").toString();
        final StringBuilder lines = new StringBuilder();
        for (int call = 0; call < CALLS; call++) {
            lines.append("""
                {"specversion":"1.0","type":"signal.leg-seen","time":"2026-11-25T16:00:00Z","data":{"nativeId":"leg-%d","callId":"call-%d",\
                "user":"10%d","direction":"outgoing","legState":"ring","legKind":"device"}}
                """.formatted(call, call / 2, call % 7));
        }
        final Path file = Files.write(folder.resolve("calls.jsonl"), lines.toString().getBytes(StandardCharsets.UTF_8));
        final Run run = Run.of("ingest", file.toString(), "--format", "jsonl", "--source", "acme", "--journal", journal);
        assertEquals(0, run.exitCode(), run.err());
        written = run.lastLine();
        assertTrue(written.startsWith("position " + (CALLS + 2) + " "), run::err);
        keepSnapshot();
    }

    @Test
    void shouldReplayFromTheSnapshotToTheSameEnd() {
        final Run run = Run.of("replay", journal, "--from-snapshot");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(written, run.lastLine());
        assertTrue(run.out().contains("behind the snapshot at"), run.out());
        assertEquals(written, Run.of("replay", journal).lastLine());
    }

    @Test
    void shouldShowTheSameStatusAtEveryPlaceWithASnapshotAndWithout() throws IOException {
        final List<String> places = List.of("5", "100", "101", "150");
        final List<String> with = places.stream().map(this::status).toList();
        removeSnapshots();
        assertEquals(with, places.stream().map(this::status).toList());
    }

    @Test
    void shouldSayThatADamagedSnapshotIsPassedOver() throws IOException {
        damageSnapshot();
        final Run run = Run.of("status", journal, "--format", "json");
        assertEquals(0, run.exitCode());
        assertTrue(run.err().contains("is passed over") && run.err().contains("damaged"), run.err());
        assertEquals(written, Run.of("replay", journal, "--from-snapshot").lastLine());
    }

    @Test
    void shouldVerifyTheSnapshotsToo() throws IOException {
        final Run good = Run.of("verify", journal);
        assertEquals(0, good.exitCode(), good.out());
        assertTrue(good.lines().contains("snapshot " + (CALLS + 2) + ": good"), good.out());
        damageSnapshot();
        final Run damaged = Run.of("verify", journal);
        assertEquals(1, damaged.exitCode(), damaged.out());
        assertTrue(damaged.out().contains("damaged  snapshot " + (CALLS + 2) + ": "), damaged.out());
    }

    @Test
    void shouldNameWhatIsCalledLikeASnapshotAndIsNone() throws IOException {
        Files.createFile(Path.of(journal, "snapshots", "99999999999999999999.snapshot"));
        assertEquals(0, Run.of("status", journal).exitCode());
        assertEquals(0, Run.of("replay", journal, "--from-snapshot").exitCode());
        final Run verify = Run.of("verify", journal);
        assertEquals(1, verify.exitCode(), verify.err());
        assertTrue(verify.out().contains("damaged  snapshots/99999999999999999999.snapshot: its name is no sequence"), verify.out());
    }

    private void damageSnapshot() throws IOException {
        final Path snapshot;
        try (var files = Files.list(Path.of(journal, "snapshots"))) {
            snapshot = files.findFirst().orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
    }

    private void keepSnapshot() {
        try (Journal blocks = JournalFolder.read(Path.of(journal))) {
            final Follower follower = Follower.open(blocks, SnapshotFolder.of(Path.of(journal)), Long.MAX_VALUE, fault -> { });
            follower.run(100, position -> { });
            assertEquals(blocks.lastSequence() - follower.position(), follower.lag());
            follower.run(Long.MAX_VALUE, position -> { });
            follower.writeSnapshot();
        }
    }

    private String status(final String at) {
        final Run run = Run.of("status", journal, "--at", at, "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    private void removeSnapshots() throws IOException {
        try (var files = Files.list(Path.of(journal, "snapshots"))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
