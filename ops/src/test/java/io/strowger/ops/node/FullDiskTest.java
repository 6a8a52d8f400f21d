package io.strowger.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.console.FailedException;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees when the disk of the journal is full. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    private Path folder;
    private Path disk;
    private Path ballast;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        ballast = disk.resolve("ballast");
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", disk.toString()), "no mount here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void shouldSayThatTheDiskIsFullAndGoOnWhenThereIsRoomAgain() throws Exception {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("01-answered-call")));
        final Path journal = disk.resolve("journal");
        try (LocalRouter router = LocalRouter.open(journal, note -> { })) {
            fill();
            for (final UnsafeBuffer fact : facts) {
                assertEquals(0, router.offer(fact, 0, fact.capacity()));
            }
            final FailedException full = assertThrows(FailedException.class, router::drain);
            assertTrue(full.getMessage().contains("the disk of the journal is full"), full.getMessage());
            assertEquals(0, router.lastSequence());
            Files.delete(ballast);
            router.drain();
            assertTrue(router.lastSequence() >= facts.size(), "records " + router.lastSequence());
        }
        assertEquals(0, Run.of("replay", journal.toString()).exitCode());
    }

    @Test
    void shouldRefuseInOneLineWhenTheDiskHasNoRoomForAJournal() throws Exception {
        fill();
        final Path stream = new Capture("01-answered-call").unpack("", folder);
        final Run ingest = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal",
            disk.resolve("journal").toString());
        assertEquals(1, ingest.exitCode());
        assertEquals(1, ingest.err().lines().count(), ingest.err());
        assertTrue(ingest.err().contains("bytes free; a writer needs"), ingest.err());
    }

    @Test
    void shouldRemoveOldFilesWhenNotAByteIsFree() throws Exception {
        final Path journal = disk.resolve("journal");
        final List<String> ingest = new ArrayList<>(List.of("ingest", "--format", "jsonl", "--source", "acme", "--journal",
            journal.toString()));
        for (int day = 1; day <= 3; day++) {
            final StringBuilder lines = new StringBuilder();
            for (int call = 0; call < 20; call++) {
                lines.append("""
                    {"specversion":"1.0","type":"signal.leg-seen","time":"2099-11-2%dT16:00:00Z","data":{"nativeId":"leg-%d-%d",\
                    "callId":"call-%d","user":"101","direction":"outgoing","legState":"ring","legKind":"device"}}
                    """.formatted(day, day, call, call));
            }
            ingest.add(Files.writeString(folder.resolve("day-" + day), lines).toString());
            final Run run = Run.of(ingest.toArray(new String[0]));
            assertEquals(0, run.exitCode(), run.err());
        }
        try (Journal blocks = JournalFolder.read(journal)) {
            final Follower follower = Follower.open(blocks, SnapshotFolder.of(journal), Long.MAX_VALUE, fault -> { });
            follower.run(Long.MAX_VALUE, position -> { });
            follower.writeSnapshot();
        }
        run("dd", "if=/dev/zero", "of=" + ballast, "bs=4k");
        assumeTrue(0 == disk.toFile().getUsableSpace(), "the disk is not full");
        final Run retain = Run.of("retain", journal.toString(), "--keep-bytes", "0");
        assertEquals(0, retain.exitCode(), retain.err());
        assertEquals(2, retain.lines().stream().filter(line -> line.startsWith("removed  ")).count(), retain.out());
        // to look into a hole of a file takes room on a tmpfs
        Files.delete(ballast);
        final Run verify = Run.of("verify", journal.toString());
        assertEquals(0, verify.exitCode(), verify.out() + verify.err());
    }

    private void fill() throws Exception {
        assumeTrue(0 == run("fallocate", "-l", "200m", ballast.toString()), "no fallocate here");
    }

    private static int run(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (final IOException ex) {
            // there is no such program
            return -1;
        }
    }
}
