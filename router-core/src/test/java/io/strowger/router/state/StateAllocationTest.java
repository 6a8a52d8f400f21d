package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class StateAllocationTest {
    private static final int WINDOWS = 4;
    /** As many as it takes until the JIT compiler is through: what allocates for itself does so in each. */
    private static final int MOST_WINDOWS = 16;
    private static final int OPEN = 10_000;
    private static final int ROUNDS = 500_000;

    private final KeyedTable table = new KeyedTable(new Slabs(), OPEN, 112, 3);
    private final TextStore texts = new TextStore(new Slabs(), OPEN * 64L);
    private final StateDigest digest = new StateDigest();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[32]);

    @Test
    void shouldAllocateNothingWhenRecordsAndTextsComeAndGo() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        key.putStringWithoutLengthAscii(0, "1795624196.0000000000000000000");
        // the first turn takes the chunks, the second one is the compiler's
        long failures = comeAndGo(0, 2 * OPEN);
        failures += comeAndGo(2 * OPEN, 200_000);
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS || (window < MOST_WINDOWS && least > 0); window++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            failures += comeAndGo(200_000 + 2 * OPEN + window * ROUNDS, ROUNDS);
            // what the JIT compiler allocates once, while it replaces code, is not in each of them
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, failures);
        assertEquals(0, least);
    }

    private long comeAndGo(final int from, final int rounds) {
        long failures = 0;
        for (int i = from; i < from + rounds; i++) {
            failures += end(i - OPEN);
            failures += begin(i);
        }
        digest.begin();
        for (int slot = table.next(-1); slot != KeyedTable.MISSING; slot = table.next(slot)) {
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), 1);
        }
        return failures + (table.size() <= OPEN && digest.end() != 0 ? 0 : 1);
    }

    private int begin(final int i) {
        final int length = name(i);
        final int slot = table.add(1, key, 0, length);
        if (slot < 0) {
            return 1;
        }
        int handle = texts.put(key, 0, length);
        handle = texts.replace(handle, key, 0, 1 + (i & 15));
        UnsafeApi.putInt(table.payloadAddress(slot), handle);
        return handle > 0 ? 0 : 1;
    }

    private int end(final int i) {
        if (i < 0) {
            return 0;
        }
        final int slot = table.find(1, key, 0, name(i));
        if (slot < 0) {
            return 1;
        }
        texts.free(UnsafeApi.getInt(table.payloadAddress(slot)));
        table.remove(slot);
        return 0;
    }

    /** Writes the name of a number, 18 to 29 bytes long. */
    private int name(final int i) {
        final int length = 18 + i % 12;
        key.putNaturalPaddedIntAscii(11, length - 11, i);
        return length;
    }
}
