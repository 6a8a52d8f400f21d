package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.persistence.cycle.CycleFile;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Repairs a journal, never in place: copies every good block, with its sequences, to a new generation, verifies the copy, then makes it the
 * one that counts. The old generation stays as it is, to be looked at and removed by a person.
 *
 * <p>What is lost is written into journal.properties, and readers step over exactly that. Lost sequences are not given away again as far as
 * the damaged blocks still say which they were.
 */
public final class JournalRepair {
    private final ChronicleJournalContext context;

    /**
     * A repair of the journal in the context's directory.
     */
    public JournalRepair(final ChronicleJournalContext context) {
        this.context = context;
    }

    /**
     * Runs, unless there is nothing to repair.
     *
     * @throws JournalException when the journal is open for writing, or the copy is not good.
     */
    public RepairReport run() {
        context.conclude();
        final JournalDirectory directory = new JournalDirectory(context.directory());
        final JournalMetadata metadata = JournalMetadata.read(directory.metadata());
        final LockFile lock = directory.lock();
        try {
            return run(directory, metadata);
        } catch (final IOException ex) {
            throw new JournalException("can't repair " + directory.root() + ": " + ex.getMessage(), ex);
        } finally {
            lock.close();
        }
    }

    private RepairReport run(final JournalDirectory directory, final JournalMetadata metadata) throws IOException {
        final Path old = directory.generation(metadata.generation());
        final VerifyReport before = JournalVerifier.run(old, metadata, VerifyListener.NONE);
        if (before.isGood()) {
            return new RepairReport(false, old, before.blocks(), before.records(), before.recordedMissing(), before.damages());
        }
        final int number = metadata.generation() + 1;
        final Path target = directory.generation(number);
        removeUnfinished(target);
        Files.createDirectories(target);
        final RemovalLedger ledger = RemovalLedger.read(old);
        if (null != ledger) {
            ledger.ofCopy().write(target);
        }
        copy(old, target, metadata);
        final JournalMetadata repaired = metadata.withGeneration(number, metadata.gaps().with(before.missing()));
        final VerifyReport after = JournalVerifier.run(target, repaired, VerifyListener.NONE);
        if (!after.isGood() || after.blocks() != before.blocks() || after.records() != before.records()) {
            throw new JournalException("the copy in " + target + " is not good: " + after.damages() + ", missing " + after.missing());
        }
        for (final Path file : JournalDirectory.cycleFiles(target)) {
            DurableFiles.force(file);
        }
        DurableFiles.forceDirectory(target);
        repaired.write(directory.metadata());
        return new RepairReport(true, target, after.blocks(), after.records(), repaired.gaps().ranges(), before.damages());
    }

    private void copy(final Path old, final Path target, final JournalMetadata metadata) {
        final RollCycle cycle = ChronicleSettings.cycle(metadata.cycle());
        final JournalTime time = new JournalTime();
        try (QueueWriter writer = QueueWriter.open(target, cycle, context.blockSize(), time, false)) {
            JournalVerifier.run(old, metadata, new Copier(writer, time));
        }
    }

    /**
     * Removes what a repair that did not finish left: no journal.properties ever named it.
     */
    private static void removeUnfinished(final Path target) throws IOException {
        for (final Path file : FolderListing.of(target, "*")) {
            Files.delete(file);
        }
    }

    /**
     * Appends each good block to the new generation as it is found: packed where it was packed.
     */
    private static final class Copier implements VerifyListener {
        private final QueueWriter writer;
        private final JournalTime time;
        private final BlockCheck check = new BlockCheck();
        private CycleFile file;

        Copier(final QueueWriter writer, final JournalTime time) {
            this.writer = writer;
            this.time = time;
        }

        @Override
        public void onBlock(final Path path, final long offset, final int length, final long firstSequence, final int count) {
            if (null == file || !file.path().equals(path)) {
                close();
                file = CycleVerifier.open(path);
            }
            if (length > writer.maxLength() || !file.covers(offset, length)) {
                throw new JournalException("a block of " + length + " bytes needs a larger blockSize to be copied");
            }
            final int block = file.offset(offset);
            final String fault = check.check(file, block, length);
            if (null != fault) {
                throw new JournalException(path + " offset " + offset + ": changed while it was copied: " + fault);
            }
            time.advanceToNs(RecordLayout.journalTime(check.copy(), BlockLayout.HEADER_LENGTH));
            writer.append(file.buffer(), block, length);
        }

        @Override
        public void onProgress(final long bytes, final long total) {
            close();
        }

        private void close() {
            if (null != file) {
                file.close();
                file = null;
            }
        }
    }
}
