package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Opens a journal for writing, in the order that the package describes: nothing is written to a journal before all that is in it was found
 * good.
 */
final class JournalOpening {
    private static final String SCHEMA_RESOURCE = "/io/strowger/codecs/signals.sbeir";

    private JournalOpening() {
    }

    /**
     * Opens, and makes the journal when there is none.
     *
     * @throws JournalException when another writer has it, its roll cycle is another, or committed blocks at its end are damaged.
     */
    static ChronicleJournal open(final ChronicleJournalContext context) {
        context.conclude();
        final JournalDirectory directory = new JournalDirectory(context.directory());
        try {
            DurableFiles.createDirectories(directory.root(), context.disk());
        } catch (final IOException ex) {
            throw new JournalException("can't make " + directory.root() + ": " + ex.getMessage(), ex);
        }
        final LockFile lock = directory.lock();
        try {
            return open(context, directory, lock);
        } catch (final RuntimeException | Error ex) {
            lock.close();
            throw ex;
        }
    }

    private static ChronicleJournal open(final ChronicleJournalContext context, final JournalDirectory directory, final LockFile lock) {
        final boolean isThere = Files.exists(directory.metadata());
        final JournalMetadata found = isThere ? JournalMetadata.read(directory.metadata()) : create(context, directory);
        if (!found.cycle().equals(context.cycle())) {
            throw new JournalException("journal " + directory.root() + " has roll cycle " + found.cycle() + ", not " + context.cycle());
        }
        final RollCycle rollCycle = ChronicleSettings.cycle(found.cycle());
        final Path generation = directory.generation(found.generation());
        checkSpace(context, generation);
        KeptCycles.finish(generation, context.disk());
        final TailScan tail = new TailScan(generation, rollCycle, found.gaps(), found.written());
        tail.run();
        checkBeginning(generation, tail.lastSequence());
        RemovalLedger.keepSpare(generation);
        JournalMetadata metadata = found;
        if (null != tail.unindexed() && !found.unindexed().contains(tail.unindexed())) {
            metadata = found.withUnindexed(Set.of(tail.unindexed()));
            metadata.write(directory.metadata());
        }
        final StagedBlocks staged = StagedBlocks.read(directory.staged(), found.gaps(), tail.lastBlockSequence(), tail.lastChain());
        final String lost = null == staged.fault() ? null : putAside(directory.staged(), tail.lastSequence()) + ": " + staged.fault();
        final JournalTime time = new JournalTime();
        time.advanceToNs(tail.lastTimeNs());
        final QueueWriter writer = QueueWriter.open(generation, rollCycle, context.blockSize(), time, tail.isEnded());
        ChronicleJournal journal = null;
        try {
            if (null != tail.newest() && !tail.isEnded()) {
                writer.goOnWith(tail.newest(), tail.end());
            }
            journal = new ChronicleJournal(lock, directory, metadata, tail, time, writer, context);
            journal.bringIn(directory, tail, staged, lost);
            return journal;
        } catch (final RuntimeException | Error ex) {
            if (null == journal) {
                writer.close();
            } else {
                journal.letGo();
            }
            throw ex;
        }
    }

    private static JournalMetadata create(final ChronicleJournalContext context, final JournalDirectory directory) {
        if (!JournalDirectory.cycleFiles(directory.generation(0)).isEmpty()) {
            throw new JournalException(directory.metadata() + " is missing, but " + directory.generation(0) + " holds blocks");
        }
        final JournalMetadata metadata = new JournalMetadata(context.cycle(), context.hashSeed(), System.currentTimeMillis(), 0, Gaps.NONE,
            Set.of(), null, null);
        try (InputStream schema = ChronicleJournal.class.getResourceAsStream(SCHEMA_RESOURCE)) {
            if (null == schema) {
                throw new JournalException(SCHEMA_RESOURCE + " is not on the class path");
            }
            Files.createDirectories(directory.generation(0));
            DurableFiles.replace(directory.schema(), schema.readAllBytes());
        } catch (final IOException ex) {
            throw new JournalException("can't make journal " + directory.root() + ": " + ex.getMessage(), ex);
        }
        // last: with it the journal exists
        metadata.write(directory.metadata());
        return metadata;
    }

    /**
     * An end before the beginning is damage: to go on there would give sequences away again.
     */
    private static void checkBeginning(final Path generation, final long last) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null != ledger && last < ledger.first()) {
            throw new JournalException("journal damaged: " + generation + " begins with sequence " + ledger.first()
                + ", what came before was removed, but it ends with " + last);
        }
    }

    private static void checkSpace(final ChronicleJournalContext context, final Path generation) {
        if (!Files.isDirectory(generation)) {
            throw new JournalException("journal damaged: " + generation + " is gone; not opened for writing: see verify, then repair");
        }
        final long usable = context.disk().usableBytes(generation.toFile());
        if (usable < context.reserveBytes()) {
            throw new JournalException("the disk of " + context.directory() + " has " + usable + " bytes free; a writer needs "
                + context.reserveBytes());
        }
    }

    /**
     * Keeps what is staged and will not be taken in, for a person to look at.
     *
     * @return the file's name.
     */
    private static String putAside(final Path staged, final long last) {
        final Path kept = staged.resolveSibling(staged.getFileName() + "-" + (last + 1) + ".damaged");
        try {
            Files.copy(staged, kept, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.force(kept);
            DurableFiles.forceDirectory(kept.toAbsolutePath().getParent());
        } catch (final IOException ex) {
            throw new JournalException("can't keep a copy of " + staged + " as " + kept + ": " + ex.getMessage(), ex);
        }
        return kept.getFileName().toString();
    }
}
