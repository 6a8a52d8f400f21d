package io.strowger.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes that are there as a whole, or not at all, after the machine lost its power.
 */
public final class DurableFiles {
    private DurableFiles() {
    }

    /**
     * Replaces a file by way of one that is called the same with ".tmp" behind it.
     */
    static void replace(final Path file, final byte[] bytes) throws IOException {
        replace(file, file.resolveSibling(file.getFileName() + ".tmp"), bytes);
    }

    /**
     * Replaces a file: temporary file, its bytes on the disk, renamed, the folder on the disk. An interrupt is kept for the thread, and
     * the file is replaced all the same.
     *
     * @param temporary in the same folder; nobody else writes to it.
     */
    public static void replace(final Path file, final Path temporary, final byte[] bytes) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            while (!isWritten(temporary, bytes)) {
                isInterrupted |= Thread.interrupted();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(file.toAbsolutePath().getParent());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isWritten(final Path temporary, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            return true;
        } catch (final ClosedByInterruptException ex) {
            return false;
        }
    }

    /**
     * Makes a folder, and those above it that are missing, each with its name on the disk.
     */
    static void createDirectories(final Path directory, final Disk disk) throws IOException {
        final Path absolute = directory.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            createDirectories(absolute.getParent(), disk);
            Files.createDirectories(absolute);
            disk.forceDirectory(absolute.getParent());
        }
    }

    /**
     * Puts a file's bytes on the disk.
     */
    static void force(final Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /**
     * Puts the names in a folder on the disk.
     */
    public static void forceDirectory(final Path directory) throws IOException {
        force(directory, StandardOpenOption.READ);
    }

    /** An interrupt, which closes the channel, is kept for the thread, and the bytes are put on the disk all the same. */
    private static void force(final Path path, final StandardOpenOption option) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            while (!isForced(path, option)) {
                isInterrupted |= Thread.interrupted();
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isForced(final Path path, final StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
            return true;
        } catch (final ClosedByInterruptException ex) {
            return false;
        }
    }
}
