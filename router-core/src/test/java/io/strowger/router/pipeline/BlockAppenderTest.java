package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.StagingJournal;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** When what is staged is flushed: by its length, its age, and when nothing comes behind it. */
class BlockAppenderTest {
    private static final long MICROSECOND_NS = 1_000;
    private static final long BEGAN_NS = -5;

    private final StagingJournal journal = new StagingJournal(new MemoryJournal());
    private final BlockWriter out = new BlockWriter(4096);
    private final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
    private final BlockAppender appender = new BlockAppender(journal, true);

    @Test
    void shouldAppendAtOnceWhereNothingMayBeStaged() {
        final BlockAppender plain = new BlockAppender(journal, false);
        append(plain);
        assertEquals(1, journal.flushed().lastSequence());
        assertEquals(0, plain.endTurn(false, BEGAN_NS));
    }

    @Test
    void shouldHaveWorkLeftWhileSomethingIsStaged() {
        assertEquals(0, appender.endTurn(true, BEGAN_NS));
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS));
        assertEquals(1, appender.endTurn(true, BEGAN_NS));
        assertEquals(0, journal.flushed().lastSequence());
        appender.flush();
        assertEquals(1, journal.flushed().lastSequence());
        assertEquals(0, appender.endTurn(true, BEGAN_NS));
        assertEquals(1, journal.flushes());
    }

    @Test
    void shouldFlushOnceAMillisecondHasPassedThoughSignalsCome() {
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS));
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 999 * MICROSECOND_NS));
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 1_000 * MICROSECOND_NS));
        assertEquals(3, journal.flushed().lastSequence());
        // and what comes then has its own time
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 1_001 * MICROSECOND_NS));
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 2_000 * MICROSECOND_NS));
        assertEquals(3, journal.flushed().lastSequence());
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 2_001 * MICROSECOND_NS));
        assertEquals(4, journal.flushed().lastSequence());
        assertEquals(0, appender.endTurn(true, BEGAN_NS + 2_002 * MICROSECOND_NS));
    }

    @Test
    void shouldFlushOnceNothingHasComeForAWhile() {
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS));
        assertEquals(1, appender.endTurn(true, BEGAN_NS + 99 * MICROSECOND_NS));
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS + 100 * MICROSECOND_NS));
        assertEquals(1, appender.endTurn(true, BEGAN_NS + 199 * MICROSECOND_NS));
        assertEquals(0, journal.flushed().lastSequence());
        assertEquals(1, appender.endTurn(true, BEGAN_NS + 200 * MICROSECOND_NS));
        assertEquals(2, journal.flushed().lastSequence());
    }

    @Test
    void shouldFlushAfterManyIdleTurnsThoughTheClockStands() {
        append(appender);
        assertEquals(1, appender.endTurn(false, BEGAN_NS));
        int turns = 0;
        while (0 == journal.flushed().lastSequence()) {
            assertEquals(1, appender.endTurn(true, BEGAN_NS));
            turns++;
        }
        assertEquals(1024, turns);
        assertEquals(1, journal.flushed().lastSequence());
    }

    @Test
    void shouldFlushBehindTheTurnWhenMuchIsStaged() {
        int blocks = 0;
        while (journal.stagedLength() < 16 * 1024) {
            assertEquals(blocks > 0 ? 1 : 0, appender.endTurn(false, BEGAN_NS));
            append(appender);
            blocks++;
        }
        assertEquals(0, journal.flushed().lastSequence());
        assertEquals(1, appender.endTurn(false, BEGAN_NS));
        assertEquals(blocks, journal.flushed().lastSequence());
    }

    @Test
    void shouldFlushBeforeItSyncs() {
        append(appender);
        appender.sync();
        assertEquals(1, journal.flushed().lastSequence());
        assertEquals(1, journal.flushed().syncs());
    }

    @Test
    void shouldKeepTheInterruptFromTheJournal() {
        append(appender);
        Thread.currentThread().interrupt();
        append(appender);
        appender.flush();
        assertTrue(Thread.interrupted());
        assertFalse(Thread.interrupted());
        assertEquals(2, journal.flushed().lastSequence());
    }

    private void append(final BlockAppender to) {
        out.reset();
        out.beginInput(signal, 0, new EventSignal().encode(signal), 1);
        out.endInput(Outcome.NO_CHANGE);
        assertTrue(to.append(out.buffer(), out.finish()));
    }
}
