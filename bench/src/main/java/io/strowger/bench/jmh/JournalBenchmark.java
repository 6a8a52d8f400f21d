package io.strowger.bench.jmh;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.Compression;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.IoUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Blocks of real records to and from the journal on disk, a block of 64 KiB an operation, beside bare Chronicle with the same bytes.
 *
 * <p>{@code append}: the next blocks to the journal, plain, made outside of the time. {@code appendPacked}: the same, packed by LZ4 as a
 * journal does when nothing else is said. {@code bareAppend}: the same blocks with
 * {@code writeBytes}. {@code appendRecordByRecord}: the records of the same blocks as one excerpt each, what blocks save.
 * {@code read}: a cursor from sequence 1 over all blocks of a journal in the page cache, checksum and chain verified.
 * {@code readPacked}: the same of packed ones, unpacked too. {@code bareRead}: a tailer over the same excerpts, the first word of each
 * read. Files are in the folder of the property {@code strowger.bench.data}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
    private static final int APPENDED = 64;
    private static final int READ = 1024;
    private static final long CHRONICLE_BLOCK_BYTES = 256L << 20;

    @Benchmark
    @OperationsPerInvocation(APPENDED)
    public long append(final Written state) {
        return state.append();
    }

    @Benchmark
    @OperationsPerInvocation(APPENDED)
    public long appendPacked(final WrittenPacked state) {
        return state.append();
    }

    @Benchmark
    @OperationsPerInvocation(APPENDED)
    public long bareAppend(final Bare state) {
        final BlockSource blocks = state.blocks;
        final long address = blocks.buffer().addressOffset();
        for (int i = 0; i < APPENDED; i++) {
            state.store.set(address + blocks.offset(i), blocks.length(i));
            state.appender.writeBytes(state.store);
        }
        return state.appender.lastIndexAppended();
    }

    @Benchmark
    @OperationsPerInvocation(APPENDED)
    public long appendRecordByRecord(final Bare state) {
        final BlockSource blocks = state.blocks;
        final long address = blocks.buffer().addressOffset();
        for (int i = 0; i < APPENDED; i++) {
            int record = blocks.offset(i) + BlockLayout.HEADER_LENGTH;
            for (int left = blocks.records(i); left > 0; left--) {
                final int length = RecordLayout.length(blocks.buffer(), record);
                state.store.set(address + record, length);
                state.appender.writeBytes(state.store);
                record += length;
            }
        }
        return state.appender.lastIndexAppended();
    }

    @Benchmark
    @OperationsPerInvocation(READ)
    public int read(final ToRead state) {
        return state.read();
    }

    @Benchmark
    @OperationsPerInvocation(READ)
    public int readPacked(final ToReadPacked state) {
        return state.read();
    }

    @Benchmark
    @OperationsPerInvocation(READ)
    public int bareRead(final ToRead state) {
        int blocks = 0;
        long sum = 0;
        state.tailer.toStart();
        for (boolean present = true; present;) {
            try (DocumentContext excerpt = state.tailer.readingDocument()) {
                present = excerpt.isPresent();
                if (present) {
                    final Bytes<?> bytes = excerpt.wire().bytes();
                    sum += bytes.readLong(bytes.readPosition());
                    blocks++;
                }
            }
        }
        return ToRead.require(0 == sum ? 0 : blocks);
    }

    private static Path newFolder() throws IOException {
        final Path data = Path.of(System.getProperty("strowger.bench.data", System.getProperty("java.io.tmpdir")));
        return Files.createTempDirectory(data, "journal-");
    }

    private static Journal openJournal(final Path folder, final Compression compression) {
        return ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("own")).blockSize(CHRONICLE_BLOCK_BYTES)
            .compression(compression));
    }

    private static ChronicleQueue openBare(final Path folder) {
        return SingleChronicleQueueBuilder.single(folder.resolve("bare").toString())
            .rollCycle(LargeRollCycles.LARGE_DAILY).blockSize(CHRONICLE_BLOCK_BYTES).build();
    }

    /** A journal that grows, and its next blocks. */
    @State(Scope.Thread)
    public static class Written {
        private Path folder;
        private Journal journal;
        private BlockSource blocks;

        @Setup(Level.Trial)
        public void open() throws IOException {
            folder = newFolder();
            journal = openJournal(folder, compression());
            blocks = new BlockSource(APPENDED);
        }

        @Setup(Level.Invocation)
        public void next() {
            blocks.refill();
        }

        @TearDown(Level.Trial)
        public void close() {
            journal.close();
            IoUtil.delete(folder.toFile(), false);
        }

        Compression compression() {
            return Compression.NONE;
        }

        long append() {
            for (int i = 0; i < APPENDED; i++) {
                if (!journal.append(blocks.buffer(), blocks.offset(i), blocks.length(i))) {
                    throw new IllegalStateException("the journal has no room");
                }
            }
            return journal.lastSequence();
        }
    }

    /** The same, packed. */
    @State(Scope.Thread)
    public static class WrittenPacked extends Written {
        @Override
        Compression compression() {
            return Compression.LZ4;
        }
    }

    /** A bare queue that grows, and the same blocks. */
    @State(Scope.Thread)
    public static class Bare {
        private final PointerBytesStore store = new PointerBytesStore();
        private Path folder;
        private ChronicleQueue queue;
        private ExcerptAppender appender;
        private BlockSource blocks;

        @Setup(Level.Trial)
        public void open() throws IOException {
            folder = newFolder();
            queue = openBare(folder);
            appender = queue.createAppender();
            blocks = new BlockSource(APPENDED);
        }

        @Setup(Level.Invocation)
        public void next() {
            blocks.refill();
        }

        @TearDown(Level.Trial)
        public void close() {
            appender.close();
            queue.close();
            IoUtil.delete(folder.toFile(), false);
        }
    }

    /** A journal and a bare queue with the same blocks, written and in the page cache. */
    @State(Scope.Thread)
    public static class ToRead {
        private Path folder;
        private Journal journal;
        private ChronicleQueue queue;
        private ExcerptTailer tailer;

        @Setup(Level.Trial)
        public void write() throws IOException {
            folder = newFolder();
            journal = openJournal(folder, compression());
            queue = openBare(folder);
            final BlockSource blocks = new BlockSource(APPENDED);
            final PointerBytesStore store = new PointerBytesStore();
            try (ExcerptAppender appender = queue.createAppender()) {
                for (int written = 0; written < READ; written++) {
                    final int next = written % APPENDED;
                    if (0 == next) {
                        blocks.refill();
                    }
                    journal.append(blocks.buffer(), blocks.offset(next), blocks.length(next));
                    store.set(blocks.buffer().addressOffset() + blocks.offset(next), blocks.length(next));
                    appender.writeBytes(store);
                }
            }
            tailer = queue.createTailer();
        }

        @TearDown(Level.Trial)
        public void close() {
            tailer.close();
            queue.close();
            journal.close();
            IoUtil.delete(folder.toFile(), false);
        }

        Compression compression() {
            return Compression.NONE;
        }

        int read() {
            int blocks = 0;
            try (JournalCursor cursor = journal.openCursor(1)) {
                for (int polled = 1; polled > 0;) {
                    polled = cursor.poll((buffer, offset, length) -> true, READ);
                    blocks += polled;
                }
            }
            return require(blocks);
        }

        private static int require(final int blocks) {
            if (READ != blocks) {
                throw new IllegalStateException("read " + blocks + " of " + READ + " blocks");
            }
            return blocks;
        }
    }

    /** The same, packed in the journal. */
    @State(Scope.Thread)
    public static class ToReadPacked extends ToRead {
        @Override
        Compression compression() {
            return Compression.LZ4;
        }
    }
}
