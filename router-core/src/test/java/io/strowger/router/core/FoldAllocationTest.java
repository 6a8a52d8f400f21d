package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.record.BlockWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The fold allocates nothing: whole calls, through a queue and into a bridge, again and again under new native ids; lists of what there is
 * and the walks behind them end what they do not show.
 */
final class FoldAllocationTest {
    private static final int WINDOWS = 4;
    /** As many as it takes until the JIT compiler is through: what allocates for itself does so in each. */
    private static final int MOST_WINDOWS = 16;
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 50_000;

    private final BlockWriter out = new BlockWriter(64 * 1024);
    /** One that looks ahead however few sessions there are. */
    private final Core core = new Core(new CoreSettings(1_000, 1_000, 100, 10, 1), out, 0);
    private final List<Signal> story = List.of(
        FoldHarness.seen("u101-00000000", "u101-00000000"),
        FoldHarness.state("u101-00000000", "u101-00000000", LegState.UP),
        FoldHarness.queue(QueueAction.JOINED, "u101-00000000", "support"),
        FoldHarness.seen("u202-00000000", "u101-00000000"),
        FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, "u101-00000000", "u202-00000000", "u101-00000000"),
        FoldHarness.state("u202-00000000", "u101-00000000", LegState.UP),
        FoldHarness.dial(DialPhase.END, DialStatus.ANSWER, "u101-00000000", "u202-00000000", "u101-00000000"),
        FoldHarness.queue(QueueAction.LEFT, "u101-00000000", "support"),
        FoldHarness.bridge(true, "u101-00000000", "u101-00000000", "b", 1),
        FoldHarness.bridge(true, "u202-00000000", "u101-00000000", "b", 2),
        FoldHarness.recording(true, "u101-00000000"),
        FoldHarness.hold(true, "u101-00000000"),
        FoldHarness.seen("u303-00000000", "u303-00000000"),
        FoldHarness.queue(QueueAction.JOINED, "u303-00000000", "support"),
        FoldHarness.hangupAsked("u303-00000000").put(4, 1),
        FoldHarness.queue(QueueAction.ABANDONED, "u303-00000000", "support"),
        FoldHarness.queue(QueueAction.LEFT, "u303-00000000", "support"),
        Listed.begin(ListKind.PARKED),
        Listed.aged(Listed.parked("u303-00000000", "701"), 20_000),
        Listed.end(ListKind.PARKED),
        Listed.begin(ListKind.QUEUES),
        Listed.queue("support"),
        Listed.waiting("u404-00000000", "support"),
        Listed.member("202", "support", true),
        Listed.end(ListKind.QUEUES),
        Listed.begin(ListKind.LEGS),
        Listed.inBridge(Listed.leg("u101-00000000", "u101-00000000", LegState.UP), "b"),
        Listed.inBridge(Listed.leg("u202-00000000", "u101-00000000", LegState.UP), "b"),
        Listed.end(ListKind.LEGS),
        FoldHarness.hangup("u101-00000000", 16),
        FoldHarness.hangup("u202-00000000", 16));
    private final int[] lengths = new int[story.size()];
    private long sequence;

    @Test
    void shouldAllocateNothingForASignal() {
        final Signal up = new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, 1).text(0, "pbx-1")
            .from(1, 0, 0);
        core.apply(up.buffer(), 0, up.length(), 1);
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = story.get(i).from(1, 0, 1_000).length();
        }
        run(WARM_UP);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS || (window < MOST_WINDOWS && least > 0); window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            run(MEASURED);
            // what the JIT compiler allocates once, while it replaces code, is not in each of them
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by " + MEASURED * story.size() + " signals");
        assertEquals(0, core.openSessions());
        assertTrue(out.sequence() > (long)MEASURED * story.size());
    }

    private void run(final int calls) {
        for (int call = 0; call < calls; call++) {
            for (int i = 0; i < lengths.length; i++) {
                final UnsafeBuffer buffer = story.get(i).buffer();
                buffer.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
                number(buffer, lengths[i], (sequence - 1) / lengths.length);
                core.expect(buffer, 0, lengths[i]);
                core.warm();
                core.apply(buffer, 0, lengths[i], sequence);
                while (core.owes()) {
                    core.payOwed(sequence);
                }
                if (out.isFull()) {
                    out.finish();
                    out.reset();
                }
            }
        }
    }

    /** Writes the number of the call over the eight zeros of each id. */
    private static void number(final UnsafeBuffer buffer, final int length, final long call) {
        for (int i = SignalLayout.HEADER_LENGTH; i < length - 8; i++) {
            if ('-' == buffer.getByte(i) && 'u' == buffer.getByte(i - 4)) {
                long rest = call;
                for (int digit = i + 8; digit > i; digit--) {
                    buffer.putByte(digit, (byte)('0' + rest % 10));
                    rest /= 10;
                }
            }
        }
    }
}
