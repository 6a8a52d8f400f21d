package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a command knows, when it gives up, that the command never runs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandQueueTest {
    private static final long NEVER_MS = 3_600_000;

    private final RouterState state = new RouterState(fault -> { });
    private int runs;

    @Test
    void shouldNeverRunTheCommandWhenItsCallerHasTimedOut() {
        final CommandQueue queue = queue(1);
        final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> queue.call(() -> runs++));
        assertEquals("the core thread does not answer", thrown.getMessage());
        queue.runAll();
        assertEquals(0, runs);
    }

    @Test
    void shouldNeverRunTheCommandWhenItsCallerWasInterrupted() {
        final CommandQueue queue = queue(NEVER_MS);
        Thread.currentThread().interrupt();
        assertThrows(IllegalStateException.class, () -> queue.call(() -> runs++));
        assertTrue(Thread.interrupted());
        queue.runAll();
        assertEquals(0, runs);
    }

    @Test
    void shouldWaitToItsEndWhenTheCommandHasBegun() throws InterruptedException {
        final CommandQueue queue = queue(NEVER_MS);
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final boolean[] outcome = new boolean[2];
        final Thread caller = new Thread(() -> {
            queue.call(() -> {
                started.countDown();
                awaitQuietly(release);
                runs++;
            });
            outcome[0] = 1 == runs;
            outcome[1] = Thread.currentThread().isInterrupted();
        });
        final Thread core = new Thread(() -> {
            while (0 == queue.runAll()) {
                Thread.onSpinWait();
            }
        });
        caller.start();
        core.start();
        started.await();
        caller.interrupt();
        release.countDown();
        caller.join();
        core.join();
        assertTrue(outcome[0], "the call returned before the command had run");
        assertTrue(outcome[1], "the interrupt was lost");
    }

    @Test
    void shouldTellBothWhenTheCommandThrowsAnError() throws InterruptedException {
        final CommandQueue queue = queue(NEVER_MS);
        final Error fault = new InternalError("of the command");
        final Throwable[] thrown = new Throwable[1];
        final Thread caller = new Thread(() -> thrown[0] = assertThrows(IllegalStateException.class, () -> queue.call(() -> {
            throw fault;
        })));
        caller.start();
        boolean isThrown = false;
        while (!isThrown) {
            try {
                queue.runAll();
            } catch (final InternalError ex) {
                isThrown = true;
                assertEquals(fault, ex);
            }
        }
        caller.join();
        assertEquals(fault, thrown[0].getCause());
        assertFalse(Thread.interrupted());
    }

    /** A command speaks of the journal's end, and who sends it reads up to there. */
    @Test
    void shouldFlushBeforeEachCommand() {
        final List<String> done = new ArrayList<>();
        final CommandQueue queue = queue(NEVER_MS);
        queue.flushBy(() -> done.add("flush"));
        assertTrue(queue.offer(() -> done.add("first")));
        assertTrue(queue.offer(() -> done.add("second")));
        queue.runAll();
        assertEquals(List.of("flush", "first", "flush", "second"), done);
        assertEquals(0, queue.runAll());
        assertEquals(4, done.size());
    }

    @Test
    void shouldFlushAtOnceWhenTheCoreThreadWaitsForItself() {
        final CommandQueue queue = queue(NEVER_MS);
        queue.flushBy(() -> runs++);
        queue.beginTurn();
        queue.awaitFlush();
        queue.endTurn();
        assertEquals(1, runs);
    }

    @Test
    void shouldWaitForTheFlushOfTheCoreThread() throws InterruptedException {
        final CommandQueue queue = queue(NEVER_MS);
        queue.flushBy(() -> runs++);
        final int[] seen = new int[1];
        final Thread reader = new Thread(() -> {
            queue.awaitFlush();
            seen[0] = runs;
        });
        reader.start();
        while (0 == queue.runAll()) {
            Thread.onSpinWait();
        }
        reader.join();
        assertEquals(1, seen[0]);
    }

    private CommandQueue queue(final long timeoutMs) {
        return new CommandQueue(state, new RouterCounters(), Waker.NONE, false, timeoutMs);
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
