package io.strowger.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.config.JournalConfig;
import io.strowger.ops.config.KeepConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.retention.Retention;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server removes from its journal while it is written. */
class JournalKeepingTest {
    private static final int DAYS = 3;
    private static final long SECONDS = 30;
    private static final KeepConfig ONE_BYTE = new KeepConfig(null, 1L);

    @TempDir
    private Path folder;
    private Path journal;
    private String status;

    @BeforeEach
    void fill() throws IOException {
        journal = folder.resolve("journal");
        final List<String> command =
            new ArrayList<>(List.of("ingest", "--format", "jsonl", "--source", "acme", "--journal", journal.toString()));
        for (int day = 1; day <= DAYS; day++) {
            // a file a day; later than the clock of any machine, which times what has no time of its own
            final Path facts = Files.writeString(folder.resolve("day-" + day), """
                {"specversion":"1.0","type":"signal.leg-seen","time":"2099-11-0%dT16:00:00Z","data":{"nativeId":"leg-%d","callId":"c",\
                "user":"102","direction":"outgoing","legState":"ring","legKind":"device"}}
                """.formatted(day, day));
            command.add(facts.toString());
            final Run run = Run.of(command.toArray(new String[0]));
            assertEquals(0, run.exitCode(), run.err());
        }
        try (Journal blocks = JournalFolder.read(journal)) {
            final Follower follower = Follower.open(blocks, SnapshotFolder.of(journal), Long.MAX_VALUE, fault -> { });
            follower.run(Long.MAX_VALUE, position -> { });
            follower.writeSnapshot();
        }
        status = status();
        assertEquals(1, first());
    }

    @Test
    void shouldRemoveWhatNothingNeedsWhenTheJournalIsLargerThanItShouldBe() {
        try (RunningRouter running = open(ONE_BYTE)) {
            awaitRemoval(running);
            assertNull(running.router().failure());
        }
        final Run verify = Run.of("verify", journal.toString());
        assertEquals(0, verify.exitCode(), verify.out());
        assertEquals(status, status());
    }

    @Test
    void shouldRemoveWhatIsOlderThanItShouldBe() {
        final long second = Instant.parse("2099-11-03T20:00:00Z").getEpochSecond();
        try (KeptCycles cycles = KeptCycles.open(journal)) {
            new JournalKeeping(cycles, new Retention(journal, JournalKeeping.limits(new KeepConfig(2, null))),
                () -> TimeUnit.SECONDS.toNanos(second)).run();
        }
        assertTrue(first() > 1);
    }

    @Test
    void shouldKeepWhatACursorNeeds() {
        JournalTail.open(journal, "billing", TailStart.at(1)).close();
        try (RunningRouter running = open(ONE_BYTE)) {
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (running.router().followerNeeds() <= running.router().lastSequence() - 1 && System.nanoTime() < untilNs) {
                Thread.onSpinWait();
            }
            running.keeping().run();
            assertEquals(1, first(), "held by nothing but the cursor");
            assertTrue(Cursors.remove(journal, "billing"));
            awaitRemoval(running);
        }
    }

    @Test
    void shouldKeepEverythingWhenNothingIsSaid() {
        open(null).close();
        assertEquals(1, first());
    }

    private RunningRouter open(final KeepConfig keep) {
        final ServerConfig config = new ServerConfig(new JournalConfig(journal.toString(), null, keep), null, null, null, null, null, null);
        return RunningRouter.open(config, note -> { }, fault -> { }, (buffer, record) -> { });
    }

    /** Behind its start the follower needs the end of the journal alone. */
    private void awaitRemoval(final RunningRouter running) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (1 == first() && System.nanoTime() < untilNs) {
            running.keeping().run();
        }
        assertTrue(first() > 1);
    }

    /** But for the position: ticks of the router have come behind it. */
    private String status() {
        final String all = Run.of("status", journal.toString(), "--format", "json").out();
        return all.substring(0, all.indexOf("{\"kind\":\"position\""));
    }

    private long first() {
        try (Journal blocks = JournalFolder.read(journal)) {
            return blocks.firstSequence();
        }
    }
}
