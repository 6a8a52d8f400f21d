package io.strowger.ops.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room on the disk of a journal. Any thread.
 */
public interface JournalSpace {
    /** Bytes that may still be written; what the journal leaves alone among them. */
    long freeBytes();

    /** Bytes of the whole disk. */
    long totalBytes();

    /**
     * The disk that a folder lies on.
     *
     * @param folder that is there.
     */
    static JournalSpace of(final Path folder) {
        final FileStore store;
        try {
            store = Files.getFileStore(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException("can't look at the disk of " + folder, e);
        }
        return new JournalSpace() {
            @Override
            public long freeBytes() {
                try {
                    return store.getUsableSpace();
                } catch (final IOException e) {
                    // a disk that can't be asked can't be written either
                    return 0;
                }
            }

            @Override
            public long totalBytes() {
                try {
                    return store.getTotalSpace();
                } catch (final IOException e) {
                    return 0;
                }
            }
        };
    }
}
