package io.strowger.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.pipeline.Window;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PeersRunTest {
    private static final String FAST = "printf 'ready\\tfast ways\\n'; while read -r x; do printf 'window\\t100\\t10\\t40\\n'; done";
    private static final String SLOW = "printf 'ready\\tslow ways\\n'; while read -r x; do printf 'window\\t100\\t50\\t80\\n'; done";
    private static final String ABSENT = "printf 'absent\\tredis-server is not installed\\n'";
    private static final String BROKEN = "printf 'ready\\tsome way\\n'; read -r x";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Results results = new Results(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);

    @Test
    void shouldReportTheRouterBesideEachPeerAndTheGoals() throws IOException {
        assertTrue(run(Map.of(PeerCase.ROUTER, FAST, PeerCase.KAFKA_LZ4, SLOW, PeerCase.REDIS, SLOW)));
        final ResultLine rate = results.lines().get(0);
        assertEquals("Strowger, whole job, 3 taps, page cache, sessions=10", rate.caseName());
        assertEquals("Kafka lz4, page cache, sessions=10", rate.yardstick());
        assertEquals(5.0, rate.ratio());
        assertEquals(1e10, rate.spread().median());
        assertEquals(8, results.lines().size());
        assertEquals(List.of("goal: the router at 3.0 x its rate; reached at 5.00 x"), notes("Kafka lz4, page cache", "goal"));
        assertEquals(List.of("goal: the router at 10.0 x its rate; missed at 5.00 x"), notes("Redis Streams, page cache", "goal"));
        assertEquals(List.of("settings: slow ways"), notes("Redis Streams, page cache", "settings"));
    }

    @Test
    void shouldWriteEveryMeasuredRoundDown() throws IOException {
        run(Map.of(PeerCase.ROUTER, FAST, PeerCase.CHRONICLE, SLOW));
        final List<String> table = Files.readAllLines(folder.resolve("rounds.csv"));
        assertEquals(5, table.size());
        assertEquals("\"bare Chronicle, one excerpt a signal, page cache\",2,100,50,80", table.get(4));
    }

    @Test
    void shouldReportWhatIsNotInstalledAndGoOn() throws IOException {
        assertTrue(run(Map.of(PeerCase.ROUTER, FAST, PeerCase.CHRONICLE, SLOW, PeerCase.REDIS, ABSENT)));
        assertEquals(List.of("not run: redis-server is not installed"), notes("Redis Streams, page cache", ""));
        assertEquals(4, results.lines().size());
    }

    @Test
    void shouldReportACaseThatFailsAndGoOnWithoutIt() throws IOException {
        assertFalse(run(Map.of(PeerCase.ROUTER, FAST, PeerCase.CHRONICLE, SLOW, PeerCase.NATS, BROKEN)));
        assertEquals(List.of("failed: the process has ended, see above"), notes("NATS JetStream, page cache", "failed"));
        assertEquals(4, results.lines().size());
        assertTrue(results.lines().stream().noneMatch(line -> line.caseName().startsWith("NATS")));
    }

    @Test
    void shouldSayThatNothingCanBeComparedWhenTheRouterFails() throws IOException {
        assertFalse(run(Map.of(PeerCase.ROUTER, BROKEN, PeerCase.CHRONICLE, SLOW)));
        assertEquals(2, notes("Strowger, whole job, 3 taps, page cache", "failed").size());
        assertTrue(results.lines().isEmpty());
    }

    @Test
    void shouldEndAProcessThatDoesNotAnswerTogetherWithItsServer() throws IOException {
        final List<String> command = List.of("/bin/sh", "-c", "sleep 600 & wait");
        final List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        try (PeerProcess process = new PeerProcess(command, Duration.ofMillis(500))) {
            final List<ProcessHandle> own = ProcessHandle.current().descendants().filter(child -> !before.contains(child)).toList();
            assertFalse(own.isEmpty());
            final String refusal = assertThrows(IOException.class, process::awaitReady).getMessage();
            assertTrue(refusal.startsWith("no answer within"), refusal);
        }
        for (final ProcessHandle left : ProcessHandle.current().descendants().filter(child -> !before.contains(child)).toList()) {
            left.onExit().join();
        }
    }

    @Test
    void shouldRunARealCaseInItsOwnProcess() throws Exception {
        try (PeerProcess process = new PeerProcess(PeerProcess.command(PeerCase.CHRONICLE, 10, 500, folder), LIMIT)) {
            assertTrue(process.awaitReady().startsWith("blocks of 256 MiB"));
            final Window window = process.round();
            assertEquals(500, window.signals());
            assertTrue(window.wallNs() > 0 && window.cpuNs() > 0);
            assertEquals(500, process.round().signals());
        }
    }

    @Test
    void shouldCompareEveryCaseOnceAtItsLevel() {
        final List<PeerCase> kept = PeerCase.group(false);
        final List<PeerCase> synced = PeerCase.group(true);
        assertEquals(PeerCase.ROUTER, kept.get(0));
        assertEquals(PeerCase.ROUTER_FSYNC, synced.get(0));
        assertEquals(List.of(PeerCase.values()), Stream.concat(kept.stream(), synced.stream()).toList());
        assertEquals(PeerCase.values().length, Stream.of(PeerCase.values()).map(PeerCase::title).distinct().count());
    }

    private boolean run(final Map<PeerCase, String> scripts) throws IOException {
        final PeersRun run = new PeersRun(scripts.keySet().stream().sorted().toList(), 10,
            peer -> new PeerProcess(List.of("/bin/sh", "-c", scripts.get(peer)), LIMIT), results);
        return run.run(1, 2, folder.resolve("rounds.csv"));
    }

    private List<String> notes(final String peer, final String kind) {
        return results.notes().stream().filter(note -> note.caseName().equals(peer + ", sessions=10")).map(ResultNote::note)
            .filter(note -> note.startsWith(kind)).toList();
    }
}
