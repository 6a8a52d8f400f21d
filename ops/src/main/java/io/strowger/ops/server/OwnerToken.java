package io.strowger.ops.server;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The token of who runs a server without a configuration: made once, kept for his eyes only.
 */
public final class OwnerToken {
    private OwnerToken() {
    }

    /**
     * Reads the token, or makes it.
     *
     * @param file of it.
     * @throws FailedException when it can be neither read nor made.
     */
    public static String of(final Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (SeekableByteChannel out = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                out.write(ByteBuffer.wrap((Tokens.create() + '\n').getBytes(StandardCharsets.US_ASCII)));
            } catch (final FileAlreadyExistsException there) {
                // made by an earlier run
            }
            return Files.readString(file).strip();
        } catch (final IOException e) {
            throw new FailedException("can't keep the owner's token in " + file + ": " + e.getMessage());
        }
    }
}
