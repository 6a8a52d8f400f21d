package io.strowger.persistence.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The snapshots that this process has written, or read to the end and found good: to read one again costs seconds. A file that was changed
 * since, as its length or its time tells, is not one of them. Any thread.
 */
final class WholeSnapshots {
    private final Map<Long, String> stamps = new ConcurrentHashMap<>();

    /** Remembers a file as it is now. */
    void add(final long sequence, final Path file) {
        final String stamp = stamp(file);
        if (null != stamp) {
            stamps.put(sequence, stamp);
        }
    }

    /** Whether the file is as it was when it was remembered. */
    boolean has(final long sequence, final Path file) {
        final String known = stamps.get(sequence);
        return null != known && known.equals(stamp(file));
    }

    /** Null when the file can't be asked. */
    private static String stamp(final Path file) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " bytes at " + attributes.lastModifiedTime() + " as " + attributes.fileKey();
        } catch (final IOException gone) {
            return null;
        }
    }
}
