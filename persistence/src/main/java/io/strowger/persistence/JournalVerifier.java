package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.Frame;
import io.strowger.router.journal.JournalException;
import java.nio.file.Path;
import java.util.List;

/**
 * Verifies the current generation of a journal: walks its cycle files byte by byte, apart from Chronicle, names every damaged place, and
 * goes on behind it.
 *
 * <p>Reads only; may run beside the writer: what the writer appends meanwhile is not looked at. Reads {@link VerifyReport#CHECKED}.
 */
public final class JournalVerifier {
    private final Path root;

    /**
     * A verification of a journal.
     *
     * @param root its folder.
     */
    public JournalVerifier(final Path root) {
        this.root = root;
    }

    /**
     * Runs.
     *
     * @param listener hears of each good block and of the progress.
     * @throws JournalException when there is no journal, or its files can't be opened.
     */
    public VerifyReport run(final VerifyListener listener) {
        final JournalDirectory directory = new JournalDirectory(root);
        final JournalMetadata metadata = JournalMetadata.read(directory.metadata());
        final VerifyReport report = run(directory.generation(metadata.generation()), metadata, listener);
        if (!report.isGood()) {
            return report;
        }
        try (ReadOnlyJournal reader = new ReadOnlyJournal(root)) {
            return report.with(reader.staged());
        }
    }

    static VerifyReport run(final Path generation, final JournalMetadata metadata, final VerifyListener listener) {
        final List<Path> files = JournalDirectory.cycleFiles(generation);
        final Findings findings = new Findings(metadata.gaps());
        long total = 0;
        for (final Path path : files) {
            total += path.toFile().length();
        }
        final int lastHeaded = lastHeaded(files);
        long done = 0;
        for (int i = 0; i < files.size(); i++) {
            try (CycleFile file = openIfKept(generation, files.get(i), findings)) {
                if (null != file) {
                    new CycleVerifier(file, metadata, findings, listener).run(i == files.size() - 1, i < lastHeaded);
                    done += file.size();
                    listener.onProgress(done, total);
                }
            } catch (final InternalError ex) {
                throw new JournalException(files.get(i) + ": " + Disk.NO_PAGE, ex);
            }
        }
        if (null != metadata.written()) {
            findings.endAt(metadata.written());
        }
        return findings.report(files.size());
    }

    /** Number of the newest file that has a head, -1 when none has: no file before it was unfinished when it was made. */
    private static int lastHeaded(final List<Path> files) {
        for (int i = files.size() - 1; i >= 0; i--) {
            try (CycleFile file = CycleVerifier.openIfThere(files.get(i))) {
                if (null != file && Frame.isMeta(file.word(0))) {
                    return i;
                }
            }
        }
        return -1;
    }

    /**
     * Opens a file, unless retention has removed it since it was listed.
     */
    private static CycleFile openIfKept(final Path generation, final Path path, final Findings findings) {
        // before the ledger is read: who removes writes that first
        final CycleFile file = CycleVerifier.openIfThere(path);
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null != ledger) {
            findings.beginWith(ledger);
            if (ledger.isRemoved(path)) {
                if (null != file) {
                    file.close();
                }
                return null;
            }
        }
        if (null == file) {
            throw new JournalException(path + " is gone");
        }
        return file;
    }
}
