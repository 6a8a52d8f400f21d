package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Main;
import io.strowger.ops.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop has stopped within a bound, whatever goes on. */
@Timeout(180)
class StopTest {
    private static final int STREAMS = 1_000;
    private static final long BOUND_S = 25;
    private static final long DEADLINE_S = 60;
    private static final String CALL = """
        Event: Newchannel\r
        Privilege: call,all\r
        Channel: PJSIP/101-0000000%1$d\r
        ChannelState: 0\r
        ChannelStateDesc: Down\r
        CallerIDNum: 101\r
        CallerIDName: Alice\r
        Uniqueid: 1795624150.%1$d\r
        Linkedid: 1795624150.%1$d\r
        \r
        Event: Hangup\r
        Privilege: call,all\r
        Channel: PJSIP/101-0000000%1$d\r
        ChannelState: 0\r
        Uniqueid: 1795624150.%1$d\r
        Linkedid: 1795624150.%1$d\r
        Cause: 16\r
        Cause-txt: Normal Clearing\r
        \r
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldStopWithinItsBoundWhileStreamsAreOpenAndACallRouterFloods() throws Exception {
        final StringBuilder calls = new StringBuilder();
        for (int call = 0; call < 100; call++) {
            calls.append(CALL.formatted(call));
        }
        final List<SocketChannel> streams = new ArrayList<>();
        try (FakePbx pbx = new FakePbx(FakePbx.flood(calls.toString()));
             OperatedServer server = new OperatedServer(folder, 0, """
                 sources:
                   - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "AMI", login: {user: u, secret: s}}}
                 """.replace("AMI", pbx.address()))) {
            for (int i = 0; i < STREAMS; i++) {
                streams.add(open(server));
            }
            await(() -> server.metrics().contains("strowger_streams " + STREAMS + ".0"), "all streams are open");
            final long begun = server.server().router().lastSequence();
            await(() -> server.server().router().lastSequence() > begun + 10_000, "the flood gets in");
            final long sinceNs = System.nanoTime();
            server.stop();
            final long tookS = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs);
            assertTrue(tookS < BOUND_S, "took " + tookS + " s");
            assertEquals(null, server.server().router().failure());
        } finally {
            for (final SocketChannel stream : streams) {
                stream.close();
            }
        }
        assertEquals(0, Run.of("replay", folder.resolve("journal").toString()).exitCode());
    }

    @Test
    void shouldEndInOrderOnceThoughItIsToldTwice() throws Exception {
        final Process process = serve();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (null != line && !line.startsWith("events ")) {
                line = out.readLine();
            }
            assertTrue(null != line, Files.readString(folder.resolve("log")));
            process.toHandle().destroy();
            process.toHandle().destroy();
            assertTrue(process.waitFor(BOUND_S, TimeUnit.SECONDS), "still there");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(143, process.exitValue());
        final List<String> log = Files.readAllLines(folder.resolve("log"));
        assertEquals(1, log.stream().filter(each -> each.contains(" INFO stops, with ")).count(), log.toString());
        assertTrue(log.get(log.size() - 1).contains(" INFO stopped within "), log.toString());
        assertEquals(0, Run.of("verify", folder.resolve("home").resolve("journal").toString()).exitCode());
    }

    private Process serve() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("--sun-misc") || flag.startsWith("--enable-native")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "serve", "--port", "0"));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(folder.resolve("log").toFile());
        builder.environment().put("STROWGER_HOME", folder.resolve("home").toString());
        return builder.start();
    }

    /** A stream that nobody reads, as of a subscriber that hangs: its window is soon full. */
    private static SocketChannel open(final OperatedServer server) throws IOException {
        final SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        channel.write(ByteBuffer.wrap(("GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static void await(final Condition condition, final String what) throws Exception {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (!condition.isMet()) {
            assertTrue(System.nanoTime() < untilNs, what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean isMet() throws Exception;
    }
}
