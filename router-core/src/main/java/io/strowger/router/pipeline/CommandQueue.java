package io.strowger.router.pipeline;

import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Commands on their way to the core thread. When the caller's thread is the core thread (invoker mode), they run at once.
 *
 * <p>Any thread sends; the core thread runs.
 */
final class CommandQueue implements CoreCommands {
    private static final int CAPACITY = 1024;
    private static final long LOOK_AGAIN_MS = 10;

    private final ManyToOneConcurrentArrayQueue<Runnable> queue = new ManyToOneConcurrentArrayQueue<>(CAPACITY);
    private final RouterState state;
    private final RouterCounters counters;
    private final Waker coreWaker;
    private final boolean isInline;
    private final long timeoutMs;
    /** The thread whose turn it is. A plain field: a thread asks only whether it is itself, and what it wrote itself it sees. */
    private Thread turnThread;
    private Runnable flush = () -> { };

    /**
     * An empty queue.
     *
     * @param coreWaker wakes the core thread.
     * @param isInline  whether callers are the core thread.
     * @param timeoutMs longest wait of {@link #call}.
     */
    CommandQueue(final RouterState state, final RouterCounters counters, final Waker coreWaker, final boolean isInline,
                 final long timeoutMs) {
        this.state = state;
        this.counters = counters;
        this.coreWaker = coreWaker;
        this.isInline = isInline;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public boolean offer(final Runnable command) {
        if (state.isTerminal()) {
            return false;
        }
        if (isInline) {
            command.run();
            return true;
        }
        final boolean isTaken = queue.offer(command);
        if (!isTaken) {
            counters.addAtomic(RouterCounter.COMMANDS_REFUSED);
        }
        VarHandle.fullFence();
        coreWaker.wake();
        return isTaken;
    }

    @Override
    public void call(final Runnable command) {
        if (Thread.currentThread() == turnThread) {
            throw new IllegalStateException("a tap can't wait for the thread it runs on");
        }
        final Answer answer = new Answer(command);
        if (!offer(answer)) {
            throw new IllegalStateException(state.isTerminal() ? "the router is closed" : "the command queue is full");
        }
        answer.await();
    }

    @Override
    public void awaitFlush() {
        if (Thread.currentThread() == turnThread) {
            flush.run();
            return;
        }
        final boolean wasInterrupted = Thread.interrupted();
        try {
            call(() -> { });
        } catch (final IllegalStateException unanswered) {
            if (!state.isTerminal()) {
                throw unanswered;
            }
            // its close has flushed
        } finally {
            Uninterrupted.restore(wasInterrupted);
        }
    }

    @Override
    public boolean isClosed() {
        return state.isClosed();
    }

    @Override
    public boolean hasFailed() {
        return state.hasFailed();
    }

    /** The calling thread begins its turn as the core thread. */
    void beginTurn() {
        turnThread = Thread.currentThread();
    }

    /** The turn is over. */
    void endTurn() {
        turnThread = null;
    }

    /** What lets readers of the journal see everything: before the first turn. */
    void flushBy(final Runnable newFlush) {
        flush = newFlush;
    }

    /** Runs what has come, each behind a flush. Core thread. Returns how many. */
    int runAll() {
        int count = 0;
        for (Runnable command = queue.poll(); null != command; command = queue.poll()) {
            flush.run();
            command.run();
            count++;
        }
        return count;
    }

    /** A command whose caller waits for it; what it throws is the caller's, not the router's, but for an Error, which is both's. */
    private final class Answer implements Runnable {
        private final Runnable command;
        private final CountDownLatch ran = new CountDownLatch(1);
        /** Set once: by the core thread that begins to run it, or by the caller that gives it up. */
        private final AtomicBoolean isDecided = new AtomicBoolean();
        private Throwable fault;

        Answer(final Runnable command) {
            this.command = command;
        }

        @Override
        public void run() {
            if (!isDecided.compareAndSet(false, true)) {
                return;
            }
            try {
                command.run();
            } catch (final RuntimeException thrown) {
                fault = thrown;
            } catch (final Error thrown) {
                fault = thrown;
                throw thrown;
            } finally {
                ran.countDown();
            }
        }

        /** Waits until the command has run. Who gives it up before it runs is sure that it never will. */
        void await() {
            long leftMs = timeoutMs;
            boolean wasInterrupted = false;
            boolean hasRun = false;
            while (!hasRun) {
                try {
                    hasRun = ran.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                } catch (final InterruptedException interrupted) {
                    wasInterrupted = true;
                }
                leftMs -= LOOK_AGAIN_MS;
                if (!hasRun && (wasInterrupted || leftMs < 0 || state.isTerminal()) && isDecided.compareAndSet(false, true)) {
                    Uninterrupted.restore(wasInterrupted);
                    throw new IllegalStateException(reason(wasInterrupted));
                }
            }
            Uninterrupted.restore(wasInterrupted);
            rethrow();
        }

        private String reason(final boolean wasInterrupted) {
            if (state.isTerminal()) {
                return "the router is closed";
            }
            return wasInterrupted ? "interrupted while waiting for the core thread" : "the core thread does not answer";
        }

        private void rethrow() {
            if (fault instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (null != fault) {
                throw new IllegalStateException("the router has failed", fault);
            }
        }
    }
}
