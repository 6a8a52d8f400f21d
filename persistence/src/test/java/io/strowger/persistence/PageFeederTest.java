package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PageFeederTest {
    private static final int LENGTH = 32 << 20;
    private static final long AHEAD = 8 << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldMakePagesAheadOfTheWriterAndChangeNoByte() throws IOException {
        final MappedByteBuffer file = map();
        final UnsafeBuffer chunk = new UnsafeBuffer(file);
        final long start = chunk.addressOffset();
        try (PageFeeder pages = new PageFeeder(AHEAD)) {
            for (int at = 0; at < LENGTH; at += 4096) {
                pages.onWrite(start, start + LENGTH, start + at);
                chunk.putLong(at, at + 1L);
                if (at == LENGTH / 2) {
                    while (pages.fedBytes() < AHEAD / 2) {
                        Thread.onSpinWait();
                    }
                }
            }
            assertTrue(pages.fedBytes() <= LENGTH, () -> "fed " + pages.fedBytes());
        }
        for (int at = 0; at < LENGTH; at += 4096) {
            assertEquals(at + 1L, chunk.getLong(at));
            assertEquals(0, chunk.getLong(at + 8));
        }
    }

    @Test
    void shouldLeaveAJournalOfFewRecordsAlone() throws IOException {
        final UnsafeBuffer chunk = new UnsafeBuffer(map());
        final long start = chunk.addressOffset();
        final PageFeeder pages = new PageFeeder(AHEAD);
        for (int at = 0; at < PageFeeder.MIN_WRITTEN; at += 4096) {
            pages.onWrite(start, start + LENGTH, start + at);
        }
        pages.close();
        assertEquals(0, pages.fedBytes());
    }

    @Test
    void shouldGoOnWhenTheKernelRefusesTheMapping() throws IOException {
        final long nowhere = 1L << 12;
        final UnsafeBuffer chunk = new UnsafeBuffer(map());
        try (PageFeeder pages = new PageFeeder(AHEAD)) {
            pages.onWrite(nowhere, nowhere + LENGTH, nowhere);
            pages.onWrite(nowhere, nowhere + LENGTH, nowhere + 2 * PageFeeder.MIN_WRITTEN);
            final long start = chunk.addressOffset();
            pages.onWrite(start, start + LENGTH, start);
            for (int at = 0; pages.fedBytes() < PageFeeder.STEP; at = Math.min(LENGTH / 2, at + 4096)) {
                pages.onWrite(start, start + LENGTH, start + at);
            }
        }
    }

    private MappedByteBuffer map() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("chunk"), StandardOpenOption.CREATE, StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        }
    }
}
