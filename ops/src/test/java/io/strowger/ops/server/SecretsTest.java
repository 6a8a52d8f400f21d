package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.log.Heard;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No secret gets into the log, whatever goes wrong. */
@Timeout(120)
class SecretsTest {
    private static final long DEADLINE_S = 30;
    private static final String AMI_SECRET = "ami-4e9c1d7f20b35a68";
    private static final String ESL_SECRET = "esl-7b1e0f94c2d8365a";
    private static final String HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HOOK_KEY = "hook-key-93f1a2";

    @TempDir
    private Path folder;

    @Test
    void shouldLogNoSecretInASessionFullOfErrors() throws Exception {
        final HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        hook.start();
        final List<String> secrets = new ArrayList<>(List.of(AMI_SECRET, ESL_SECRET, HOOK_SECRET, HOOK_SECRET.substring(6), HOOK_KEY,
            AMI_SECRET.substring(0, 8)));
        try (Heard heard = Heard.finest();
             FakePbx asterisk = new FakePbx((in, out) -> {
                 FakePbx.say(out, "Asterisk Call Manager/9.0.0\r\n");
                 FakePbx.block(in);
                 FakePbx.say(out, "Response: Error\r\nMessage: no such user, his secret is " + AMI_SECRET + "\r\n\r\n");
             });
             FakePbx freeswitch = new FakePbx((in, out) -> {
                 FakePbx.say(out, "Content-Type: auth/request\n\n");
                 FakePbx.say(out, "Content-Type: command/reply\nReply-Text: -ERR invalid: " + FakePbx.block(in).strip() + "\n\n");
             });
             OperatedServer server = new OperatedServer(folder, 0, """
                 sources:
                   - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "AMI", login: {user: u, secret: SECRET-A}}}
                   - {name: fs-1, tenant: 1, dialect: esl, connect: {address: "ESL", login: {secret: SECRET-E}}}
                 webhooks:
                   - {name: crm, tenant: 1, url: "http://127.0.0.1:PORT/take?key=KEY", secret: HOOK}
                 """.replace("AMI", asterisk.address()).replace("ESL", freeswitch.address()).replace("SECRET-A", AMI_SECRET)
                 .replace("SECRET-E", ESL_SECRET).replace("PORT", Integer.toString(hook.getAddress().getPort()))
                 .replace("KEY", HOOK_KEY).replace("HOOK", HOOK_SECRET))) {
            secrets.add(server.token());
            ask(server, secrets);
            awaitLine(heard, "INFO serves at ");
            awaitLine(heard, "WARNING pbx-1: refused: ");
            awaitLine(heard, "WARNING fs-1: refused: -ERR invalid: auth ***");
            server.stop();
            final List<String> leaked = heard.lines().stream().filter(line -> secrets.stream().anyMatch(line::contains)).toList();
            assertEquals(List.of(), leaked);
            final List<String> words = List.of("stops, with ", "stopped within ");
            for (final String word : words) {
                assertTrue(heard.lines().stream().anyMatch(line -> line.startsWith("INFO " + word)), word + " is not in " + heard.lines());
            }
        } finally {
            hook.stop(0);
        }
    }

    /** All that can be wrong with a token, a ticket and a body. */
    private static void ask(final OperatedServer server, final List<String> secrets) throws Exception {
        final String unknown = Tokens.create();
        secrets.add(unknown);
        for (int i = 0; i < 15; i++) {
            assertTrue(server.get("/status", unknown).statusCode() > 400);
        }
        final String ticket = new JsonObject(server.post("/tickets", "").body()).getString("ticket");
        secrets.add(ticket);
        assertEquals(400, server.get("/events?ticket=" + ticket + "&wrong=1", "").statusCode());
        assertEquals(401, server.get("/events?ticket=" + ticket, "").statusCode());
        assertTrue(server.post("/actions", "{\"key\":\"" + server.token() + "\",\"action\":\"none\"}").statusCode() >= 400);
        assertTrue(server.get("/events?after=" + server.token(), server.token()).statusCode() >= 400);
        raw(server, "GET /stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: strowger.v1+json, bearer." + server.token()
            + "\r\n\r\n\u0081\u0001{");
        raw(server, "no request " + server.token() + "\r\n\r\n");
        final List<String> wrong = new ArrayList<>();
        try (ReadAgain again = new ReadAgain(server.file(), wrong::add, wrong::add)) {
            Files.writeString(server.file(), "applications: [{tokens: [{sha256: " + server.token() + "}]}]");
            Files.setLastModifiedTime(server.file(), FileTime.from(1, TimeUnit.HOURS));
            again.look();
        }
        assertEquals(List.of(), wrong.stream().filter(line -> line.contains(server.token())).toList());
        assertTrue(!wrong.isEmpty());
    }

    private static void raw(final OperatedServer server, final String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            // answered, or closed at once
            assertTrue(socket.getInputStream().read() < 256);
        }
    }

    private static void awaitLine(final Heard heard, final String start) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (heard.lines().stream().noneMatch(line -> line.startsWith(start))) {
            assertTrue(System.nanoTime() < untilNs, () -> start + " is not in " + heard.lines());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
