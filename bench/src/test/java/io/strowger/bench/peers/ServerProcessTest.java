package io.strowger.bench.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.MeasuredJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerProcessTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRunUntilItIsClosed() throws IOException {
        final int port = Program.freePort();
        final long pid;
        try (ServerProcess server = ServerProcess.start(command(port), folder.resolve("server"), port)) {
            pid = server.pid();
            assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
            assertTrue(server.cpuNs() >= 0);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertTrue(socket.isConnected());
            }
        }
        assertFalse(isAlive(pid), "closed, but it still runs");
    }

    @Test
    void shouldSayWhatTheServerSaidWhenItEndsAtOnce() {
        final int port = Program.freePort();
        final IllegalStateException refusal = assertThrows(IllegalStateException.class,
            () -> ServerProcess.start(List.of("/bin/sh", "-c", "echo starting; echo no such setting; exit 3"), folder, port));
        assertTrue(refusal.getMessage().endsWith("does not listen on " + port + ": no such setting"), refusal.getMessage());
    }

    private List<String> command(final int port) {
        return List.of(MeasuredJvm.java(), "-cp", System.getProperty("java.class.path"), Listening.class.getName(), Integer.toString(port));
    }

    private static boolean isAlive(final long pid) {
        final Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent() && process.get().isAlive();
    }

    /** A server that takes connections until it is stopped. */
    static final class Listening {
        private Listening() {
        }

        public static void main(final String[] arguments) throws IOException {
            try (ServerSocket socket = new ServerSocket(Integer.parseInt(arguments[0]), 1, InetAddress.getLoopbackAddress())) {
                while (!socket.isClosed()) {
                    socket.accept().close();
                }
            }
        }
    }
}
