package io.strowger.ops.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.strowger.codecs.sbe.ActionKind;
import io.strowger.ops.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private String answer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"done\",\"text\":\"\"}";
    /** Null where there is no other one. */
    private String firstAnswer;
    private int code = 200;
    private HttpServer gateway;
    private Path token;

    @BeforeEach
    void listen() throws IOException {
        token = Files.writeString(folder.resolve("token"), "sw_secret\n");
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/actions", this::answer);
        gateway.start();
    }

    @AfterEach
    void close() {
        gateway.stop(0);
    }

    @Test
    void shouldHaveACommandForEachActionOfTheSchema() {
        assertEquals(IntStream.range(0, 14).mapToObj(kind -> ActionKind.get((short)kind).name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList(), ActionForm.all().stream().map(ActionForm::action).toList());
        for (final ActionForm form : ActionForm.all()) {
            final List<String> words = new ArrayList<>(List.of(form.action()));
            form.fields().forEach(field -> words.addAll(List.of("--" + field.word(), value(field))));
            assertEquals(0, act(words.toArray(new String[0])).exitCode(), form.action());
            final JsonNode json = json(asked.get(asked.size() - 1));
            assertEquals(form.action(), json.get("action").asText());
            form.fields().forEach(field -> assertEquals(value(field), json.get(field.name()).asText(), form.action()));
            assertEquals(2 + form.fields().size(), json.size(), json::toString);
        }
    }

    @Test
    void shouldTellANewcomerWhatEachActionDoesAndWhatItNeeds() {
        final Run all = Run.of("act", "--help");
        for (final ActionForm form : ActionForm.all()) {
            assertTrue(form.purpose().contains("Needs --"), form.action());
            assertTrue(all.out().contains(form.purpose().split("[ .]", -1)[0]), form.action());
            final String help = Run.of("act", form.action(), "--help").out().replaceAll("\\s+", " ");
            assertTrue(help.contains(form.purpose()) && help.contains("not asked:"), help);
            form.fields().forEach(field -> assertFalse(field.meaning().isEmpty(), field.name()));
        }
    }

    @Test
    void shouldSayThatTheCertificateIsNotTrustedAndTrustWhoIsNamed() throws Exception {
        final Path keys = folder.resolve("keys.p12");
        final Path authority = folder.resolve("ca.pem");
        makeKeys(keys, authority);
        final HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        secure.createContext("/actions", this::answer);
        secure.start();
        try {
            final String url = "https://localhost:" + secure.getAddress().getPort();
            final Run untrusted = Run.of("act", "hang-up", "--native-id", "1.1", "--url", url, "--token-file", token.toString());
            assertEquals(1, untrusted.exitCode());
            assertTrue(untrusted.err().contains("not asked: "), untrusted.err());
            assertTrue(untrusted.err().contains("is not trusted here") && untrusted.err().contains("--ca"), untrusted.err());
            final Run trusted = Run.of("act", "hang-up", "--native-id", "1.1", "--url", url, "--token-file", token.toString(),
                "--ca", authority.toString());
            assertEquals(0, trusted.exitCode(), trusted.err());
            final Run none = Run.of("act", "hang-up", "--native-id", "1.1", "--url", url, "--token-file", token.toString(),
                "--ca", token.toString());
            assertEquals(2, none.exitCode());
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void shouldSayByWhichKeyToAskAgainWhenTheConnectionBreaksBehindTheHandshake() throws Exception {
        final Path keys = folder.resolve("keys.p12");
        final Path authority = folder.resolve("ca.pem");
        makeKeys(keys, authority);
        final SSLContext tls = tls(keys);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<String> begun = CompletableFuture.supplyAsync(() -> takeAndBreak(listening, tls));
            final Run lost = Run.of("act", "hang-up", "--native-id", "1.1", "--url", "https://localhost:" + listening.getLocalPort(),
                "--token-file", token.toString(), "--ca", authority.toString(), "--key", "k-17");
            assertEquals("POST", begun.get(20, TimeUnit.SECONDS), "the request had come");
            assertEquals(1, lost.exitCode());
            assertTrue(lost.err().contains("lost https://localhost") && lost.err().contains("ask again with --key k-17"), lost.err());
        }
    }

    /** Takes the beginning of a request, and says something that is no TLS. */
    private static String takeAndBreak(final ServerSocket listening, final SSLContext tls) {
        try (Socket plain = listening.accept();
            SSLSocket secure = (SSLSocket)tls.getSocketFactory().createSocket(plain, null, plain.getPort(), false)) {
            secure.setUseClientMode(false);
            final String begin = new String(secure.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
            plain.getOutputStream().write("this is no TLS record at all".getBytes(StandardCharsets.US_ASCII));
            plain.getOutputStream().flush();
            plain.shutdownOutput();
            return begin;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldShowNoTokenInPlainToWhoIsToBeTrusted() {
        final Run plain = act("hang-up", "--ca", token.toString());
        assertError(2, "strowger act hang-up: --ca is for https, and " + url() + " would be shown the token in plain", plain);
        assertEquals(List.of(), asked);
    }

    /** A key of the router, and its certificate. */
    private static void makeKeys(final Path keys, final Path authority) throws Exception {
        assertEquals(0, keytool("-genkeypair", "-alias", "router", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
            "-keystore", keys.toString(), "-storepass", "changeit"));
        assertEquals(0, keytool("-exportcert", "-rfc", "-alias", "router", "-keystore", keys.toString(), "-storepass", "changeit",
            "-file", authority.toString()));
    }

    private static int keytool(final String... words) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private static SSLContext tls(final Path keys) throws Exception {
        final KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        final KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, "changeit".toCharArray());
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void shouldAskByTheKeyForTheTimeAndSayWhatBecameOfIt() {
        final Run done = act("hang-up", "--native-id", "1.1", "--cause-code", "16", "--key", "k", "--timeout", "60");
        assertEquals("hang-up k done", done.lastLine());
        final JsonNode json = json(asked.get(0));
        assertEquals("k 16", json.get("key").asText() + " " + json.get("causeCode").asInt());
        assertEquals(60_000, json.get("timeoutMs").asLong(), "from when it comes: the clock here may be wrong");
        assertFalse(json.has("deadline"));

        answer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"failed\",\"text\":\"no such session\"}";
        final Run failed = act("hang-up", "--native-id", "1.1", "--key", "k");
        assertEquals("1 hang-up k failed  no such session", failed.exitCode() + " " + failed.lastLine());
        assertEquals(answer, act("hang-up", "--native-id", "1.1", "--format", "json").lastLine());
        assertTrue(json(asked.get(2)).get("key").asText().length() > 30, "a key of its own");
    }

    @Test
    void shouldLetNoWordsOfTheCallRouterSteerTheTerminal() {
        answer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"failed\","
            + "\"text\":\"\\u001b[2J\\u009b1m\\r\\nall is well\\u202e\"}";
        assertEquals("hang-up k failed  \uFFFD[2J\uFFFD1m\uFFFD\uFFFDall is well\uFFFD", act("hang-up").lastLine());
        code = 429;
        answer = "{\"detail\":\"slow\\u001b[31m\"}";
        assertError(1, "strowger act hang-up: not asked: the router answers 429: slow\uFFFD[31m", act("hang-up"));
    }

    @Test
    void shouldSayThatTheOutcomeIsOfAnEarlierAsk() {
        answer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"done\",\"text\":\"\",\"repeated\":true}";
        assertEquals("hang-up k done  (of an earlier ask with this key)", act("hang-up", "--key", "k").lastLine());
        assertEquals(answer, act("hang-up", "--key", "k", "--format", "json").lastLine());
    }

    /** It asks again by itself when the gateway lets no request wait longer. */
    @Test
    void shouldNotTakeItsOwnAskForAnEarlierOne() {
        firstAnswer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"accepted\",\"text\":\"\"}";
        answer = "{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"done\",\"text\":\"\",\"repeated\":true}";
        assertEquals("hang-up k done", act("hang-up", "--key", "k").lastLine());
        asked.clear();
        assertEquals("{\"key\":\"k\",\"action\":\"hang-up\",\"status\":\"done\",\"text\":\"\"}",
            act("hang-up", "--key", "k", "--format", "json").lastLine());
        assertEquals(2, asked.size());
    }

    @Test
    void shouldSayInOneLineWhyItWasNotTaken() {
        answer = "{\"title\":\"Bad Request\",\"detail\":\"causeCode is out of its range: 200\"}";
        code = 400;
        assertError(2, "strowger act hang-up: causeCode is out of its range: 200", act("hang-up", "--cause-code", "200"));
        code = 401;
        answer = "{\"title\":\"Unauthorized\"}";
        assertError(1, "strowger act hang-up: not asked: the router does not let this token do that: Unauthorized", act("hang-up"));
        code = 429;
        answer = "";
        assertError(1, "strowger act hang-up: not asked: the router answers 429:", act("hang-up"));
        code = 200;
        answer = "<html>";
        assertError(1, "strowger act hang-up: what answers at " + url() + " is no router", act("hang-up"));
    }

    @Test
    void shouldNameTheKeyItMadeWhereTheActionMayBeAtWork() {
        code = 503;
        answer = "{\"title\":\"Service Unavailable\",\"detail\":\"it is not known here what becomes of it: ask again with the same key\"}";
        final Run run = act("hang-up", "--native-id", "1.1");
        assertError(1, "strowger act hang-up: the router answers 503: it is not known here what becomes of it: ask again with the same key"
            + "; ask again with --key " + json(asked.get(0)).get("key").asText(), run);
    }

    @Test
    void shouldSayWhatIsMissingWhenItCannotAsk() {
        assertError(2, "strowger act: Missing required subcommand (see strowger act --help)", Run.of("act"));
        assertError(2, "strowger act hang-up: --timeout must be from 1 to 86400 seconds, not 0", act("hang-up", "--timeout", "0"));
        final Run none = Run.of("act", "hang-up", "--token-file", folder.resolve("none").toString(), "--url", url());
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("no token: set STROWGER_TOKEN"), none.err());
        gateway.stop(0);
        assertError(1, "strowger act hang-up: not asked: no router answers at " + url() + ": is ops/strowger serve running?",
            act("hang-up"));
        assertEquals(0, Run.of("act", "hang-up", "--help").exitCode());
    }

    private static String value(final ActionForm.Field field) {
        return field.isNumber() ? "17" : "TEXT".equals(field.label()) ? "some text" : field.label().split("\\|", -1)[0];
    }

    private static void assertError(final int exitCode, final String line, final Run run) {
        assertEquals(exitCode + " " + line, run.exitCode() + " " + run.err().strip());
    }

    private Run act(final String... words) {
        final List<String> command = new ArrayList<>(List.of("act"));
        command.addAll(List.of(words));
        command.addAll(List.of("--url", url(), "--token-file", token.toString()));
        return Run.of(command.toArray(new String[0]));
    }

    private String url() {
        return "http://127.0.0.1:" + gateway.getAddress().getPort();
    }

    private void answer(final HttpExchange exchange) throws IOException {
        try (exchange) {
            assertEquals("Bearer sw_secret", exchange.getRequestHeaders().getFirst("Authorization"));
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            final boolean isFirst = null != firstAnswer && 1 == asked.size();
            final byte[] body = (isFirst ? firstAnswer : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isFirst ? 202 : code, 0 == body.length ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static JsonNode json(final String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (final IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
