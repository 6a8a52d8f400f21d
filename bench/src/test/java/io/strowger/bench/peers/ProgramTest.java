package io.strowger.bench.peers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindAProgramInTheFirstFolderThatHasIt() throws Exception {
        final Path program = Files.createFile(folder.resolve("some-server"));
        assertTrue(program.toFile().setExecutable(true));
        assertEquals(program, Program.find("some-server", ":/no/such/folder:" + folder + ":/usr/bin"));
    }

    @Test
    void shouldSayWhatIsNotInstalled() throws IOException {
        Files.createFile(folder.resolve("not-executable"));
        Files.createDirectory(folder.resolve("a-folder"));
        for (final String name : new String[] {"no-such-server", "not-executable", "a-folder"}) {
            final NotRunException refusal = assertThrows(NotRunException.class, () -> Program.find(name, folder.toString()));
            assertEquals(name + " is not installed", refusal.getMessage());
        }
    }

    @Test
    void shouldGiveAPortThatCanBeListenedOn() throws IOException {
        try (ServerSocket socket = new ServerSocket(Program.freePort(), 1, InetAddress.getLoopbackAddress())) {
            assertTrue(socket.isBound());
        }
    }

    @Test
    void shouldRefuseToSyncWithAServerThatIsTooOld() {
        final NotRunException refusal = assertThrows(NotRunException.class, () -> NatsVersion.requireSync("nats-server: v2.9.10"));
        assertTrue(refusal.getMessage().endsWith("nats-server: v2.9.10"), refusal.getMessage());
        assertThrows(NotRunException.class, () -> NatsVersion.requireSync("no version at all"));
        assertDoesNotThrow(() -> NatsVersion.requireSync("nats-server: v2.10.0"));
        assertDoesNotThrow(() -> NatsVersion.requireSync("nats-server: v3.0.1"));
    }
}
