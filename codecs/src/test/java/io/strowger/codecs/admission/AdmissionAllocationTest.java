package io.strowger.codecs.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.RandomSignals;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class AdmissionAllocationTest {
    private static final int WINDOWS = 4;
    private static final int SIGNALS = 64;
    private static final int ROUNDS = 1_000_000 / SIGNALS;
    private static final long SEED = 20_261_125;

    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SIGNALS * SignalLayout.MAX_SIGNAL_LENGTH]);
    private final int[] lengths = new int[SIGNALS];

    @Test
    void shouldAllocateNothingForGoodAndBadSignals() {
        final RandomSignals random = new RandomSignals(SEED);
        for (int i = 0; i < SIGNALS; i++) {
            lengths[i] = random.write(random.template(), buffer, i * SignalLayout.MAX_SIGNAL_LENGTH) - i % 2;
        }
        final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        int refused = checkAll();
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS; window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            refused += checkAll();
            // what the JIT compiler allocates once, while it replaces code, is not in each of them
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertEquals((1 + WINDOWS) * ROUNDS * SIGNALS / 2, refused, "every second signal is cut");
    }

    private int checkAll() {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < SIGNALS; i++) {
                refused += AdmissionWalk.ADMITTED == walk.check(buffer, i * SignalLayout.MAX_SIGNAL_LENGTH, lengths[i]) ? 0 : 1;
            }
        }
        return refused;
    }
}
