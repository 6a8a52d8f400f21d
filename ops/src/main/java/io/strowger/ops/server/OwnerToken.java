package io.strowger.ops.server;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * The token of who runs a server without a configuration: made once, kept for his eyes only.
 */
public final class OwnerToken {
    private static final Pattern TOKEN = Pattern.compile("sw_[A-Za-z0-9_-]{43}");

    private OwnerToken() {
    }

    /**
     * Reads the token, or makes it.
     *
     * @param file of it.
     * @throws FailedException when it can be neither read nor made, or what is there is none.
     */
    public static String of(final Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            final String token = Files.readString(file).strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new FailedException("there is no token in " + file + ": remove it, and another one is made");
            }
            return token;
        } catch (final IOException e) {
            throw new FailedException("can't keep the owner's token in " + file + ": " + e.getMessage());
        }
    }

    /** Whole or not at all, and never in the place of one that is there. */
    private static void make(final Path file) throws IOException {
        final Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        final Path made = Files.createTempFile(folder, "owner", ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(made, Tokens.create() + '\n');
            Files.createLink(file, made);
        } catch (final FileAlreadyExistsException there) {
            // another one was quicker
        } finally {
            Files.delete(made);
        }
    }
}
