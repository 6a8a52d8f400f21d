package io.strowger.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files of a journal as a whole, for what stands beside them. Any thread, any process.
 */
public final class JournalFiles {
    private JournalFiles() {
    }

    /**
     * Brings to the disk what any reader has seen of a journal by now, beside its writer or without one.
     *
     * @param journal its folder; where there is no journal this does nothing.
     * @throws IOException when the disk fails.
     */
    public static void force(final Path journal) throws IOException {
        final JournalDirectory folder = new JournalDirectory(journal);
        if (!Files.exists(folder.metadata())) {
            return;
        }
        final Path generation = folder.generation(JournalMetadata.read(folder.metadata()).generation());
        for (final Path file : JournalDirectory.cycleFiles(generation)) {
            try {
                DurableFiles.force(file);
            } catch (final NoSuchFileException removed) {
                // retention: nobody needs it any more
            }
        }
        DurableFiles.forceDirectory(generation);
    }

    /**
     * Makes a folder, and those above it that are missing, each with its name on the disk.
     *
     * @throws IOException when that can't be done.
     */
    public static void createDirectories(final Path directory) throws IOException {
        DurableFiles.createDirectories(directory, Disk.REAL);
    }
}
