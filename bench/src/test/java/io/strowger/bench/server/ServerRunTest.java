package io.strowger.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ServerRunTest {
    private static final ServerSettings SMALL = new ServerSettings(130, 150, 6, 10, 60);

    @Test
    @Timeout(300)
    void shouldFindEverySubscriberExact(@TempDir final Path folder) throws Exception {
        final ServerOutcome outcome;
        final Path samples = folder.resolve("samples.csv");
        try (ServerRun run = new ServerRun(SMALL, Files.createDirectory(folder.resolve("run")), samples)) {
            outcome = run.run();
        }
        assertEquals(List.of(), outcome.exactness().faults());
        assertEquals(130, outcome.exactness().exact());
        assertEquals(100, outcome.exactness().sameOpen());
        assertTrue(outcome.exactness().openSessions() > 0);
        assertTrue(outcome.window().deliveries() > outcome.window().events(), outcome.window().toString());
        assertTrue(outcome.residentMiB().last() > 0);
        assertEquals(61, Files.readAllLines(samples).size());
        final List<ResultLine> lines = ServerMain.lines(SMALL, outcome);
        assertEquals(130.0, lines.get(0).spread().median());
        assertEquals(100.0, lines.get(1).spread().median());
    }
}
