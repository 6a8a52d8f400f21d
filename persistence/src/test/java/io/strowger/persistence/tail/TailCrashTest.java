package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChildJvm;
import io.strowger.persistence.ChronicleJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment the tail's process dies at: what came behind its last commit comes again, and nothing is missed. */
class TailCrashTest {
    private static final String NAME = "billing";
    private static final int BLOCKS_A_CYCLE = 300;

    @TempDir
    private Path directory;

    private volatile boolean isStopped;

    /** The last sequence handled, the last position that surely was committed. */
    private long handled;
    private long committed = 1;

    @Test
    @Timeout(180)
    void shouldMissNothingWhenItIsKilledBesideALiveWriter() throws Exception {
        killTimes(6, 1);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void shouldMissNothingWhenItIsKilledFiftyTimes() throws Exception {
        killTimes(50, new Random().nextLong());
    }

    @Test
    @Timeout(60)
    void shouldRefuseASecondProcessWhenTheNameIsInUse() throws Exception {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            new Blocks(1).append(journal, 1, 1);
        }
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            final CursorException fault = assertThrows(CursorException.class, () -> JournalTail.open(directory, NAME));
            assertEquals(CursorException.Reason.IN_USE, fault.reason());
            assertEquals(NAME, fault.name());
            assertThrows(CursorException.class, () -> Cursors.remove(directory, NAME));
            // also behind a second one that was refused here
            try (ChildJvm other = start(NAME, 1)) {
                assertNull(other.read(), "two processes tail with one cursor");
                assertTrue(0 != other.join());
            }
            try (ChildJvm other = start("crm", 1)) {
                assertEquals(-1, other.read());
                assertEquals(1, other.read());
            }
            assertEquals(1, tail.poll(record -> { }, 10));
        }
        try (ChildJvm other = start(NAME, 1)) {
            assertEquals(-1, other.read());
            assertThrows(CursorException.class, () -> JournalTail.open(directory, NAME));
        }
    }

    private void killTimes(final int times, final long seed) throws Exception {
        final Random random = new Random(seed);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        ChronicleJournal.open(Blocks.context(directory)).close();
        final Thread writer = new Thread(this::write, "writer");
        writer.setUncaughtExceptionHandler((thread, ex) -> failure.set(ex));
        writer.start();
        try {
            for (int i = 0; i < times; i++) {
                try (ChildJvm child = start(NAME, random.nextLong())) {
                    follow(child, 1 + random.nextInt(3_000), "seed " + seed + " kill " + i);
                }
            }
        } finally {
            isStopped = true;
            writer.join();
        }
        assertNull(failure.get());
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertTrue(tail.position() >= committed && tail.position() <= handled + 1, tail.position() + " of " + committed);
            final Tailed tailed = new Tailed();
            while (tail.poll(tailed, 1_000) > 0) {
                assertTrue(tailed.sequences().size() > 0);
            }
            final List<Long> rest = tailed.sequences();
            assertEquals(Tailed.range(rest.get(0), rest.get(rest.size() - 1)), rest);
        }
    }

    private void follow(final ChildJvm child, final int count, final String what) throws IOException {
        Long number = child.read();
        final long first = -number;
        assertTrue(first >= committed, () -> what + " goes back behind the commit of " + committed + ": " + first);
        assertTrue(first <= handled + 1, () -> what + " misses " + (handled + 1) + ": " + first);
        long next = first;
        for (int i = 0; null != number; number = child.read(), i++) {
            if (number < 0) {
                assertEquals(next, -number, what);
                committed = next;
            } else {
                assertEquals(next, number, what);
                next++;
                handled = Math.max(handled, number);
            }
            if (count == i) {
                // what it wrote before it died is still read
                child.kill();
            }
        }
    }

    private ChildJvm start(final String cursor, final long seed) throws IOException {
        return ChildJvm.start(List.of(), directory, TailLoop.class, directory.toString(), cursor, Long.toString(seed));
    }

    private void write() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Blocks blocks = new Blocks(1, BlockKind.MIXED);
            for (int i = 0; !isStopped; i++) {
                blocks.time(Blocks.START_NS + i / BLOCKS_A_CYCLE * Blocks.DAY_NS).append(journal, 1, 1 + i % 3);
                while (!isStopped && journal.lastSequence() > handledSoon()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** The writer stays near, so that the tail is mostly at the end, where it is hardest, and the disk is not filled. */
    private long handledSoon() {
        return handled + 2_000;
    }
}
