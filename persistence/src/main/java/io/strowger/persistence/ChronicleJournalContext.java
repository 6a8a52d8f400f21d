package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.nio.file.Path;
import java.security.SecureRandom;
import net.openhft.chronicle.queue.RollCycle;

/**
 * How a journal is opened for writing. {@link #conclude()} checks all of it once.
 */
public final class ChronicleJournalContext {
    /** Bytes Chronicle maps at a time. */
    public static final long BLOCK_SIZE_DEFAULT = 64L << 20;

    /** Roll cycle of a new journal: a file a day, 2^37 blocks each. */
    public static final String CYCLE_DEFAULT = "LARGE_DAILY";

    /** Blocks a second the journal must be able to take for a whole cycle. */
    public static final long BLOCKS_PER_SECOND_DEFAULT = 200_000;

    private static final long MIN_BLOCK_SIZE = 64 << 10;
    private static final long MAX_BLOCK_SIZE = 1L << 30;

    private Path directory;
    private long blockSize = BLOCK_SIZE_DEFAULT;
    private String cycle = CYCLE_DEFAULT;
    private long blocksPerSecond = BLOCKS_PER_SECOND_DEFAULT;
    private long newHashSeed;
    private boolean hasHashSeed;
    private long reserveBytes;
    private Compression compression = Compression.DELTAS;
    private Disk disk = Disk.REAL;

    /**
     * Folder of the journal; made when absent.
     */
    public ChronicleJournalContext directory(final Path newDirectory) {
        this.directory = newDirectory;
        return this;
    }

    /**
     * Folder of the journal.
     */
    public Path directory() {
        return directory;
    }

    /**
     * Bytes Chronicle maps at a time, 64 KiB to 1 GiB; a block of records may be a quarter of it. Files are that long at least, though
     * mostly holes.
     */
    public ChronicleJournalContext blockSize(final long newBlockSize) {
        this.blockSize = newBlockSize;
        return this;
    }

    /**
     * Bytes Chronicle maps at a time.
     */
    public long blockSize() {
        return blockSize;
    }

    /**
     * Roll cycle of a new journal, by its Chronicle name; an existing journal keeps its own and refuses another.
     */
    public ChronicleJournalContext cycle(final String newCycle) {
        this.cycle = newCycle;
        return this;
    }

    /**
     * Roll cycle by its Chronicle name.
     */
    public String cycle() {
        return cycle;
    }

    /**
     * The most blocks a second, on average over a cycle, that will be appended.
     */
    public ChronicleJournalContext blocksPerSecond(final long newBlocksPerSecond) {
        this.blocksPerSecond = newBlocksPerSecond;
        return this;
    }

    /**
     * Blocks a second, on average over a cycle.
     */
    public long blocksPerSecond() {
        return blocksPerSecond;
    }

    /**
     * Bytes on the disk to be left free: when no more are left, the journal opens for no writer and an open one has no room. When not set,
     * two and a half times {@link #blockSize}.
     */
    public ChronicleJournalContext reserveBytes(final long bytes) {
        this.reserveBytes = bytes;
        return this;
    }

    /**
     * Bytes on the disk to be left free.
     */
    public long reserveBytes() {
        return 0 == reserveBytes ? 2 * blockSize + blockSize / 2 : reserveBytes;
    }

    /**
     * How blocks that are appended stand in the files; {@link Compression#DELTAS} when not set. Those there are stay as they are, and are
     * read whatever is set.
     */
    public ChronicleJournalContext compression(final Compression newCompression) {
        this.compression = newCompression;
        return this;
    }

    /**
     * How blocks that are appended stand in the files.
     */
    public Compression compression() {
        return compression;
    }

    /**
     * Another disk, for tests of its faults.
     */
    ChronicleJournalContext disk(final Disk newDisk) {
        this.disk = newDisk;
        return this;
    }

    Disk disk() {
        return disk;
    }

    /**
     * Seed of the keyed hashes of a new journal; random when not set. An existing journal keeps its own.
     */
    public ChronicleJournalContext hashSeed(final long newSeed) {
        this.newHashSeed = newSeed;
        this.hasHashSeed = true;
        return this;
    }

    /**
     * Seed of the keyed hashes of a new journal.
     */
    long hashSeed() {
        return newHashSeed;
    }

    /**
     * Checks every value.
     *
     * @throws JournalException that names the first bad one.
     */
    void conclude() {
        if (null == directory) {
            throw new JournalException("a journal needs a directory");
        }
        if (blockSize < MIN_BLOCK_SIZE || blockSize > MAX_BLOCK_SIZE) {
            throw new JournalException("blockSize " + blockSize + " is not within " + MIN_BLOCK_SIZE + " to " + MAX_BLOCK_SIZE);
        }
        if (null == compression) {
            throw new JournalException("a journal needs a compression, which may be " + Compression.NONE);
        }
        if (reserveBytes < 0) {
            throw new JournalException("reserveBytes " + reserveBytes + " is below 0");
        }
        if (!hasHashSeed) {
            newHashSeed = new SecureRandom().nextLong();
            hasHashSeed = true;
        }
        checkRate(ChronicleSettings.cycle(cycle));
    }

    private void checkRate(final RollCycle rollCycle) {
        final double perCycle = (double)blocksPerSecond * rollCycle.lengthInMillis() / 1000;
        final double limit = 0.5 * rollCycle.maxMessagesPerCycle();
        if (perCycle > limit) {
            // at the limit Chronicle throws on every append until the cycle ends
            throw new JournalException(blocksPerSecond + " blocks a second are " + (long)perCycle + " in a cycle of " + cycle
                + ", which can index " + rollCycle.maxMessagesPerCycle() + "; the half of that is allowed: take a larger cycle");
        }
    }
}
