package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.journal.JournalException;
import io.strowger.router.token.PositionTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key beside a journal. */
class TokenKeyTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeMadeOnceAndReadByTheOwnerAlone() throws IOException {
        final byte[] key = TokenKey.of(folder);
        assertArrayEquals(key, TokenKey.of(folder));
        assertEquals(PositionTokens.KEY_LENGTH, key.length);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token.key"))));
        final Path other = Files.createDirectory(folder.resolve("other"));
        assertFalse(Arrays.equals(key, TokenKey.of(other)));
    }

    @Test
    void shouldNotBeMadeAnewWhenItIsDamaged() throws IOException {
        TokenKey.of(folder);
        Files.write(folder.resolve("token.key"), new byte[3]);
        final JournalException thrown = assertThrows(JournalException.class, () -> TokenKey.of(folder));
        assertTrue(thrown.getMessage().contains("has 3 bytes"), thrown.getMessage());
    }
}
