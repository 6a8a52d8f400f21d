package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueWriterTest {
    private static final long DAY_MS = 86_400_000;
    private static final long MAPPED = 64L << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldMakeThePagesOfShortBlocksAheadInEveryFile() {
        final UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(200));
        block.setMemory(0, 200, (byte)7);
        final JournalTime time = new JournalTime();
        time.advanceToMs(20_000 * DAY_MS);
        try (QueueWriter writer = QueueWriter.open(directory, LargeRollCycles.LARGE_DAILY, MAPPED, time, false)) {
            assertEquals(0, writer.pagesMade());
            writer.append(block, 0, 200);
            final long first = writer.pagesMade();
            assertTrue(first > 0 && 0 == first % FreshPages.STEP, "made to " + first);
            for (int i = 0; i < FreshPages.STEP / 200; i++) {
                writer.append(block, 0, 200);
            }
            assertEquals(first + FreshPages.STEP, writer.pagesMade(), "one step further");
            time.advanceToMs(20_001 * DAY_MS);
            writer.append(block, 0, 200);
            assertEquals(first, writer.pagesMade(), "of the next day's file");
        }
    }
}
