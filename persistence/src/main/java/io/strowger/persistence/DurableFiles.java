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
     * @param temporary in the same folder; nobody else writes to it. One that is there is written over in its place, so that no more than
     *                  its room is needed; one that is not is gone again when this fails.
     */
    public static void replace(final Path file, final Path temporary, final byte[] bytes) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        boolean isOurs = !Files.exists(temporary);
        try {
            while (!isWritten(temporary, bytes)) {
                isInterrupted |= Thread.interrupted();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isOurs = false;
            forceDirectory(file.toAbsolutePath().getParent());
        } finally {
            if (isOurs) {
                deleteQuietly(temporary);
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isWritten(final Path temporary, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            // behind the write: to give the room back first is to lose it on a full disk
            channel.truncate(bytes.length);
            channel.force(true);
            return true;
        } catch (final ClosedByInterruptException ex) {
            return false;
        }
    }

    private static void deleteQuietly(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException ignored) {
            // what failed before is said
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
