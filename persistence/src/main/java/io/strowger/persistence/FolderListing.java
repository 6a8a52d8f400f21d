package io.strowger.persistence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists folders. A disk that fails in the middle of a listing is told as one that fails at its beginning, with the folder's name. Any
 * thread.
 */
public final class FolderListing {
    private FolderListing() {
    }

    /**
     * The files of a folder.
     *
     * @param glob that their names match.
     * @return in no order; empty when there is no such folder.
     * @throws IOException that names the folder.
     */
    public static List<Path> of(final Path folder, final String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return read(files);
        } catch (final NoSuchFileException | NotDirectoryException none) {
            return new ArrayList<>();
        } catch (final IOException fault) {
            throw new IOException("can't list " + folder + ": " + fault.getMessage(), fault);
        }
    }

    /** Reads a listing to its end, or to its fault. */
    static List<Path> read(final DirectoryStream<Path> files) throws IOException {
        final List<Path> all = new ArrayList<>();
        try {
            files.forEach(all::add);
        } catch (final DirectoryIteratorException fault) {
            throw fault.getCause();
        }
        return all;
    }
}
