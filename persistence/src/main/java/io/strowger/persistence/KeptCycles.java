package io.strowger.persistence;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cycle files of a journal, and the one way to remove the oldest of them.
 *
 * <pre>
 *   kept files forced ──► ledger on the disk ──► files deleted, oldest first ──► folder forced
 *                              │
 *                              └─ from here on they are gone for every reader; who dies here lets the next open delete them
 * </pre>
 *
 * <p>Only the owner of the writer's lock removes: a live journal in its own process, or {@link #open} where no writer is. What may go is
 * for {@code io.strowger.persistence.retention} to say. One call at a time, on any thread, also beside the writer's.
 */
public final class KeptCycles implements AutoCloseable {
    private final Journal journal;
    private final ChronicleJournal live;
    private final LockFile lock;
    private final Path generation;
    private final Gaps gaps;
    private final Disk disk;

    private KeptCycles(final Journal journal, final ChronicleJournal live, final LockFile lock, final Path generation, final Gaps gaps,
        final Disk disk) {
        this.journal = journal;
        this.live = live;
        this.lock = lock;
        this.generation = generation;
        this.gaps = gaps;
        this.disk = disk;
    }

    /**
     * The cycles of a journal that nobody is writing to, until they are closed.
     *
     * @throws JournalException when there is no journal, or it is open for writing.
     */
    public static KeptCycles open(final Path directory) {
        return open(directory, Disk.REAL);
    }

    static KeptCycles open(final Path directory, final Disk disk) {
        final JournalDirectory folder = new JournalDirectory(directory);
        // before the lock, which makes a file
        JournalMetadata.read(folder.metadata());
        final LockFile lock = folder.lock();
        try {
            final JournalMetadata metadata = JournalMetadata.read(folder.metadata());
            final Path generation = folder.generation(metadata.generation());
            finish(generation, disk);
            RemovalLedger.keepSpare(generation);
            return new KeptCycles(ChronicleJournal.openReadOnly(directory), null, lock, generation, metadata.gaps(), disk);
        } catch (final RuntimeException | Error ex) {
            lock.close();
            throw ex;
        }
    }

    /**
     * The cycles of a journal that is open for writing in this process. To close them does nothing.
     */
    public static KeptCycles of(final ChronicleJournal journal) {
        return new KeptCycles(journal, journal, null, journal.generationFolder(), journal.gaps(), journal.disk());
    }

    /**
     * The journal they are of.
     */
    public Journal journal() {
        return journal;
    }

    /**
     * What is kept, oldest first. The last one is being written, or was written last.
     *
     * @throws JournalException when one of them is damaged where it begins or ends: then nobody knows what may go.
     */
    public List<CycleSpan> list() {
        final List<CycleSpan> spans = new ArrayList<>();
        for (final Path file : JournalDirectory.cycleFiles(generation)) {
            final CycleSpan span = CycleSpan.read(file);
            if (null != span) {
                spans.add(span);
            }
        }
        return spans;
    }

    /**
     * Removes every cycle before one. Does nothing when the journal begins with that one or a later one by now.
     *
     * @param first of {@link #list()}, to be the oldest that is kept.
     * @throws JournalException when it is gone though nobody has removed it, does not go on from what is before it, or the disk fails. When
     *                          the ledger was on the disk by then, the journal begins with it all the same, and the next open deletes what
     *                          is left.
     */
    public void beginWith(final CycleSpan first) {
        CycleSpan before = null;
        boolean isListed = false;
        for (final CycleSpan span : list()) {
            isListed = span.file().equals(first.file());
            if (isListed) {
                break;
            }
            before = span;
        }
        if (!isListed) {
            checkRemoved(first);
        } else if (null != before) {
            if (first.first() != gaps.next(before.last() + 1)) {
                throw new JournalException("journal damaged: " + before.file() + " ends with sequence " + before.last() + ", but "
                    + first.file() + " begins with " + first.first() + "; nothing is removed: see verify, then repair");
            }
            final boolean isChainKnown = first.first() == before.last() + 1;
            first.checkBehind(before, isChainKnown);
            remove(new RemovalLedger(first.first(), before.chain(), isChainKnown, first.file().getFileName().toString()));
        }
    }

    @Override
    public void close() {
        if (null != lock) {
            journal.close();
            lock.close();
        }
    }

    /**
     * Deletes what the ledger says is gone: what a removal that died has left.
     *
     * @throws JournalException when that can't be done, or the file that the journal should begin with is not there.
     */
    static void finish(final Path generation, final Disk disk) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null == ledger) {
            return;
        }
        if (!Files.exists(generation.resolve(ledger.firstFile()))) {
            throw new JournalException("journal damaged: it begins with " + generation.resolve(ledger.firstFile())
                + ", and that is not there");
        }
        try {
            boolean isAny = false;
            for (final Path file : JournalDirectory.allCycleFiles(generation)) {
                if (ledger.isRemoved(file)) {
                    disk.delete(file);
                    isAny = true;
                }
            }
            if (isAny) {
                disk.forceDirectory(generation);
            }
        } catch (final IOException ex) {
            throw new JournalException("can't remove what is older than sequence " + ledger.first() + " from " + generation + ": " + ex,
                ex);
        }
    }

    private void checkRemoved(final CycleSpan span) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null == ledger || !ledger.isRemoved(span.file())) {
            throw new JournalException("journal damaged: " + span.file() + " is gone; nothing is removed: see verify");
        }
    }

    private void remove(final RemovalLedger ledger) {
        force(ledger);
        ledger.write(generation);
        if (null != live) {
            live.onRemoved(ledger.first());
        }
        try {
            finish(generation, disk);
            RemovalLedger.keepSpare(generation);
        } finally {
            if (null != live) {
                live.writer().onFilesRemoved();
            }
        }
    }

    /**
     * Puts what is kept on the disk: the ledger must not outlive the file that the journal begins with.
     */
    private void force(final RemovalLedger ledger) {
        try {
            for (final Path file : JournalDirectory.cycleFiles(generation)) {
                if (!ledger.isRemoved(file)) {
                    disk.force(file);
                }
            }
            disk.forceDirectory(generation);
        } catch (final NoSuchFileException ex) {
            throw new JournalException("journal damaged: " + ex.getMessage() + " is gone; nothing is removed", ex);
        } catch (final IOException ex) {
            throw new JournalException("can't put " + generation + " on the disk, so nothing is removed: " + ex, ex);
        }
    }
}
