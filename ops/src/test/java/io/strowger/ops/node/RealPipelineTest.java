package io.strowger.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.captures.EslCapture;
import io.strowger.ops.captures.ProxyCapture;
import io.strowger.ops.ingest.TranslatedDialect;
import io.strowger.ops.view.StatusSnapshot;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.replay.Replay;
import io.strowger.router.status.ReturnCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real core on the real journal, fed the facts of every capture. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RealPipelineTest {
    @TempDir
    private Path folder;
    private List<UnsafeBuffer> facts;

    @BeforeEach
    void translate() {
        facts = CapturedFacts.of(folder.resolve("captures"), Capture.all());
        assertTrue(facts.size() > 1_000, () -> "facts: " + facts.size());
    }

    @Test
    void shouldGiveTheSameRecordsChainAndDigestWhenTheFactsFlowInAnyMode() {
        final String expected = run(ThreadingMode.INVOKER, 1_024);
        for (final ThreadingMode mode : ThreadingMode.values()) {
            for (final int ring : new int[] {16, 8_192}) {
                assertEquals(expected, run(mode, ring), mode + " with " + ring + " slots");
            }
        }
    }

    @Test
    void shouldGiveTheSameRecordsInAnyModeWhenAnotherDialectIsIngested() throws IOException {
        final Path server = Files.createDirectory(folder.resolve("server"));
        final Path proxy = Files.createDirectory(folder.resolve("proxy"));
        final List<List<UnsafeBuffer>> ingested = List.of(
            CapturedFacts.of(EslCapture.unpack("18-crash", server).connections(true), TranslatedDialect.esl(1, 1)),
            CapturedFacts.of(ProxyCapture.unpack("09-crash", proxy).evapi(),
                new TranslatedDialect("kamailio", new KamailioTranslator(KamailioSettings.of(1, 1)))));
        for (int i = 0; i < ingested.size(); i++) {
            facts = ingested.get(i);
            assertTrue(facts.size() > 5, () -> "facts: " + facts.size());
            final String expected = run(ThreadingMode.INVOKER, 32 << i);
            assertEquals(expected, run(ThreadingMode.SHARED, 32 << i));
            assertEquals(expected, run(ThreadingMode.SPLIT, 32 << i));
        }
    }

    @Test
    void shouldFoldAsItWasWrittenWhenTheLimitsAreThoseOfAnEmbedder() {
        final FoldLimits small = new FoldLimits(4, 3, 5, 2, 6, 4_096);
        final Path directory = folder.resolve("small");
        final String written;
        try (ChronicleJournal journal = open(directory)) {
            written = run(context(journal).sessionCapacity(4).userCapacity(3).groupCapacity(5).sourceCapacity(2).actionCapacity(6)
                .blockSizeLimit(4_096));
            assertEquals(small, journal.limits());
        }
        try (Journal journal = JournalFolder.read(directory)) {
            assertEquals(small, journal.limits());
            assertTrue(rejected(journal) > 10, () -> "rejected for room: " + rejected(journal));
            assertEquals(written, replay(journal));
            final Follower fold = Follower.open(journal, null, Long.MAX_VALUE, fault -> { });
            fold.run(journal.lastSequence(), position -> { });
            fold.visit(new StatusSnapshot(null));
            assertEquals(journal.lastSequence(), fold.position());
        }
        try (LocalRouter again = LocalRouter.open(directory, note -> { })) {
            assertEquals(written, again.lastSequence() + " " + again.chain() + " " + again.digest());
        }
        try (ChronicleJournal journal = open(directory)) {
            final JournalException thrown = assertThrows(JournalException.class,
                () -> Router.launch(context(journal).sessionCapacity(8)));
            assertTrue(thrown.getMessage().contains("was begun with 4 sessions"), thrown.getMessage());
        }
    }

    private String run(final ThreadingMode mode, final int ring) {
        final Path directory = folder.resolve(mode + "-" + ring);
        final String written;
        try (ChronicleJournal journal = open(directory)) {
            written = run(context(journal).threadingMode(mode).ringCapacity(ring));
        }
        try (Journal journal = JournalFolder.read(directory)) {
            assertEquals(written, replay(journal), mode + " with " + ring + " slots replayed");
        }
        return written;
    }

    private String run(final RouterContext context) {
        final Router router = Router.launch(context);
        final Channel channel = router.openChannel();
        for (final UnsafeBuffer fact : facts) {
            long code = channel.offer(fact, 0, fact.capacity());
            while (ReturnCode.BACK_PRESSURED == code) {
                turn(router);
                code = channel.offer(fact, 0, fact.capacity());
            }
            assertTrue(code > 0, ReturnCode.toString(code));
        }
        router.close();
        assertNull(router.failure());
        return router.lastSequence() + " " + router.chain() + " " + router.digest();
    }

    private static void turn(final Router router) {
        try {
            router.poll();
        } catch (final IllegalStateException threaded) {
            YieldingIdleStrategy.INSTANCE.idle();
        }
    }

    private static String replay(final Journal journal) {
        final Replay replay = Replay.intoNewCore(journal);
        replay.run(journal);
        return replay.position() + " " + replay.chain() + " " + replay.digest();
    }

    private static int rejected(final Journal journal) {
        final int[] count = new int[1];
        final RecordCursor records = new RecordCursor();
        journal.openCursor(1).poll((buffer, offset, length) -> {
            records.wrap(buffer, offset);
            while (records.next()) {
                count[0] += Outcome.REJECTED.code() == RecordLayout.outcome(buffer, records.record()) ? 1 : 0;
            }
            return true;
        }, Integer.MAX_VALUE);
        return count[0];
    }

    private static RouterContext context(final Journal journal) {
        return new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).journalTime(JournalTime.SOURCE);
    }

    private static ChronicleJournal open(final Path directory) {
        return ChronicleJournal.open(new ChronicleJournalContext().directory(directory).hashSeed(7));
    }
}
