package io.strowger.persistence.snapshot;

import io.strowger.persistence.Disk;
import io.strowger.persistence.FolderListing;
import io.strowger.persistence.JournalFiles;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.snapshot.Recovery;
import io.strowger.router.snapshot.Snapshot;
import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.snapshot.SnapshotHeader;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a journal's snapshots. Its name for a snapshot is the sequence, so names sort as sequences do.
 */
public final class SnapshotFolder implements SnapshotStore {
    /** Snapshots that are kept: the newest, and one to fall back to. */
    public static final int KEPT_DEFAULT = 2;

    private static final String SUFFIX = ".snapshot";
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.snapshot");

    private static final String TEMPORARY = ".tmp";

    private final Path journal;
    private final Path folder;
    private final int kept;
    private final Disk disk;

    private SnapshotFolder(final Path journal, final int kept, final Disk disk) {
        this.journal = journal;
        this.folder = journal.resolve("snapshots");
        this.kept = kept;
        this.disk = disk;
    }

    /**
     * The snapshots of a journal, of which two are kept. There need be none yet.
     *
     * @param journal its folder.
     */
    public static SnapshotFolder of(final Path journal) {
        return of(journal, KEPT_DEFAULT);
    }

    /**
     * The snapshots of a journal. There need be none yet.
     *
     * @param journal its folder.
     * @param kept    how many are kept, from 1.
     */
    public static SnapshotFolder of(final Path journal, final int kept) {
        return of(journal, kept, Disk.REAL);
    }

    static SnapshotFolder of(final Path journal, final int kept, final Disk disk) {
        if (kept < 1) {
            throw new IllegalArgumentException("snapshots kept below 1: " + kept);
        }
        return new SnapshotFolder(journal, kept, disk);
    }

    @Override
    public long[] sequences() {
        long[] sequences = new long[0];
        try {
            for (final Path file : FolderListing.of(folder, "*" + SUFFIX)) {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    sequences = Arrays.copyOf(sequences, sequences.length + 1);
                    sequences[sequences.length - 1] = -Long.parseLong(name.group(1));
                }
            }
        } catch (final IOException fault) {
            throw new SnapshotException(fault.getMessage(), fault);
        }
        Arrays.sort(sequences);
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = -sequences[i];
        }
        return sequences;
    }

    /** The journal goes to the disk first: a snapshot of what a loss of power takes from the journal would be of no journal. */
    @Override
    public void write(final SnapshotHeader header, final Consumer<StateOutput> state) {
        final Path file = file(header.sequence());
        final Path temporary = folder.resolve(file.getFileName() + TEMPORARY);
        try {
            JournalFiles.createDirectories(folder);
            dropUnfinished();
            writeTo(temporary, header, state);
            JournalFiles.force(journal);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException | UncheckedIOException fault) {
            deleteQuietly(temporary);
            throw new SnapshotException("can't write " + file + ": " + fault.getMessage(), fault);
        }
        try {
            putOnDisk(file);
        } finally {
            // also where it may not be on the disk: else each try would leave one more
            dropOld(header.sequence());
        }
    }

    @Override
    public Snapshot open(final long sequence) {
        return SnapshotFile.open(file(sequence));
    }

    /**
     * Reads a snapshot from its start to its end and holds every byte against its checksum; what the state's bytes mean is not looked at.
     *
     * @param sequence one of {@link #sequences()}.
     * @throws SnapshotException when it can't be read, or is damaged.
     */
    public SnapshotHeader readThrough(final long sequence) {
        try (SnapshotFile snapshot = SnapshotFile.open(file(sequence))) {
            snapshot.readThrough();
            return snapshot.header();
        }
    }

    /**
     * Whether a recovery could begin with a snapshot: reads it through, and holds it against the journal.
     *
     * @param journal  it should be of.
     * @param sequence one of {@link #sequences()}.
     * @throws SnapshotException when it can't be read, is damaged, or is of another journal, or the journal can't be read where it stands.
     */
    public void check(final Journal journal, final long sequence) {
        final SnapshotHeader header = readThrough(sequence);
        if (sequence > journal.lastSequence()) {
            throw new SnapshotException("the journal ends at " + journal.lastSequence());
        }
        Recovery.check(journal, FoldLimits.of(journal), sequence, header);
    }

    private void putOnDisk(final Path file) {
        try {
            disk.forceDirectory(folder);
        } catch (final IOException fault) {
            throw new SnapshotException(file + " is written and can be begun with, but whether it survives a loss of power is not known: "
                + fault.getMessage(), fault, true);
        }
    }

    private static void writeTo(final Path path, final SnapshotHeader header, final Consumer<StateOutput> state) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
            final SnapshotFileWriter writer = new SnapshotFileWriter(channel);
            writer.begin(header);
            state.accept(new StateOutput(writer));
            writer.end();
        }
    }

    /** Keeps the newest, and in any case the one just written: those beyond it may be of a journal whose end was cut. */
    private void dropOld(final long written) {
        int others = 0;
        IOException failed = null;
        for (final long sequence : sequences()) {
            if (sequence != written && ++others >= kept) {
                try {
                    Files.deleteIfExists(file(sequence));
                } catch (final IOException fault) {
                    failed = fault;
                }
            }
        }
        if (null != failed) {
            throw new SnapshotException("the snapshot at " + written + " is written, but an old one can't be removed: "
                + failed.getMessage(), failed, true);
        }
    }

    /** What a writer that died has left. */
    private void dropUnfinished() throws IOException {
        for (final Path file : FolderListing.of(folder, "*" + SUFFIX + TEMPORARY)) {
            Files.deleteIfExists(file);
        }
    }

    private Path file(final long sequence) {
        return folder.resolve(String.format(Locale.ROOT, "%020d%s", sequence, SUFFIX));
    }

    private static void deleteQuietly(final Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (final IOException ignored) {
            // the next write removes it
        }
    }
}
