package io.strowger.persistence.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.CycleSpan;
import io.strowger.persistence.Damaged;
import io.strowger.persistence.JournalVerifier;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.LockFile;
import io.strowger.persistence.PlacesLock;
import io.strowger.persistence.VerifyListener;
import io.strowger.persistence.tail.CursorException;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Six days of ten records each; what the limits give up goes, unless something needs it. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class RetentionTest {
    private static final RetentionLimits NOTHING = new RetentionLimits(0, 0);

    @TempDir
    private Path folder;
    private final BlockKind kind;
    private Path directory;
    private Days days;

    RetentionTest(final BlockKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void write() {
        directory = folder.resolve("journal");
        days = new Days(directory, 1, kind).full(6);
    }

    @AfterEach
    void close() {
        days.close();
    }

    @Test
    void shouldRemoveNothingWhenThereIsNoGoodSnapshot() {
        final RetentionReport report = run(NOTHING);
        assertEquals(List.of(), report.removed());
        assertEquals(List.of(new Need(Need.Kind.SNAPSHOT, "", 1)), report.holding());
        assertTrue(report.isOverSize());
        assertEquals(1, days.journal().firstSequence());
    }

    @Test
    void shouldKeepTheNewestCycleWhenNothingElseIsNeeded() {
        days.snapshot(60);
        final RetentionReport report = run(NOTHING);
        assertEquals(5, report.removed().size());
        assertEquals(51, report.firstSequence());
        assertEquals(51, days.journal().firstSequence());
        assertEquals(1, files());
        // the journal goes on
        days.append(10, 1);
        days.reopen();
        days.roll();
        days.append(10, 1);
        assertEquals(51, days.journal().firstSequence());
        assertGood();
    }

    @Test
    void shouldKeepWhatTheSnapshotToFallBackToNeeds() {
        days.snapshot(25);
        days.snapshot(60);
        final RetentionReport report = run(NOTHING);
        assertEquals(21, report.firstSequence());
        assertEquals(List.of(new Need(Need.Kind.SNAPSHOT, "25", 25)), report.holding());
    }

    @Test
    void shouldRemoveNothingTwiceWhenAnotherRunWasFaster() throws Exception {
        days.snapshot(60);
        days.snapshot(58);
        final List<Throwable> faults = new CopyOnWriteArrayList<>();
        final LockFile places = PlacesLock.toRemove(directory);
        final List<Thread> runs = new ArrayList<>();
        for (final RetentionLimits limits : List.of(NOTHING, new RetentionLimits(3 * Blocks.DAY_NS, RetentionLimits.NONE))) {
            // not looked at behind each: the other one may still be at work then
            runs.add(new Thread(() -> new Retention(directory, limits).run(KeptCycles.of(days.journal()), days.nowNs())));
        }
        for (final Thread run : runs) {
            run.setUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
            run.start();
            while (Thread.State.TIMED_WAITING != run.getState()) {
                Thread.onSpinWait();
            }
        }
        places.close();
        for (final Thread run : runs) {
            run.join();
        }
        assertEquals(List.of(), faults);
        assertEquals(51, days.journal().firstSequence());
        assertGood();
    }

    @Test
    void shouldDoNothingWhenTheCycleToBeginWithWasRemovedMeanwhile() {
        final KeptCycles cycles = KeptCycles.of(days.journal());
        final List<CycleSpan> spans = cycles.list();
        cycles.beginWith(spans.get(4));
        cycles.beginWith(spans.get(2));
        assertEquals(41, days.journal().firstSequence());
        assertEquals(2, files());
    }

    @Test
    void shouldSayDamagedWhenTheCycleToBeginWithIsGoneAndNobodyHasRemovedIt() throws IOException {
        final KeptCycles cycles = KeptCycles.of(days.journal());
        final CycleSpan first = cycles.list().get(2);
        Files.delete(first.file());
        final JournalException fault = assertThrows(JournalException.class, () -> cycles.beginWith(first));
        assertTrue(fault.getMessage().contains("is gone"), fault.getMessage());
        assertEquals(1, days.journal().firstSequence());
    }

    @Test
    void shouldKeepTheCycleThatASnapshotEnds() {
        days.snapshot(30);
        assertEquals(21, run(NOTHING).firstSequence());
    }

    @Test
    void shouldPassOverASnapshotWhenAByteOfItIsChanged() throws IOException {
        days.snapshot(25);
        days.snapshot(60);
        final Path newest;
        try (Stream<Path> files = Files.list(directory.resolve("snapshots"))) {
            newest = files.sorted().toList().get(1);
        }
        Damaged.flip(newest, Files.size(newest) - 17, 1);
        final RetentionReport report = run(NOTHING);
        assertEquals(21, report.firstSequence());
        assertEquals(1, report.badSnapshots().size());
    }

    @Test
    void shouldPassOverASnapshotWhenItIsOfAnotherJournal() {
        days.snapshot(60, 4711);
        final RetentionReport report = run(NOTHING);
        assertEquals(1, report.firstSequence());
        assertTrue(report.badSnapshots().get(0).contains("another"), report::toString);
    }

    @Test
    void shouldKeepByAgeOfTheNewestRecord() {
        days.snapshot(60);
        // day 0 to 5 are written, it is the beginning of day 6: the newest record of day 2 is four days old
        assertEquals(21, run(new RetentionLimits(4 * Blocks.DAY_NS, RetentionLimits.NONE)).firstSequence());
        assertEquals(21, run(new RetentionLimits(RetentionLimits.NONE, RetentionLimits.NONE)).firstSequence());
    }

    @Test
    void shouldKeepByBytesInUse() {
        days.snapshot(60);
        final List<CycleSpan> spans = KeptCycles.of(days.journal()).list();
        final long two = spans.get(4).bytes() + spans.get(5).bytes();
        assertTrue(two > 2_000 && two < 300_000, "bytes in use, not the holes: " + two);
        final RetentionReport report = run(new RetentionLimits(RetentionLimits.NONE, two));
        assertEquals(41, report.firstSequence());
        assertEquals(two, report.keptBytes());
        assertFalse(report.isOverSize());
        assertEquals(List.of(), report.holding());
    }

    @Test
    void shouldTellTheCursorThatHoldsTheJournalAboveItsSize() {
        days.snapshot(60);
        JournalTail.open(directory, "slow", TailStart.at(13)).close();
        JournalTail.open(directory, "fast", TailStart.at(61)).close();
        final RetentionReport report = run(NOTHING);
        assertEquals(11, report.firstSequence());
        assertTrue(report.isOverSize());
        assertEquals(List.of(new Need(Need.Kind.CURSOR, "slow", 13)), report.holding());

        assertTrue(Cursors.remove(directory, "slow"));
        assertEquals(51, run(NOTHING).firstSequence());
        assertThrows(PositionException.class, () -> JournalTail.open(directory, "slow", TailStart.at(13)));
    }

    @Test
    void shouldRemoveNothingWhenACursorIsDamaged() throws IOException {
        days.snapshot(60);
        JournalTail.open(directory, "any").close();
        Files.write(directory.resolve("cursors").resolve("any"), new byte[52]);
        assertThrows(CursorException.class, () -> run(NOTHING));
        assertEquals(6, files());
    }

    @Test
    void shouldKeepAPositionThatIsHeldInProcess() {
        days.snapshot(60);
        final AtomicLong position = new AtomicLong(35);
        final Retention retention = new Retention(directory, NOTHING).hold("a subscription", position::get);
        final RetentionReport report = retention.run(KeptCycles.of(days.journal()), days.nowNs());
        assertEquals(31, report.firstSequence());
        assertEquals(List.of(new Need(Need.Kind.POSITION, "a subscription", 35)), report.holding());
        position.set(Long.MAX_VALUE);
        assertEquals(51, retention.run(KeptCycles.of(days.journal()), days.nowNs()).firstSequence());
    }

    @Test
    void shouldRemoveNothingWhenItOnlyPlans() {
        days.snapshot(60);
        final RetentionReport report = new Retention(directory, NOTHING).plan(KeptCycles.of(days.journal()), days.nowNs());
        assertEquals(5, report.removed().size());
        assertEquals(51, report.firstSequence());
        assertEquals(6, files());
        assertEquals(1, days.journal().firstSequence());
    }

    @Test
    void shouldRemoveNothingWhenTheJournalIsDamagedAtTheBorder() throws IOException {
        days.snapshot(60);
        final Damaged.BlockPlace last = Damaged.places(directory).get(49);
        Damaged.flip(last.file(), last.offset() + 90, 1);
        assertThrows(JournalException.class, () -> run(NOTHING));
        assertEquals(6, files());
    }

    @Test
    void shouldRefuseWhenAnotherProcessWouldRemoveBesideTheWriter() {
        assertThrows(JournalException.class, () -> KeptCycles.open(directory));
    }

    @Test
    void shouldTellATailThatItsNextRecordIsGone() {
        days.snapshot(60);
        try (JournalTail tail = JournalTail.open(directory, "any")) {
            assertEquals(5, tail.poll(record -> { }, 5));
            assertEquals(1, run(NOTHING).firstSequence());
            // against what retention is for: an operator took the file away
            final Path cursor = directory.resolve("cursors").resolve("any");
            assertTrue(cursor.toFile().delete());
            assertEquals(51, run(NOTHING).firstSequence());
            final PositionException fault = assertThrows(PositionException.class, () -> tail.poll(record -> { }, 100));
            assertEquals(11, fault.position());
            assertEquals(51, fault.first());
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldNotRemoveWhatACursorNeedsThatBeginsWhileItRuns() throws InterruptedException {
        days.snapshot(60);
        final AtomicReference<Throwable> fault = new AtomicReference<>();
        final Thread tail = new Thread(() -> {
            try {
                JournalTail.open(directory, "late").close();
            } catch (final RuntimeException | Error thrown) {
                fault.set(thrown);
            }
        });
        // asked behind the look at the cursors
        final RetentionReport report = new Retention(directory, NOTHING).hold("a pause", () -> {
            tail.start();
            while (tail.isAlive() && Thread.State.TIMED_WAITING != tail.getState()) {
                Thread.onSpinWait();
            }
            return Long.MAX_VALUE;
        }).run(KeptCycles.of(days.journal()), days.nowNs());
        tail.join();
        assertNull(fault.get());
        assertTrue(Cursors.oldest(directory).position() >= report.firstSequence(), () -> Cursors.oldest(directory) + ", " + report);
        JournalTail.open(directory, "late").close();
    }

    private RetentionReport run(final RetentionLimits limits) {
        final RetentionReport report = new Retention(directory, limits).run(KeptCycles.of(days.journal()), days.nowNs());
        assertGood();
        return report;
    }

    private void assertGood() {
        final var verified = new JournalVerifier(directory).run(VerifyListener.NONE);
        assertTrue(verified.isGood(), verified::toString);
        assertEquals(days.journal().firstSequence(), verified.firstSequence());
    }

    private long files() {
        try (Stream<Path> files = Files.list(directory.resolve("gen-0"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }
}
