package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.Spin;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A copy out of the window is whole, or says that it is not.
 */
class RecordWindowTest {
    private static final int CAPACITY = 1024;
    private static final int MAX_LENGTH = 256;
    private static final int APPENDS = 100_000;

    private static final int STARTED_BEHIND = 100;
    private static final int CALM = 500;

    private final RecordWindow window = new RecordWindow(CAPACITY);

    @Test
    void shouldGiveBackWhatWasPutInWhenTheWindowHasNotPassedIt() {
        final UnsafeBuffer record = record(7, 100);
        final long position = window.append(record, 0, 100);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MAX_LENGTH]);
        assertTrue(window.copy(position, 100, copy));
        assertEquals(record, new UnsafeBuffer(copy, 0, 100));
    }

    @Test
    void shouldKeepExactlyTheRecordsOfItsCapacityWhenMoreArePutIn() {
        final long[] positions = new long[20];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = window.append(record(i, 128), 0, 128);
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MAX_LENGTH]);
        for (int i = 0; i < positions.length; i++) {
            assertEquals(i >= positions.length - CAPACITY / 128, window.copy(positions[i], 128, copy), "record " + i);
        }
    }

    @Test
    void shouldNeverWrapARecordWhenItDoesNotFitBeforeTheEnd() {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MAX_LENGTH]);
        for (int i = 0; i < 1_000; i++) {
            final int length = 1 + i * 37 % MAX_LENGTH;
            final long position = window.append(record(i, length), 0, length);
            assertTrue((position & (CAPACITY - 1)) + length <= CAPACITY);
            assertEquals(0, position & 7);
            assertTrue(window.copy(position, length, copy));
            assertEquals(record(i, length), new UnsafeBuffer(copy, 0, length));
        }
    }

    @Test
    void shouldRefuseACapacityWhenItIsNoPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new RecordWindow(1_000));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldSayThatACopyIsTornWhenTheWriterPassesItMeanwhile() throws InterruptedException {
        final long seed = 20_261_125L;
        final Reader first = new Reader(window, seed);
        final Reader second = new Reader(window, seed + 1);
        final Thread firstThread = new Thread(first);
        final Thread secondThread = new Thread(second);
        final Random random = new Random(seed);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[MAX_LENGTH]);
        for (int i = 0; i < APPENDS; i++) {
            final int length = 8 + random.nextInt(MAX_LENGTH - 8);
            source.setMemory(0, length, (byte)i);
            final long position = window.append(source, 0, length);
            first.offer((byte)i, position, length);
            second.offer((byte)i, position, length);
            if (STARTED_BEHIND == i) {
                // by now the window has passed the first records, so that some copies surely fail
                firstThread.start();
                secondThread.start();
            } else if (i > STARTED_BEHIND && i % CALM < 2) {
                // the second of these goes into empty rings, and nothing is written until it was looked at: some copies surely succeed
                first.awaitEmpty();
                second.awaitEmpty();
            }
        }
        first.isOver = true;
        second.isOver = true;
        firstThread.join();
        secondThread.join();
        assertEquals(null, first.fault.get(), "seed " + seed);
        assertEquals(null, second.fault.get(), "seed " + seed);
        assertFalse(0 == first.whole + second.whole, "no copy was whole");
        assertFalse(0 == first.passed + second.passed, "no copy was passed");
    }

    private static UnsafeBuffer record(final int value, final int length) {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
        record.setMemory(0, length, (byte)value);
        return record;
    }

    /** Copies what it is told of, and looks at every byte of what is said to be whole. */
    private static final class Reader implements Runnable {
        private final RecordWindow window;
        private final Random random;
        private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(8 * 1024 + RingBufferDescriptor.TRAILER_LENGTH, 128)));
        private final UnsafeBuffer entry = new UnsafeBuffer(new byte[16]);
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[MAX_LENGTH]);
        private final AtomicReference<String> fault = new AtomicReference<>();
        private long whole;
        private long passed;
        private volatile boolean isOver;

        Reader(final RecordWindow window, final long seed) {
            this.window = window;
            this.random = new Random(seed);
        }

        /** Writer's thread; what does not fit is left out. */
        void offer(final byte value, final long position, final int length) {
            entry.putLong(0, position);
            entry.putInt(8, length);
            entry.putByte(12, value);
            ring.write(1, entry, 0, 16);
        }

        /** Writer's thread; waits until everything it was told of has been looked at. */
        void awaitEmpty() {
            while (ring.size() > 0) {
                Spin.once();
            }
        }

        @Override
        public void run() {
            while (!isOver || ring.size() > 0) {
                ring.read((type, buffer, index, length) ->
                    look(buffer.getLong(index), buffer.getInt(index + 8), buffer.getByte(index + 12)), 1 + random.nextInt(16));
            }
        }

        private void look(final long position, final int length, final byte value) {
            if (!window.copy(position, length, copy)) {
                passed++;
                return;
            }
            whole++;
            for (int i = 0; i < length; i++) {
                if (copy.getByte(i) != value) {
                    fault.compareAndSet(null, "position " + position + " byte " + i + ": " + copy.getByte(i) + " for " + value);
                }
            }
        }
    }
}
