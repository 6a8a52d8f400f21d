package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.router.record.BlockWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Actions allocate nothing in the fold: asked, sent, done, timed out, unknown, failed by the router, denied, and forgotten again.
 */
final class ActionAllocationTest {
    private static final int WINDOWS = 4;
    /** As many as it takes until the JIT compiler is through: what allocates for itself does so in each. */
    private static final int MOST_WINDOWS = 16;
    private static final int WARM_UP = 10_000;
    private static final int MEASURED = 20_000;
    private static final int RESULT_ACTION = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;

    private final BlockWriter out = new BlockWriter(64 * 1024);
    private final Core core = new Core(new CoreSettings(100, 100, 100, 10, 64, 64, 16, 1), out);
    private final TickLimits limits = new TickLimits(-1, -1, 0);
    private final UnsafeBuffer words = new UnsafeBuffer(new byte[32]);
    private final Signal ask = Asked.hangUp("k", "u101", 0);
    private final Signal denied = Asked.generateCall("d", "301", Long.MAX_VALUE);
    private final Signal sent = Asked.result(0, ActionStatus.SENT, null, null);
    private final Signal done = Asked.result(0, ActionStatus.DONE, "u101", "Channel Hungup");
    private final Signal hello = Asked.hello("pbx-1", Asked.EVERYTHING);
    private final Signal down = new Signal(SourceDownDecoder.TEMPLATE_ID, SourceDownDecoder.BLOCK_LENGTH, 2).text(0, "pbx-1");
    private final int[] lengths = new int[6];
    private final Signal[] signals = {ask, denied, sent, done, hello, down};
    private int askedKey;
    private int deniedKey;
    private long nowNs = 1;

    @BeforeEach
    void begin() {
        for (int i = 0; i < signals.length; i++) {
            lengths[i] = signals[i].from(i < 2 ? 0 : 1, Codes.NULL_LONG, 1).length();
        }
        askedKey = keyOffset(ask);
        deniedKey = keyOffset(denied);
        apply(4);
        once(FoldHarness.seen("u101", "c1").from(1, Codes.NULL_LONG, 1));
        once(Asked.grant("crm", Asked.EVERYTHING, "1*", null).from(0, Codes.NULL_LONG, 1));
    }

    @Test
    void shouldAllocateNothingForAnAction() {
        measure(this::run);
        assertTrue(out.sequence() > 10L * MEASURED);
    }

    /** Nothing is forgotten by a tick: each ask makes the oldest results go, some that failed at once among them. */
    @Test
    void shouldAllocateNothingWhenResultsMakeRoomForOthers() {
        measure(this::makeRoom);
        assertTrue(core.forgottenEarly() > MEASURED);
    }

    private void makeRoom(final int rounds) {
        final UnsafeBuffer asking = ask.buffer();
        final UnsafeBuffer denying = denied.buffer();
        for (int round = 0; round < rounds; round++) {
            nowNs += KeptActions.LEAST_NS;
            asking.putByte(askedKey, (byte)('!' + round % 90));
            denying.putByte(deniedKey, (byte)('!' + round % 90));
            result(3, asked(Long.MAX_VALUE));
            apply(1);
        }
    }

    /** Of a key of one byte, which stands behind the client id. */
    private static int keyOffset(final Signal signal) {
        int at = signal.length() - 1;
        while ('c' != signal.buffer().getByte(at) || 'r' != signal.buffer().getByte(at + 1) || 'm' != signal.buffer().getByte(at + 2)) {
            at--;
        }
        return at + 3 + Short.BYTES;
    }

    private void measure(final IntConsumer rounds) {
        rounds.accept(WARM_UP);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS || (window < MOST_WINDOWS && least > 0); window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            rounds.accept(MEASURED);
            // what the JIT compiler allocates once, while it replaces code, is not in each of them
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by " + MEASURED + " rounds of actions");
    }

    private void run(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            result(3, asked(Long.MAX_VALUE));
            forget();
            core.failAction(asked(Long.MAX_VALUE), words, 0, words.capacity(), nowNs);
            forget();
            asked(nowNs + 10);
            nowNs += 10;
            forget();
            asked(Long.MAX_VALUE);
            apply(5);
            apply(4);
            forget();
            apply(1);
            forget();
        }
    }

    private long asked(final long deadlineNs) {
        ask.buffer().putLong(RESULT_ACTION, deadlineNs, ByteOrder.LITTLE_ENDIAN);
        apply(0);
        final long action = out.sequence();
        result(2, action);
        return action;
    }

    private void result(final int signal, final long action) {
        signals[signal].buffer().putLong(RESULT_ACTION, action, ByteOrder.LITTLE_ENDIAN);
        apply(signal);
    }

    /** Time goes on; what is owed is paid, and what has ended is forgotten. */
    private void forget() {
        while (core.owes() || core.isTickDue(limits, nowNs)) {
            if (core.owes()) {
                core.payOwed(nowNs);
            } else {
                core.tick(limits, nowNs);
            }
        }
    }

    private void apply(final int signal) {
        core.apply(signals[signal].buffer(), 0, lengths[signal], nowNs);
        if (out.isFull()) {
            out.finish();
            out.reset();
        }
    }

    private void once(final Signal signal) {
        core.apply(signal.buffer(), 0, signal.length(), nowNs);
    }
}
