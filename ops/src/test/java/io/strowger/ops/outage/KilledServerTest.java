package io.strowger.ops.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.connector.AmiServer;
import io.strowger.ops.connector.ScriptedPbx;
import io.strowger.ops.gateway.stream.OpenedPositions;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.TokenKey;
import io.strowger.router.journal.Journal;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed (SIGKILL) and started again while two call routers flood it: no application misses an event or sees one twice. */
class KilledServerTest {
    private static final int KILLS = 3;
    private static final int MOST_EVENTS = 600;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final long LOOK_NS = 1_000_000;
    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long WAIT_S = 40;
    private static final String USER = "102";
    private static final String RESTARTED = "source.restarted";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Reader, Expected> readers = new LinkedHashMap<>();
    private final String owner = Tokens.create();
    private final String desk = Tokens.create();
    private final String second = Tokens.create();
    private final String stranger = Tokens.create();

    @AfterEach
    void closeReaders() {
        readers.keySet().forEach(Reader::close);
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void shouldShowEveryEventOnceAndInOrderWhenKilledThreeTimesInAFlood() throws Exception {
        final long seed = Long.getLong("strowger.seed", System.nanoTime());
        System.err.println("seed " + seed);
        final Random random = new Random(seed);
        final int port = freePort();
        final CallFlood first = new CallFlood();
        final CallFlood other = new CallFlood();
        try (ScriptedPbx pbx1 = ScriptedPbx.listen(first); ScriptedPbx pbx2 = ScriptedPbx.listen(other)) {
            final Path configuration = configure(port, pbx1.port(), pbx2.port());
            readers(port);
            final Reader probe = readers.keySet().iterator().next();
            ServerChild server = start(configuration, port);
            try {
                readers.keySet().forEach(Reader::start);
                await(() -> readers.keySet().stream().allMatch(reader -> null != reader.begin()), () -> readers.keySet().toString());
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMore(probe, 1 + random.nextInt(MOST_EVENTS));
                    server.kill();
                    server = start(configuration, port);
                }
                awaitMore(probe, 1 + random.nextInt(MOST_EVENTS));
                first.stop();
                other.stop();
                checkAll();
                assertEquals(KILLS + 1, probe.connections());
                assertEquals(List.of(), pbx1.faults());
                assertEquals(List.of(), pbx2.faults());
                assertEquals(KILLS + 1, pbx1.accepted());
                assertEquals(KILLS + 1, pbx2.accepted());
                assertEquals(143, server.stop());
            } finally {
                server.close();
            }
        }
        assertEquals(0, Run.of("verify", folder.resolve("journal").toString()).exitCode());
    }

    /** Each as the journal has it, once the journal and the reader are quiet. */
    private void checkAll() {
        awaitQuiet();
        final Map<Integer, List<Map<String, Object>>> journal = new HashMap<>();
        for (final int tenant : List.of(1, 2, 3)) {
            journal.put(tenant, tail(tenant));
        }
        assertTrue(journal.get(1).size() > KILLS && journal.get(2).size() > KILLS, "both have called");
        final OpenedPositions tokens = new OpenedPositions(TokenKey.of(folder.resolve("journal")));
        readers.forEach((reader, expected) -> {
            final long begin = tokens.sequence(reader.begin(), expected.tenant());
            final List<String> all = journal.get(expected.tenant()).stream()
                .filter(event -> sequence(event) > begin && expected.wanted().test(event)).map(KilledServerTest::line).toList();
            await(() -> reader.count() >= all.size() || null != reader.fault(), () -> reader + " of " + all.size());
            assertNull(reader.fault(), reader::toString);
            final List<String> seen = reader.seen().stream()
                .map(event -> tokens.sequence(event.id(), expected.tenant()) + " " + event.what()).toList();
            assertEquals(all, seen, reader::toString);
            assertEquals(3 == expected.tenant(), seen.isEmpty(), reader::toString);
        });
    }

    private void readers(final int port) {
        final Predicate<Map<String, Object>> all = event -> true;
        final Predicate<Map<String, Object>> ofUser = event -> USER.equals(data(event).get("localUser")) || isRestart(event);
        final Predicate<Map<String, Object>> calls = event -> ((String)event.get("type")).startsWith("call.") || isRestart(event);
        final Predicate<Map<String, Object>> ofDesk = event -> USER.equals(data(event).get("localUser")) || isOfSource(event);
        for (int i = 0; i < 3; i++) {
            readers.put(new SseReader("sse all " + i, http, port, owner, ""), new Expected(1, all));
            readers.put(new SocketReader("socket all " + i, http, port, owner, List.of(), List.of()), new Expected(1, all));
            readers.put(new SseReader("sse second " + i, http, port, second, ""), new Expected(2, all));
            readers.put(new SocketReader("socket second " + i, http, port, second, List.of(), List.of()), new Expected(2, all));
        }
        for (int i = 0; i < 2; i++) {
            readers.put(new SseReader("sse user " + i, http, port, owner, "&user=" + USER), new Expected(1, ofUser));
            readers.put(new SocketReader("socket user " + i, http, port, owner, List.of(USER), List.of()), new Expected(1, ofUser));
        }
        readers.put(new SseReader("sse calls", http, port, owner, "&type=call"), new Expected(1, calls));
        readers.put(new SocketReader("socket calls", http, port, owner, List.of(), List.of("call")), new Expected(1, calls));
        readers.put(new SseReader("sse desk", http, port, desk, ""), new Expected(1, ofDesk));
        readers.put(new SocketReader("socket desk", http, port, desk, List.of(), List.of()), new Expected(1, ofDesk));
        readers.put(new SseReader("sse stranger", http, port, stranger, ""), new Expected(3, all));
        readers.put(new SocketReader("socket stranger", http, port, stranger, List.of(), List.of()), new Expected(3, all));
    }

    private ServerChild start(final Path configuration, final int port) throws Exception {
        return ServerChild.start(http, configuration, port, folder.resolve("server.log"));
    }

    private Path configure(final int port, final int pbx1, final int pbx2) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: PORT}}
            sources:
              - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "127.0.0.1:PBX1", login: {user: NAME, secret: SECRET}}}
              - {name: pbx-2, tenant: 2, dialect: ami, connect: {address: "127.0.0.1:PBX2", login: {user: NAME, secret: SECRET}}}
            applications:
              - {id: owner, tenant: 1, tokens: [{sha256: OWNER}], read: {}, limits: {requestsPerSecond: 10000}}
              - {id: desk, tenant: 1, tokens: [{sha256: DESK}], read: {users: "102", groups: ""}, limits: {requestsPerSecond: 10000}}
              - {id: second, tenant: 2, tokens: [{sha256: SECOND}], read: {}, limits: {requestsPerSecond: 10000}}
              - {id: stranger, tenant: 3, tokens: [{sha256: STRANGER}], read: {}, limits: {requestsPerSecond: 10000}}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("PORT", Integer.toString(port))
            .replace("PBX1", Integer.toString(pbx1)).replace("PBX2", Integer.toString(pbx2))
            .replace("NAME", AmiServer.USER).replace("secret: SECRET", "secret: " + AmiServer.SECRET)
            .replace("OWNER", Tokens.hash(owner)).replace("DESK", Tokens.hash(desk)).replace("SECOND", Tokens.hash(second))
            .replace("STRANGER", Tokens.hash(stranger)));
    }

    /** One below those that the system gives to connections, so that nobody takes it while the server is away. */
    private static int freePort() throws IOException {
        final int start = new Random().nextInt(PORTS);
        for (int i = 0; i < PORTS; i++) {
            final int port = FIRST_PORT + (start + i) % PORTS;
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (final BindException taken) {
                // the next one
            }
        }
        throw new AssertionError("no port is free");
    }

    /** Until nothing has been added to the journal for a while. */
    private void awaitQuiet() {
        try (Journal journal = JournalFolder.read(folder.resolve("journal"))) {
            final long[] last = {0, System.nanoTime()};
            await(() -> {
                final long now = journal.lastSequence();
                last[1] = now == last[0] ? last[1] : System.nanoTime();
                last[0] = now;
                return System.nanoTime() - last[1] > QUIET_NS;
            }, () -> "the journal grows and grows");
        }
    }

    /** The events of a tenant, but what must be named to be seen. */
    private List<Map<String, Object>> tail(final int tenant) {
        final Run run = Run.of("tail", folder.resolve("journal").toString(), "--format", "json", "--tenant", Integer.toString(tenant));
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines()).stream().filter(event -> !"source.other".equals(event.get("type"))).toList();
    }

    private static void awaitMore(final Reader reader, final int events) {
        final int until = reader.count() + events;
        await(() -> reader.count() >= until, () -> reader + ", not " + until);
    }

    private static void await(final BooleanSupplier condition, final Supplier<String> otherwise) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, otherwise);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static String line(final Map<String, Object> event) {
        return sequence(event) + " " + event.get("type") + ' ' + event.get("source") + ' ' + data(event).get("nativeId");
    }

    private static long sequence(final Map<String, Object> event) {
        return (Long)data(event).get("sequence");
    }

    private static boolean isRestart(final Map<String, Object> event) {
        return RESTARTED.equals(event.get("type"));
    }

    private static boolean isOfSource(final Map<String, Object> event) {
        return ((String)event.get("type")).startsWith("source.");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }
}
