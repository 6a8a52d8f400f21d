package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.Router;
import io.strowger.router.ThreadingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment a router dies at that syncs its journal: what it acknowledged as durable is in the journal that the next one opens. */
class DurableCrashTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void shouldHaveWhatWasAcknowledgedAsDurableWhenTheRouterIsKilled() throws Exception {
        killTimes(3, 1);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void shouldHaveWhatWasAcknowledgedAsDurableWhenTheRouterIsKilledThirtyTimes() throws Exception {
        killTimes(30, new Random().nextLong());
    }

    private void killTimes(final int rounds, final long seed) throws Exception {
        final Random random = new Random(seed);
        final Path folder = directory.resolve("j");
        long acknowledged = 0;
        for (int round = 1; round <= rounds; round++) {
            final String what = "seed " + seed + ", round " + round;
            try (ChildJvm child = ChildJvm.start(List.of(), directory, DurableLoop.class, folder.toString())) {
                final long first = child.readAcks(1 + random.nextInt(200));
                assertTrue(first > acknowledged, what + ": acknowledged " + first + " behind " + acknowledged);
                child.kill();
                acknowledged = Math.max(first, child.readAcks(Integer.MAX_VALUE));
                child.join();
            }
            try (ChronicleJournal journal = ChronicleJournal.open(DurableLoop.files(folder));
                Router router = Router.launch(DurableLoop.context(journal).threadingMode(ThreadingMode.INVOKER))) {
                final long found = router.lastSourceSequence(router.sourceNumber(1, DurableLoop.SOURCE));
                assertTrue(found >= acknowledged, what + ": acknowledged " + acknowledged + ", found " + found);
            }
            final VerifyReport report = Damaged.verify(folder);
            assertTrue(report.isGood(), what + ": " + report);
        }
    }
}
