package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SourceSequence;
import io.strowger.ops.Main;
import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.JournalFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that ingest and are killed (SIGKILL) at any moment: what was acknowledged is there, once, and the end is the same. */
class KillTest {
    private static final int MOST_ACKS = 40;

    @TempDir
    private Path folder;
    private Path stream;
    private String undisturbed;

    @BeforeEach
    void ingestUndisturbed() {
        stream = new Capture("21-flood-50").unpack("lean/", folder);
        final Run run = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal",
            folder.resolve("undisturbed").toString());
        undisturbed = run.lastLine();
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldKeepEveryAcknowledgedRecordWhenKilledFourTimes() throws IOException, InterruptedException {
        killAndFinish(4);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldKeepEveryAcknowledgedRecordWhenKilledFiftyTimes() throws IOException, InterruptedException {
        killAndFinish(50);
    }

    private void killAndFinish(final int kills) throws IOException, InterruptedException {
        final long seed = Long.getLong("strowger.seed", System.nanoTime());
        final Random random = new Random(seed);
        final Path journal = folder.resolve("killed");
        final NavigableMap<Long, Long> acknowledged = new TreeMap<>();
        for (int i = 0; i < kills; i++) {
            ingestUntilKilled(journal, random.nextInt(MOST_ACKS), acknowledged);
            checkJournal(journal, acknowledged, "seed " + seed + ", kill " + i);
        }
        final Run last = Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal", journal.toString());
        assertEquals(0, last.exitCode(), last.err());
        assertEquals(undisturbed, last.lastLine(), "seed " + seed);
        checkJournal(journal, acknowledged, "seed " + seed + ", finished");
        assertEquals(0, Run.of("verify", journal.toString()).exitCode());
    }

    private void ingestUntilKilled(final Path journal, final int acks, final NavigableMap<Long, Long> acknowledged)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("--sun-misc") || flag.startsWith("--enable-native")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--acks", "--journal",
            journal.toString()));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            if (0 == acks) {
                // while it starts: as soon as it has touched the folder
                while (process.isAlive() && !Files.exists(journal)) {
                    Thread.onSpinWait();
                }
            }
            for (int i = 0; i < acks; i++) {
                note(lines.readLine(), acknowledged);
            }
            process.toHandle().destroyForcibly();   // that of Process would close its output as well
            // what it said before it died counts too
            for (String line = lines.readLine(); null != line; line = lines.readLine()) {
                note(line, acknowledged);
            }
        }
        process.waitFor();
    }

    private static void note(final String line, final NavigableMap<Long, Long> acknowledged) {
        if (null != line && line.matches("\\d+ \\d+ \\d+")) {
            final String[] parts = line.split(" ", -1);
            final long sequence = Long.parseLong(parts[0]);
            assertTrue(acknowledged.isEmpty() || acknowledged.lastKey() < sequence, () -> "acknowledged twice or out of order: " + line);
            acknowledged.put(sequence, Long.parseLong(parts[2]));
        }
    }

    /** Each record acknowledged is there, of the block it was acknowledged for; no fact twice, none out of order. */
    private static void checkJournal(final Path directory, final NavigableMap<Long, Long> acknowledged, final String message) {
        if (acknowledged.isEmpty()) {
            return;
        }
        final NavigableMap<Long, Long> left = new TreeMap<>(acknowledged);
        final long[] last = {-1, -1};
        final RecordCursor records = new RecordCursor();
        try (Journal journal = JournalFolder.read(directory); JournalCursor blocks = journal.openCursor(1)) {
            while (blocks.poll((buffer, offset, length) -> {
                records.wrap(buffer, offset);
                while (records.next()) {
                    check(buffer, records.record(), last, left, message);
                }
                return true;
            }, Integer.MAX_VALUE) > 0) {
                assertTrue(last[0] > 0);
            }
        }
        assertTrue(left.isEmpty(), () -> message + ": acknowledged but missing: " + left);
    }

    private static void check(final DirectBuffer buffer, final int record, final long[] last, final NavigableMap<Long, Long> left,
        final String message) {
        final long sequence = RecordLayout.sequence(buffer, record);
        if (RecordLayout.INPUT == RecordLayout.type(buffer, record)) {
            final long sourceSequence = SignalLayout.sourceSequence(buffer, record + RecordLayout.SIGNAL_OFFSET);
            assertTrue(sourceSequence > last[1], () -> message + ": source sequence " + sourceSequence + " at " + sequence);
            last[1] = sourceSequence;
        }
        assertEquals(last[0] < 0 ? 1 : last[0] + 1, sequence, message);
        last[0] = sequence;
        final Long blockEnd = left.remove(sequence);
        if (null != blockEnd) {
            assertEquals(blockEnd, SourceSequence.blockEnd(last[1]), message);
        }
    }
}
