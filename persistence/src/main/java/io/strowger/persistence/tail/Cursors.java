package io.strowger.persistence.tail;

import io.strowger.persistence.FolderListing;
import io.strowger.persistence.LockFile;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The named cursors of a journal, whoever holds them: what retention must keep, and what an operator may remove. Any thread.
 */
public final class Cursors {
    private Cursors() {
    }

    /**
     * Every cursor, in the order of their names.
     *
     * @param directory of the journal.
     * @throws CursorException for the first one that is damaged: what it needs is not known, so nothing may be removed.
     */
    public static List<NamedCursor> list(final Path directory) {
        final List<NamedCursor> cursors = new ArrayList<>();
        for (final String name : names(directory)) {
            final NamedCursor cursor = read(directory, name);
            if (null != cursor) {
                cursors.add(cursor);
            }
        }
        return cursors;
    }

    /**
     * The names of all cursors, damaged ones too, in their order.
     *
     * @param directory of the journal.
     */
    public static List<String> names(final Path directory) {
        try {
            return FolderListing.of(CursorFile.folder(directory), "*").stream().map(file -> file.getFileName().toString())
                .filter(name -> CursorFile.NAME.matcher(name).matches()).sorted().toList();
        } catch (final IOException ex) {
            throw new JournalException(ex.getMessage(), ex);
        }
    }

    /**
     * One cursor as it stands on the disk.
     *
     * @param directory of the journal.
     * @param name      one of {@link #names}.
     * @return null when it is gone.
     * @throws CursorException when it is damaged.
     */
    public static NamedCursor read(final Path directory, final String name) {
        return new CursorFile(directory, name).read();
    }

    /**
     * The cursor that is furthest behind: the journal must keep its position and everything behind it.
     *
     * @param directory of the journal.
     * @return null when there is no cursor.
     * @throws CursorException when a cursor is damaged.
     */
    public static NamedCursor oldest(final Path directory) {
        NamedCursor oldest = null;
        for (final NamedCursor cursor : list(directory)) {
            if (null == oldest || cursor.position() < oldest.position()) {
                oldest = cursor;
            }
        }
        return oldest;
    }

    /**
     * Removes a cursor, also a damaged one: the journal keeps nothing for it any more.
     *
     * @param directory of the journal.
     * @return whether there was one.
     * @throws CursorException when a tail is using it.
     */
    public static boolean remove(final Path directory, final String name) {
        final CursorFile file = new CursorFile(directory, name);
        if (!Files.isDirectory(CursorFile.folder(directory))) {
            return false;
        }
        final LockFile lock = file.lock();
        try {
            return file.remove();
        } finally {
            lock.close();
        }
    }
}
