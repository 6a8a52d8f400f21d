package io.strowger.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the journal asks of the disk beside Chronicle.
 */
public interface Disk {
    /** What a fault of a mapped page means, which the JVM tells as an InternalError without saying more. */
    String NO_PAGE = "the disk does not give a page of the file: it is full, where the file has holes, or fails, or the file was cut";

    /** The disk there is. */
    Disk REAL = new Disk() {
        @Override
        public long usableBytes(final File directory) {
            return directory.getUsableSpace();
        }

        @Override
        public void force(final Path file) throws IOException {
            DurableFiles.force(file);
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            DurableFiles.forceDirectory(directory);
        }
    };

    /**
     * Bytes that this process may still write in a folder. Costs a system call, and no heap.
     *
     * @return 0 when it can't be told.
     */
    long usableBytes(File directory);

    /**
     * Puts a file's bytes on the disk.
     */
    void force(Path file) throws IOException;

    /**
     * Puts the names in a folder on the disk.
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Nanoseconds since any moment, that never go back: how old is what was seen of the disk. Costs no system call, and no heap.
     */
    default long nanoTime() {
        return System.nanoTime();
    }

    /**
     * Deletes a file.
     */
    default void delete(final Path file) throws IOException {
        Files.delete(file);
    }
}
