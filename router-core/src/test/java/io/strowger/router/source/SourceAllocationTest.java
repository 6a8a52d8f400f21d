package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.NullJournal;
import io.strowger.router.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Between hello and end a signal of a source, its acknowledgement and its credit cost no byte of heap.
 */
class SourceAllocationTest {
    private static final int WINDOWS = 4;
    /** As many as it takes until the JIT compiler is through: what allocates for itself does so in each. */
    private static final int MOST_WINDOWS = 16;
    private static final int SIGNALS = 300_000;

    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private long answers;
    private long sequence;

    @Test
    void shouldAllocateNothingBetweenHelloAndEnd() {
        measure(false);
    }

    @Test
    void shouldAllocateNothingForSignalsThatTheFoldRefuses() {
        measure(true);
    }

    private void measure(final boolean isFull) {
        final RouterContext context = new RouterContext().journal(new NullJournal()).threadingMode(ThreadingMode.INVOKER)
            .sessionCapacity(1);
        try (Router router = Router.launch(context)) {
            final Peer peer = new Peer();
            final SourceConnection connection = router.openSource(SourceGrant.of("gateway", 1), this::answer);
            connection.onSignal(peer.buffer, 0, peer.hello("gateway"));
            connection.onSignal(peer.buffer, 0, peer.seen(++sequence, "the one"));
            final int length = isFull ? peer.seen(1, "leg") : peer.hangup(1, "leg");
            signal.putBytes(0, peer.buffer, 0, length);
            run(router, connection, length);
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS || (window < MOST_WINDOWS && least > 0); window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(router, connection, length);
                // what the JIT compiler allocates once, while it replaces code, is not in each of them
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + SIGNALS + " signals");
            assertEquals(isFull, router.counters().get(RouterCounter.REFUSED) > SIGNALS);
            assertTrue(answers > SIGNALS / SourceGrant.WINDOW_DEFAULT, "answers: " + answers);
        }
    }

    private void run(final Router router, final SourceConnection connection, final int length) {
        for (int i = 0; i < SIGNALS; i++) {
            signal.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
            if (1 != connection.onSignal(signal, 0, length)) {
                throw new AssertionError("signal " + sequence + " was not taken");
            }
            if (0 == (i & 63)) {
                router.poll();
                connection.poll();
            }
        }
    }

    private boolean answer(final DirectBuffer buffer, final int offset, final int length) {
        answers++;
        return true;
    }
}
