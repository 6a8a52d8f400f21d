package io.strowger.persistence.snapshot;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Disk;
import io.strowger.persistence.FolderListing;
import io.strowger.persistence.JournalFiles;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
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
import java.util.List;
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
    private final WholeSnapshots whole = new WholeSnapshots();

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
        final long[] sequences = names().stream().mapToLong(SnapshotFolder::sequence).filter(sequence -> sequence >= 0).sorted().toArray();
        for (int i = 0; i < sequences.length / 2; i++) {
            final int mirrored = sequences.length - 1 - i;
            final long sequence = sequences[i];
            sequences[i] = sequences[mirrored];
            sequences[mirrored] = sequence;
        }
        return sequences;
    }

    /**
     * What is called like a snapshot, but by no sequence: no snapshot, and passed over.
     *
     * @return the names of the files, sorted.
     * @throws SnapshotException when the folder can't be read.
     */
    public List<String> strangers() {
        return names().stream().filter(name -> sequence(name) < 0).sorted().toList();
    }

    private List<String> names() {
        try {
            return FolderListing.of(folder, "*" + SUFFIX).stream().map(file -> file.getFileName().toString()).toList();
        } catch (final IOException fault) {
            throw new SnapshotException(fault.getMessage(), fault);
        }
    }

    /** The sequence that a name says, -1 when it is none. */
    private static long sequence(final String name) {
        final Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return -1;
        }
        try {
            return Long.parseLong(matcher.group(1));
        } catch (final NumberFormatException beyond) {
            return -1;
        }
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
        whole.add(header.sequence(), file);
        try {
            putOnDisk(file);
        } finally {
            // also where it may not be on the disk: else each try would leave one more
            dropOld(header.sequence());
        }
    }

    @Override
    public Snapshot open(final long sequence) {
        final Path file = file(sequence);
        return SnapshotFile.open(file, () -> whole.add(sequence, file));
    }

    /**
     * Reads a snapshot from its start to its end and holds every byte against its checksum; what the state's bytes mean is not looked at.
     *
     * @param sequence one of {@link #sequences()}.
     * @throws SnapshotException when it can't be read, or is damaged.
     */
    public SnapshotHeader readThrough(final long sequence) {
        try (SnapshotFile snapshot = SnapshotFile.open(file(sequence), () -> { })) {
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

    /**
     * Keeps the newest good ones, and in any case the one just written: those beyond it may be of a journal whose end was cut. One that
     * nobody could begin with does not count: it would push out the one to fall back to. It goes once so many good ones are newer.
     */
    private void dropOld(final long written) {
        int good = 1;
        IOException failed = null;
        for (final long sequence : sequences()) {
            if (sequence == written) {
                continue;
            }
            if (good < kept) {
                good += isGood(sequence) ? 1 : 0;
                continue;
            }
            try {
                Files.deleteIfExists(file(sequence));
            } catch (final IOException fault) {
                failed = fault;
            }
        }
        if (null != failed) {
            throw new SnapshotException("the snapshot at " + written + " is written, but an old one can't be removed: "
                + failed.getMessage(), failed, true);
        }
    }

    /** Whether a recovery could begin with it. That takes as long as to read it, so it is asked once for a file. */
    private boolean isGood(final long sequence) {
        final Path file = file(sequence);
        if (!whole.has(sequence, file)) {
            try (Journal of = ChronicleJournal.exists(journal) ? ChronicleJournal.openReadOnly(journal) : null) {
                if (null == of) {
                    readThrough(sequence);
                } else {
                    check(of, sequence);
                }
                whole.add(sequence, file);
            } catch (final SnapshotException | JournalException bad) {
                return false;
            }
        }
        return true;
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
