package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.Durability;
import io.strowger.router.Router;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever moment a router's process dies at: what it acknowledged, and what it showed, is in the journal that the next one opens. */
class RouterCrashTest {
    @TempDir
    private Path directory;

    /** Accepted, it is staged first; durable, it never is. */
    @ParameterizedTest
    @EnumSource(value = Durability.class, names = {"ACCEPTED", "DURABLE"})
    @Timeout(180)
    void shouldHaveWhatWasAcknowledgedWhenTheRouterIsKilled(final Durability durability) throws Exception {
        killTimes(2, 1, durability);
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = {"ACCEPTED", "DURABLE"})
    @Tag("slow")
    @Timeout(1_800)
    void shouldHaveWhatWasAcknowledgedWhenTheRouterIsKilledThirtyTimes(final Durability durability) throws Exception {
        killTimes(30, new Random().nextLong(), durability);
    }

    private void killTimes(final int rounds, final long seed, final Durability durability) throws Exception {
        final Random random = new Random(seed);
        final Path folder = directory.resolve("j");
        long acknowledged = 0;
        for (int round = 1; round <= rounds; round++) {
            final String what = "seed " + seed + ", round " + round;
            try (ChildJvm child = ChildJvm.start(List.of(), directory, RouterLoop.class, folder.toString(), durability.name())) {
                final long first = child.readAcks(1 + random.nextInt(200));
                assertTrue(first > acknowledged, what + ": acknowledged " + first + " behind " + acknowledged);
                child.kill();
                acknowledged = Math.max(first, child.readAcks(Integer.MAX_VALUE));
                child.join();
            }
            final long readable;
            try (Journal reader = ChronicleJournal.openReadOnly(folder)) {
                readable = reader.lastSequence();
            }
            try (ChronicleJournal journal = ChronicleJournal.open(RouterLoop.files(folder));
                Router router = Router.launch(RouterLoop.context(journal).threadingMode(ThreadingMode.INVOKER))) {
                assertEquals(readable, journal.report().lastSequence(), what);
                final long found = router.lastSourceSequence(router.sourceNumber(1, RouterLoop.SOURCE));
                assertTrue(found >= acknowledged, what + ": acknowledged " + acknowledged + ", found " + found);
            }
            final VerifyReport report = Damaged.verify(folder);
            assertTrue(report.isGood(), what + ": " + report);
        }
    }
}
