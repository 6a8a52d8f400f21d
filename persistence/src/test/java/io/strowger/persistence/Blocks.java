package io.strowger.persistence;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.EventKeys;
import io.strowger.router.record.Outcome;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes blocks of arbitrary bytes, always the same for the same seed and kind, and reads them back.
 */
public final class Blocks {
    /** A moment within a cycle of every length used here: 2024-10-04T00:00:00Z. */
    public static final long START_NS = 20_000L * 86_400 * 1_000_000_000L;

    static final long SECOND_NS = 1_000_000_000L;

    /** A cycle. */
    public static final long DAY_NS = 86_400 * SECOND_NS;

    /** A little longer than what stays plain for being short. */
    private static final int PACKED_LENGTH = BlockPacker.LEAST + 100;

    private final Random random;
    private final BlockKind kind;
    private final UnsafeBuffer signal = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * PACKED_LENGTH));
    private final BlockWriter writer = new BlockWriter(4096);
    private long timeNs = START_NS;

    /** Blocks of a seed, plain ones. */
    public Blocks(final long seed) {
        this(seed, BlockKind.PLAIN);
    }

    /** Blocks of a seed and a kind. */
    public Blocks(final long seed, final BlockKind kind) {
        this.random = new Random(seed);
        this.kind = kind;
    }

    /** Goes on behind a journal's end. */
    public Blocks behind(final Journal journal) {
        writer.startBehind(journal.lastSequence(), journal.lastChain());
        return this;
    }

    /** The journal time of what follows. */
    public Blocks time(final long newTimeNs) {
        timeNs = newTimeNs;
        return this;
    }

    DirectBuffer buffer() {
        return writer.buffer();
    }

    /** Last sequence made. */
    public long sequence() {
        return writer.sequence();
    }

    /** Output chain behind it. */
    public long chain() {
        return writer.chain();
    }

    /**
     * Makes the next block; it stands at offset 0 of {@link #buffer()}.
     *
     * @return its length.
     */
    int make(final int records) {
        final boolean isPacked = BlockKind.PACKED == kind || (BlockKind.MIXED == kind && random.nextBoolean());
        writer.reset();
        for (int i = 0; i < records; i++) {
            final int length = isPacked ? repeating(records) : fresh(1 + random.nextInt(200));
            writer.beginInput(signal, 0, length, timeNs);
            if (random.nextBoolean()) {
                writer.beginEvent();
                writer.buffer().putLong(writer.eventOffset(), random.nextLong());
                writer.endEvent(Long.BYTES, 1 + random.nextInt(3), EventKeys.NONE, EventKeys.NONE);
            }
            writer.endInput(Outcome.NO_CHANGE);
        }
        return writer.finish();
    }

    private int fresh(final int length) {
        for (int j = 0; j < length; j++) {
            signal.putByte(j, (byte)random.nextInt());
        }
        return length;
    }

    /** So long that the block gets long enough, and new for a part only. */
    private int repeating(final int records) {
        final int length = PACKED_LENGTH / records + 1 + random.nextInt(200);
        for (int j = fresh(1 + random.nextInt(Math.min(150, 1 + length / 4))); j < length; j++) {
            signal.putByte(j, (byte)0);
        }
        return length;
    }

    /** Appends blocks of so many records each. */
    public void append(final Journal journal, final int blocks, final int records) {
        for (int i = 0; i < blocks; i++) {
            final int length = make(records);
            if (!journal.append(writer.buffer(), 0, length)) {
                throw new AssertionError("no room");
            }
        }
    }

    /** Stages blocks of so many records each. */
    public void stage(final Journal journal, final int blocks, final int records) {
        for (int i = 0; i < blocks; i++) {
            final int length = make(records);
            if (!journal.stage(writer.buffer(), 0, length)) {
                throw new AssertionError("no room");
            }
        }
    }

    /** A journal with a small block size and a cycle a day. */
    public static ChronicleJournalContext context(final Path directory) {
        return new ChronicleJournalContext().directory(directory).cycle("TEST4_DAILY").blockSize(64 << 10).blocksPerSecond(0).hashSeed(7);
    }

    /**
     * First sequences of the blocks that a cursor gives until it has no more.
     */
    static List<Long> drain(final JournalCursor cursor) {
        final List<Long> firsts = new ArrayList<>();
        while (cursor.poll((buffer, offset, length) -> firsts.add(BlockLayout.firstSequence(buffer, offset)), 3) > 0) {
            if (firsts.size() > 10_000_000) {
                throw new AssertionError("endless");
            }
        }
        return firsts;
    }

    static List<Long> read(final Journal journal, final long from) {
        try (JournalCursor cursor = journal.openCursor(from)) {
            return drain(cursor);
        }
    }
}
