package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.ops.Run;
import io.strowger.ops.log.Heard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a disk that runs full, and has room again. Where nothing may be mounted this is left out. */
@Timeout(120)
class FullDiskTest {
    private static final long DEADLINE_S = 30;
    private static final String DEMO = """
        sources:
          - {name: demo, tenant: 1, dialect: demo}
        """;

    @TempDir
    private Path folder;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(0 == run("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString()), "no mount here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void shouldBeReadyAgainOnceThereIsRoom() throws Exception {
        try (Heard heard = Heard.all(); OperatedServer server = new OperatedServer(disk, 0, DEMO)) {
            awaitReady(server, 200);
            final Path ballast = disk.resolve("ballast");
            assumeTrue(0 == run("fallocate", "-l", "300m", ballast.toString()), "no fallocate here");
            final String full = awaitReady(server, 503);
            assertEquals("not ready: the disk of the journal is full\n", full);
            final String told = server.get("/operator/health", server.token()).body();
            assertTrue(told.matches(".*\"the disk of the journal is full: \\d+ MiB free, and 160 MiB of it are left alone\".*"), told);
            assertTrue(server.metrics().contains("strowger_ready 0"));
            Files.delete(ballast);
            assertEquals("ready\n", awaitReady(server, 200));
            final long sequence = server.server().router().lastSequence();
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            while (server.server().router().lastSequence() == sequence) {
                assertTrue(System.nanoTime() < untilNs, "nothing gets into the journal");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertEquals(1, heard.lines().stream().filter(line -> line.startsWith("ERROR not ready: the disk")).count());
            assertEquals(1, heard.lines().stream().filter(line -> line.startsWith("INFO ready again after ")).count());
        }
        assertEquals(0, Run.of("replay", disk.resolve("journal").toString()).exitCode());
    }

    private static String awaitReady(final OperatedServer server, final int status) throws IOException, InterruptedException {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        HttpResponse<String> said = server.get("/health/ready", "");
        while (status != said.statusCode()) {
            assertTrue(System.nanoTime() < untilNs, said.body());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            said = server.get("/health/ready", "");
        }
        return said.body();
    }

    private static int run(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (final IOException ex) {
            // there is no such program
            return -1;
        }
    }
}
