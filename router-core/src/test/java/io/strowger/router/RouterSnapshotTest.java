package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.MemorySnapshots;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.replay.Fold;
import io.strowger.router.replay.FoldFactory;
import io.strowger.router.snapshot.Recovery;
import io.strowger.router.snapshot.SnapshotHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A router that begins with a snapshot stands where one stands that has replayed everything, and goes on as it would.
 */
class RouterSnapshotTest {
    private static final FoldFactory FACTORY = (out, hashSeed) -> new EchoFold(out);

    private final MemoryJournal journal = new MemoryJournal();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final List<String> said = new ArrayList<>();

    @Test
    void shouldStandWhereAWholeReplayStandsWhenItBeginsWithASnapshot() {
        run(10);
        snapshot();
        run(10);
        final String replayed = standing(Routers.invoker(journal));
        assertEquals(replayed, standing(launching()));
        assertEquals(10, begin().replay().position());
        assertEquals(List.of(), said);
    }

    @Test
    void shouldFallBackToTheSnapshotBeforeAndSaySoWhenTheNewestIsDamaged() {
        run(10);
        snapshot();
        run(5);
        snapshot();
        run(5);
        snapshots.damage(15);
        assertEquals(10, begin().replay().position());
        assertEquals(List.of("snapshot at 15 is passed over: it is damaged"), said);
        assertEquals(standing(Routers.invoker(journal)), standing(launching()));
    }

    /** Its sums are right, its bytes are no state: a place that is none is looked for, a length that can't be asked for. */
    @Test
    void shouldFallBackToTheSnapshotBeforeWhateverTheReadingOfTheNewestStumblesOver() {
        run(10);
        snapshot();
        run(5);
        snapshot();
        for (final RuntimeException stumble : List.of(new IndexOutOfBoundsException("here"), new IllegalArgumentException("there"))) {
            said.clear();
            final List<RuntimeException> stumbles = new ArrayList<>(List.of(stumble));
            final Recovery recovery = new Recovery(journal, FoldLimits.of(journal), (out, seed) -> stumbling(new EchoFold(out), stumbles),
                snapshots, fault -> said.add(fault.getMessage()));
            assertEquals(10, recovery.begin(Long.MAX_VALUE).replay().position());
            assertEquals(List.of("snapshot at 15 is passed over: its state can't be read: " + stumble), said);
        }
    }

    @Test
    void shouldPassOverASnapshotOfAnotherJournal() {
        run(10);
        snapshot();
        final MemoryJournal other = new MemoryJournal();
        try (Router router = Router.launch(Routers.invoker(other))) {
            Routers.feed(router, router.openChannel(), new EventSignal().user("somebody else"), 12, sequence -> { });
        }
        final Recovery.Start start = new Recovery(other, FoldLimits.of(other), FACTORY, snapshots, fault -> said.add(fault.getMessage()))
            .begin(Long.MAX_VALUE);
        assertEquals(0, start.replay().position());
        assertTrue(said.get(0).contains("not of this journal"), said::toString);
    }

    @Test
    void shouldPassOverASnapshotWithOtherLimits() {
        run(10);
        snapshot();
        final FoldLimits has = FoldLimits.of(journal);
        final FoldLimits others =
            new FoldLimits(has.sessions() + 1, has.users(), has.groups(), has.sources(), has.actions(), has.blockSize());
        final Recovery.Start start = new Recovery(journal, others, FACTORY, snapshots, fault -> said.add(fault.getMessage()))
            .begin(Long.MAX_VALUE);
        assertEquals(0, start.replay().position());
        assertTrue(said.get(0).contains("other limits"), said::toString);
    }

    @Test
    void shouldNotLookBeyondTheJournalsEndOrThePlaceAskedFor() {
        run(10);
        snapshot();
        run(5);
        snapshot();
        assertEquals(10, recovery().begin(14).replay().position());
        assertEquals(0, recovery().begin(9).replay().position());
        assertEquals(List.of(), said);
    }

    @Test
    void shouldSayThatRecordsAreLostWhenASnapshotStandsBeyondTheJournalsEnd() {
        final MemoryJournal cut = new MemoryJournal();
        run(10);
        snapshot();
        final Recovery.Start start = new Recovery(cut, FoldLimits.of(journal), FACTORY, snapshots, fault -> said.add(fault.getMessage()))
            .begin(Long.MAX_VALUE);
        assertEquals(0, start.replay().position());
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains("snapshot at 10 is passed over") && said.get(0).contains("the journal ends at 0"), said::toString);
    }

    /** A fold that is like another, but stumbles when it is read. */
    private static Fold stumbling(final Fold fold, final List<RuntimeException> stumbles) {
        return Routers.watched(fold, method -> {
            if ("read".equals(method) && !stumbles.isEmpty()) {
                throw stumbles.remove(0);
            }
        });
    }

    private void run(final int signals) {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            Routers.feed(router, router.openChannel(), new EventSignal(), signals, sequence -> { });
        }
    }

    private void snapshot() {
        final Recovery.Start start = begin();
        start.replay().run(journal);
        snapshots.write(new SnapshotHeader(start.replay().position(), start.replay().chain(), start.replay().journalTimeNs(),
            FoldLimits.of(journal)), start.fold()::write);
    }

    private Recovery.Start begin() {
        return recovery().begin(Long.MAX_VALUE);
    }

    private Recovery recovery() {
        return new Recovery(journal, FoldLimits.of(journal), FACTORY, snapshots, fault -> said.add(fault.getMessage()));
    }

    private RouterContext launching() {
        return Routers.invoker(journal).snapshots(snapshots).errorHandler(fault -> { });
    }

    private static String standing(final RouterContext context) {
        try (Router router = Router.launch(context)) {
            return router.lastSequence() + " " + router.chain() + " " + router.digest();
        }
    }
}
