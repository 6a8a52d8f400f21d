package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import io.strowger.router.token.PositionTokens;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The key of a journal's position tokens: {@code DIR/token.key}, {@link PositionTokens#KEY_LENGTH} random bytes that only the owner may
 * read. Made by the first who asks; tokens are worth as much as this file is kept. Control path.
 */
public final class TokenKey {
    private static final String NAME = "token.key";

    private TokenKey() {
    }

    /**
     * Reads the key, or makes it. By the process that writes the journal.
     *
     * @param directory of the journal.
     * @throws JournalException when it can be neither read nor made, or is damaged: tokens given out would be lost with it.
     */
    public static byte[] of(final Path directory) {
        final Path file = directory.resolve(NAME);
        try {
            final byte[] key = Files.readAllBytes(file);
            if (PositionTokens.KEY_LENGTH != key.length) {
                throw new JournalException(file + " has " + key.length + " bytes, not " + PositionTokens.KEY_LENGTH
                    + ": restore it, or remove it, and all tokens given out are void");
            }
            return key;
        } catch (final NoSuchFileException absent) {
            return make(file);
        } catch (final IOException ex) {
            throw new JournalException("can't read " + file + ": " + ex.getMessage(), ex);
        }
    }

    private static byte[] make(final Path file) {
        final byte[] key = new byte[PositionTokens.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        final Path temporary = file.resolveSibling(NAME + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            // nobody else may read it at any moment
            Files.createFile(temporary, ownerOnly());
            DurableFiles.replace(file, temporary, key);
            return key;
        } catch (final IOException ex) {
            throw new JournalException("can't write " + file + ": " + ex.getMessage(), ex);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        final boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
            : new FileAttribute<?>[0];
    }
}
