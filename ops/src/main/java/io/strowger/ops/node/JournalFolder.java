package io.strowger.ops.node;

import io.strowger.ops.console.UsageException;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.router.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A journal's folder as commands that only read see it: they may run beside its writer.
 */
public final class JournalFolder {
    private JournalFolder() {
    }

    /**
     * Opens the journal in a folder for reading.
     *
     * @throws UsageException                              when there is no such folder, no journal in it, or it may not be read.
     * @throws io.strowger.router.journal.JournalException when it is damaged.
     */
    public static Journal read(final Path directory) {
        check(directory);
        return ChronicleJournal.openReadOnly(directory);
    }

    /**
     * Sees that there is a journal in a folder.
     *
     * @throws UsageException when there is none, or it may not be read.
     */
    public static void check(final Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UsageException((Files.exists(directory) ? "not a folder: " : "no such folder: ") + directory);
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new UsageException("no permission to read " + directory);
        }
        if (!ChronicleJournal.exists(directory)) {
            throw new UsageException("no journal in " + directory);
        }
    }
}
