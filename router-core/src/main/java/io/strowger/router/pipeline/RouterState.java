package io.strowger.router.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;

/**
 * Whether the router runs, shared by all its threads. The two ends are final.
 *
 * <pre>
 *   OPEN ──► CLOSING ──► CLOSED
 *     └─────────┴──────► FAILED     any Throwable from fold, append, sync or dispatch: fail-stop
 * </pre>
 */
public final class RouterState {
    private static final int OPEN = 0;
    private static final int CLOSING = 1;
    private static final int CLOSED = 2;
    private static final int FAILED = 3;

    private final AtomicInteger state = new AtomicInteger(OPEN);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Waker> wakers = new CopyOnWriteArrayList<>();
    private final ErrorHandler fatalHandler;

    /**
     * An open router.
     *
     * @param fatalHandler runs once, on the thread that found the failure, after every call has begun to answer CLOSED.
     */
    RouterState(final ErrorHandler fatalHandler) {
        this.fatalHandler = fatalHandler;
    }

    /** A thread that ends when the router fails is woken then, however long it would sleep. */
    void wakeAtFailure(final Waker waker) {
        wakers.add(waker);
    }

    boolean isOpen() {
        return OPEN == state.get();
    }

    boolean isClosing() {
        return CLOSING == state.get();
    }

    boolean isClosed() {
        return CLOSED == state.get();
    }

    boolean hasFailed() {
        return FAILED == state.get();
    }

    /** Whether it has come to an end, good or bad. */
    boolean isTerminal() {
        return state.get() >= CLOSED;
    }

    /** What made it fail, null when it has not. */
    Throwable failure() {
        return failure.get();
    }

    /** Begins to close. Returns false when it is not open. */
    boolean beginClose() {
        return state.compareAndSet(OPEN, CLOSING);
    }

    /** Everything is drained and in the journal. */
    void endClose() {
        state.compareAndSet(CLOSING, CLOSED);
    }

    /** A waker may be the embedder's own: what it throws keeps nobody else from being woken, nor the fatal handler from being told. */
    private static void wake(final Waker waker, final Throwable cause) {
        try {
            waker.wake();
        } catch (final RuntimeException fault) {
            cause.addSuppressed(fault);
        }
    }

    /** Stops for good, and wakes who sleeps to see it. Only the first failure counts. */
    void fail(final Throwable cause) {
        if (CLOSED != state.get() && failure.compareAndSet(null, cause)) {
            state.set(FAILED);
            wakers.forEach(waker -> wake(waker, cause));
            try {
                fatalHandler.onError(cause);
            } catch (final RuntimeException | Error fault) {
                cause.addSuppressed(fault);
            }
        }
    }
}
