package io.strowger.ops.page;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium, driven by its DevTools protocol. Test thread.
 */
final class Browser implements AutoCloseable {
    /** Set by .ci/run, which installs one: then a missing one is a failure. */
    private static final String REQUIRED = "STROWGER_TEST_BROWSER_REQUIRED";
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String LISTENING = "DevTools listening on ";
    private static final long SECONDS = 30;
    private static final int MOST_BYTES = 1 << 24;

    private final Process process;
    private final Path profile;
    private final Vertx vertx = Vertx.vertx();
    /** Held, as its connections end when nobody holds it. */
    private final WebSocketClient client;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, BrowserPage> pages = new ConcurrentHashMap<>();

    private Browser(final Process process, final Path profile) throws Exception {
        this.process = process;
        this.profile = profile;
        final URI address = URI.create(address(process));
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(MOST_BYTES).setMaxMessageSize(MOST_BYTES));
        // a page would show an origin, and is not let in by a browser
        socket = client.connect(new WebSocketConnectOptions().setHost(address.getHost()).setPort(address.getPort())
            .setURI(address.getPath()).setAllowOriginHeader(false))
            .toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        socket.textMessageHandler(this::take);
    }

    /** Starts one, with a profile of its own; skips the test when there is none here, unless one is required. */
    static Browser start() throws Exception {
        final Path program = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).flatMap(folder -> NAMES.stream()
            .map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst().orElse(null);
        if (null == program && null != System.getenv(REQUIRED)) {
            fail("no Chromium in " + System.getenv("PATH"));
        }
        assumeTrue(null != program, "no Chromium here");
        final Path profile = Files.createTempDirectory("strowger-browser");
        final Process process = new ProcessBuilder(program.toString(), "--headless=new", "--remote-debugging-port=0",
            "--user-data-dir=" + profile, "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--no-default-browser-check", "about:blank").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return new Browser(process, profile);
        } catch (final Exception fault) {
            process.destroyForcibly();
            throw fault;
        }
    }

    /** Opens a page of its own, that shares nothing with others. */
    BrowserPage page() {
        final String context = call(null, "Target.createBrowserContext", new JsonObject()).getString("browserContextId");
        final String target = call(null, "Target.createTarget", new JsonObject().put("url", "about:blank").put("browserContextId", context))
            .getString("targetId");
        final String session = call(null, "Target.attachToTarget", new JsonObject().put("targetId", target).put("flatten", true))
            .getString("sessionId");
        final BrowserPage page = new BrowserPage(this, session, target);
        pages.put(session, page);
        page.begin();
        return page;
    }

    /** Calls a method, and waits for its answer. */
    JsonObject call(final String session, final String method, final JsonObject parameters) {
        final int id = ids.incrementAndGet();
        final CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        final JsonObject message = new JsonObject().put("id", id).put("method", method).put("params", parameters);
        if (null != session) {
            message.put("sessionId", session);
        }
        socket.writeTextMessage(message.encode()).onFailure(answer::completeExceptionally);
        try {
            final JsonObject said = answer.get(SECONDS, TimeUnit.SECONDS);
            if (said.containsKey("error")) {
                throw new AssertionError(method + ": " + said.getJsonObject("error").encode());
            }
            return said.getJsonObject("result");
        } catch (final Exception e) {
            throw new AssertionError(method + ": " + e, e);
        }
    }

    private void take(final String text) {
        final JsonObject message = new JsonObject(text);
        final Integer id = message.getInteger("id");
        if (null != id) {
            answers.remove(id).complete(message);
        } else if (null != message.getString("sessionId") && pages.containsKey(message.getString("sessionId"))) {
            pages.get(message.getString("sessionId")).note(message.getString("method"), message.getJsonObject("params"));
        }
    }

    /** What it prints first is where it listens; what it prints behind that is read away. */
    private static String address(final Process process) throws Exception {
        final CompletableFuture<String> address = new CompletableFuture<>();
        final Thread reading = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); null != line; line = lines.readLine()) {
                    if (line.startsWith(LISTENING)) {
                        address.complete(line.substring(LISTENING.length()));
                    }
                }
                address.completeExceptionally(new IOException("the browser has ended"));
            } catch (final IOException e) {
                address.completeExceptionally(e);
            }
        }, "browser-err");
        reading.setDaemon(true);
        reading.start();
        return address.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        final List<ProcessHandle> helping = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (final ProcessHandle helper : helping) {
                // they write into the profile up to their end
                helper.onExit().get(SECONDS, TimeUnit.SECONDS);
            }
            vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            delete(profile);
        } catch (final IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the browser has not ended", e);
        }
    }

    /** Also links that lead nowhere, which it leaves behind. */
    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
