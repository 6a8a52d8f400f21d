package io.strowger.persistence.tail;

import io.strowger.persistence.Disk;
import io.strowger.persistence.DurableFiles;
import io.strowger.persistence.LockFile;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file of one cursor, as drawn in the package's description.
 */
final class CursorFile {
    /** How a cursor may be called: what every file system takes, and never the name of a lock or a temporary file. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private static final byte[] MAGIC = "STRWCURS".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 48;
    private static final int LENGTH = CRC_OFFSET + Integer.BYTES;

    private final Path folder;
    private final String name;
    private final Disk disk;

    CursorFile(final Path directory, final String name) {
        this(directory, name, Disk.REAL);
    }

    CursorFile(final Path directory, final String name, final Disk disk) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a cursor's name has 1 to 64 of A-Z a-z 0-9 . _ - and begins with no dot, unlike " + name);
        }
        this.folder = folder(directory);
        this.name = name;
        this.disk = disk;
    }

    static Path folder(final Path directory) {
        return directory.resolve("cursors");
    }

    String name() {
        return name;
    }

    /**
     * Takes the cursor for this process, and makes the folder when it is not there.
     *
     * @throws CursorException when another tail has it.
     */
    LockFile lock() {
        final LockFile lock;
        try {
            Files.createDirectories(folder);
            lock = LockFile.take(folder.resolve('.' + name + ".lock"));
        } catch (final IOException ex) {
            throw new JournalException("can't lock cursor " + name + " in " + folder + ": " + ex.getMessage(), ex);
        }
        if (null == lock) {
            throw new CursorException(name, CursorException.Reason.IN_USE, "is in use by another tail; each tail needs a name of its own");
        }
        return lock;
    }

    /**
     * Reads the cursor.
     *
     * @return null when there is none.
     * @throws CursorException when it is damaged.
     */
    NamedCursor read() {
        final Path file = folder.resolve(name);
        final ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (final NoSuchFileException ex) {
            return null;
        } catch (final IOException ex) {
            throw new JournalException("can't read " + file + ": " + ex.getMessage(), ex);
        }
        if (LENGTH != bytes.capacity()) {
            throw damaged("it has " + bytes.capacity() + " bytes instead of " + LENGTH);
        }
        if (!bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw damaged("it is no cursor");
        }
        if (crc(bytes) != bytes.getInt(CRC_OFFSET)) {
            throw damaged("checksum");
        }
        if (VERSION != bytes.getInt(8)) {
            throw damaged("version " + bytes.getInt(8) + ", which this program does not know");
        }
        return new NamedCursor(name, bytes.getLong(16), bytes.getLong(24), bytes.getInt(32), bytes.getLong(40));
    }

    /**
     * Replaces the cursor; when this returns it is on the disk, and where it is new its folder too: who made that may have died before.
     */
    void write(final NamedCursor cursor) {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(0).putLong(cursor.position()).putLong(cursor.block()).putInt(cursor.blockCrc()).putInt(0)
            .putLong(cursor.committedMs());
        bytes.putInt(crc(bytes));
        try {
            if (!Files.exists(folder.resolve(name))) {
                // before there is a cursor: where this fails, the next write finds none and does it again
                disk.forceDirectory(folder.toAbsolutePath().getParent());
            }
            DurableFiles.replace(folder.resolve(name), folder.resolve('.' + name + ".tmp"), bytes.array());
        } catch (final IOException ex) {
            throw new JournalException("can't write cursor " + name + " in " + folder + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Removes the cursor for ever.
     *
     * @return whether there was one.
     */
    boolean remove() {
        try {
            final boolean isThere = Files.deleteIfExists(folder.resolve(name));
            DurableFiles.forceDirectory(folder);
            return isThere;
        } catch (final IOException ex) {
            throw new JournalException("can't remove cursor " + name + " in " + folder + ": " + ex.getMessage(), ex);
        }
    }

    private CursorException damaged(final String how) {
        return new CursorException(name, CursorException.Reason.DAMAGED, "is damaged (" + folder.resolve(name) + "): " + how);
    }

    private static int crc(final ByteBuffer bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CRC_OFFSET));
        return (int)crc.getValue();
    }
}
