package io.strowger.router.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BlockWriterTest {
    private static final int SIZE_LIMIT = 4096;
    private static final int TENANT = 1;
    private static final int LONGEST = 300;

    private final BlockWriter writer = new BlockWriter(SIZE_LIMIT);

    @Test
    void shouldPadWithZerosWhateverStoodThere() {
        for (int length = SignalLayout.HEADER_LENGTH; length < LONGEST; length++) {
            for (final int eventLength : new int[] {0, SignalLayout.HEADER_LENGTH + 60, LONGEST - length % 8}) {
                writer.reset();
                writer.buffer().setMemory(0, SIZE_LIMIT, (byte)-1);
                write(length, eventLength);
                writer.finish();

                final RecordCursor records = new RecordCursor().wrap(writer.buffer(), 0);
                assertTrue(records.next());
                assertEquals(length, records.signalLength());
                assertEquals(0 != eventLength, records.hasEvent());
                final int signal = records.record() + RecordLayout.SIGNAL_OFFSET;
                final int event = records.eventOffset();
                assertBytes(signal, length, (byte)3);
                assertBytes(signal + length, event - signal - length, (byte)0);
                assertBytes(event, eventLength, (byte)5);
                assertBytes(event + eventLength, records.record() + records.length() - event - eventLength, (byte)0);
                assertFalse(records.next());
            }
        }
    }

    @Test
    void shouldRefuseARecordThatIsLongerThanItsBlock() {
        write(64, 0);
        write(64, 128);
        writer.finish();
        final RecordCursor records = new RecordCursor().wrap(writer.buffer(), 0);
        assertTrue(records.next());
        writer.buffer().putShort(records.record() + records.length() + RecordLayout.EVENT_LENGTH_OFFSET, (short)136,
            ByteOrder.LITTLE_ENDIAN);
        final long sequence = records.sequence();
        assertThrows(IndexOutOfBoundsException.class, records::next);
        assertEquals(sequence, records.sequence(), "it still stands at the record before");
    }

    @Test
    void shouldKeepTheTimeOfAnInputWithoutBytes() {
        writer.beginInput(new UnsafeBuffer(new byte[SignalLayout.HEADER_LENGTH]), 0, 0, 7);
        writer.endInput(Outcome.NO_CHANGE);
        writer.finish();
        final RecordCursor records = new RecordCursor().wrap(writer.buffer(), 0);
        assertTrue(records.next());
        assertEquals(7, RecordLayout.journalTime(writer.buffer(), records.record()));
    }

    @Test
    void shouldWriteNoRecordBeyondItsMemory() {
        final int length = 1024;
        assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i <= writer.buffer().capacity() / length; i++) {
                write(length, 0);
            }
        });
    }

    @Test
    void shouldRefuseABlockThatIsLongerThanItsBuffer() {
        write(64, 0);
        final int length = writer.finish();
        final UnsafeBuffer cut = new UnsafeBuffer(writer.buffer(), 0, length - 8);
        assertThrows(IndexOutOfBoundsException.class, () -> new RecordCursor().wrap(cut, 0));
    }

    private void write(final int length, final int eventLength) {
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[length]);
        signal.setMemory(0, length, (byte)3);
        writer.beginInput(signal, 0, length, 1);
        if (0 != eventLength) {
            writer.beginEvent();
            writer.buffer().setMemory(writer.eventOffset(), eventLength, (byte)5);
            writer.endEvent(eventLength, TENANT, EventKeys.NONE, EventKeys.NONE);
        }
        writer.endInput(Outcome.NO_CHANGE);
    }

    private void assertBytes(final int from, final int count, final byte value) {
        for (int i = 0; i < count; i++) {
            assertEquals(value, writer.buffer().getByte(from + i), "byte " + i + " of " + count);
        }
    }
}
