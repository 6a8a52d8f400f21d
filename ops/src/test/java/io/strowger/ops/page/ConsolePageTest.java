package io.strowger.ops.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.ingest.AmiDialect;
import io.strowger.ops.node.CapturedFacts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who opens the console in a real browser. */
@Timeout(120)
class ConsolePageTest extends BrowserTest {
    private static final String HOSTILE = "<img src=x onerror=\"window.hacked=1\"><b>&amp;\u202e" + "long".repeat(20);
    private static final String CALLS = "[0, 1, 2]";

    @TempDir
    private Path folder;

    @Test
    void shouldShowTheCallsOfTheDemoAsTheyAre() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(SourceConfig.demo()), List.of()); BrowserPage page = page()) {
            enter(page, server, LiveServer.OWNER);
            page.await("document.querySelectorAll('#calls tbody tr[data-key]').length > 0");
            BrowserPage.await(() -> {
                final List<String> calls = server.calls("");
                return !calls.isEmpty() && calls.equals(shown(page, "calls", CALLS)) && calls.equals(server.calls(""));
            }, () -> server.calls("") + " on the page " + shown(page, "calls", CALLS));
            page.await("document.getElementById('tile-rate').textContent !== '–'");
            page.await("document.querySelector('#sources tbody tr[data-key=\"1/demo\"]').innerText.includes('connection')");
            page.await("document.querySelector('#streams tbody tr[data-key] th').innerText.includes('owner')");
            assertFalse(((String)page.eval("JSON.stringify(performance.getEntries()) + location.href")).contains(LiveServer.OWNER),
                "the token stands in no address");
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldHoldWhatTheRouterHoldsBehindEachPartOfAllCaptures() {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), Capture.all());
        final int parts = 12;
        int calls = 0;
        try (LiveServer server = new LiveServer(folder.resolve("journal"), 0, List.of(), List.of()); BrowserPage page = page()) {
            enter(page, server, LiveServer.OWNER);
            for (int part = 0; part < parts; part++) {
                server.feed(facts.subList(facts.size() * part / parts, facts.size() * (part + 1) / parts));
                final List<String> right = server.calls("");
                awaitCalls(page, right);
                final List<String> queues = server.queues();
                BrowserPage.await(() -> queues.equals(shown(page, "queues", "[1, 3]")),
                    () -> queues + " on the page " + shown(page, "queues", "[1, 3]"));
                page.await("document.getElementById('tile-users').textContent === '" + server.usersIn() + "'");
                calls += right.size();
            }
            assertTrue(calls > 5, calls + " calls were seen");
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldShowAUserAsHeIsAndThenWhatHappensToHim() {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("01-answered-call")));
        try (LiveServer server = new LiveServer(folder.resolve("journal"), 0, List.of(), List.of()); BrowserPage page = page()) {
            enter(page, server, LiveServer.ONLY_102);
            page.await("document.getElementById('rates-says').textContent.startsWith('Only tokens')");
            int fed = 0;
            while (server.calls("?user=102").isEmpty()) {
                server.feed(facts.subList(fed, fed + 1));
                fed++;
            }
            page.enter("user", "102");
            final List<String> rows = server.calls("?user=102").stream().map(row -> row.replace(" | 102 | ", " | ")).toList();
            BrowserPage.await(() -> rows.equals(shown(page, "user-sessions", "[0, 1]")),
                () -> rows + " on the page " + shown(page, "user-sessions", "[0, 1]"));
            assertEquals(List.of(), page.rows("user-events", "[1]"));
            server.feed(facts.subList(fed, facts.size()));
            page.await("document.querySelectorAll('#user-events tbody tr[data-key]').length > 2");
            page.await("document.querySelector('#user-says').textContent.includes('no call')");
            assertTrue(shown(page, "user-events", "[1]").stream().anyMatch(row -> row.endsWith("| call.cleared")));
            page.enter("user", "101");
            page.await("document.getElementById('user-says').textContent.includes('does not read user 101')");
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldShowAHostileNameAsTextOnAPhoneAndInTheDark() throws Exception {
        final String stream = new Capture("01-answered-call").text("rx.raw").replace("Alice Adams", HOSTILE);
        Files.createDirectory(folder.resolve("stream"));
        final Path file = Files.write(folder.resolve("stream").resolve("rx.raw"), stream.getBytes(StandardCharsets.UTF_8));
        final List<UnsafeBuffer> facts = CapturedFacts.of(List.of(file), new AmiDialect(1, 1));
        try (LiveServer server = new LiveServer(folder.resolve("journal"), 0, List.of(), List.of()); BrowserPage page = page()) {
            page.size(390, 844, true);
            page.open(server.url() + "/");
            assertNoSideways(page);
            enter(page, server, LiveServer.OWNER);
            page.enter("user", "102");
            int fed = 0;
            while (!page.text("calls").contains("<img") && fed < facts.size()) {
                final List<String> before = server.calls("");
                server.feed(facts.subList(fed, fed + 1));
                fed++;
                final List<String> right = server.calls("");
                if (!right.equals(before)) {
                    awaitCalls(page, right);
                }
            }
            assertTrue(page.text("calls").contains("<img src=x"), page.text("calls"));
            page.await("document.getElementById('user-found').textContent.includes('<img src=x')");
            assertEquals(0, page.eval("document.querySelectorAll('main img, main b').length"));
            assertEquals("undefined", page.eval("typeof window.hacked"));
            assertNoSideways(page);
            page.call("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray()
                .add(new JsonObject().put("name", "prefers-color-scheme").put("value", "dark"))));
            assertEquals("rgb(15, 20, 27)", page.eval("getComputedStyle(document.body).backgroundColor"));
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldSaySinceWhenItIsNotConnectedAndGoOnWhenTheServerIsBack() {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("01-answered-call")));
        try (BrowserPage page = page()) {
            final int port;
            int fed = 0;
            try (LiveServer server = new LiveServer(folder.resolve("journal"), 0, List.of(), List.of())) {
                port = server.port();
                enter(page, server, LiveServer.OWNER);
                while (server.calls("").isEmpty()) {
                    server.feed(facts.subList(fed, fed + 1));
                    fed++;
                }
                page.await("document.querySelectorAll('#calls tbody tr[data-key]').length > 0");
                page.eval("window.sameDocument = true");
            }
            page.await("document.getElementById('link').textContent.startsWith('Not connected since')");
            page.await("document.getElementById('notice').textContent.startsWith('What is shown was so at')");
            assertTrue((Boolean)page.eval("document.getElementById('console').classList.contains('old')"));
            try (LiveServer server = new LiveServer(folder.resolve("journal"), port, List.of(), List.of())) {
                page.await("document.getElementById('link').textContent === 'Live'");
                server.feed(facts.subList(fed, facts.size()));
                final List<String> right = server.calls("");
                awaitCalls(page, right);
                assertTrue((Boolean)page.eval("document.getElementById('notice').hidden && window.sameDocument"));
            }
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldAskForAnotherTokenWhenOneIsWrong() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(), List.of()); BrowserPage page = page()) {
            page.open(server.url() + "/");
            page.enter("token", "sw_wrong");
            page.await("document.getElementById('token-problem').textContent.includes('not known here')");
            assertTrue((Boolean)page.eval("document.getElementById('console').hidden && sessionStorage.length === 0"));
            page.enter("token", LiveServer.OWNER);
            page.await("document.getElementById('link').textContent === 'Live'");
            page.eval("window.isBefore = true, location.reload()");
            page.await("window.isBefore === undefined && document.getElementById('link').textContent === 'Live'");
            page.eval("document.getElementById('leave').click()");
            page.await("document.getElementById('console').hidden && sessionStorage.length === 0");
            assertEquals(List.of(), page.faults());
        }
    }

    private static void enter(final BrowserPage page, final LiveServer server, final String token) {
        page.open(server.url() + "/");
        page.enter("token", token);
        page.await("document.getElementById('link').textContent === 'Live'");
    }

    private static void awaitCalls(final BrowserPage page, final List<String> right) {
        BrowserPage.await(() -> right.equals(shown(page, "calls", CALLS)), () -> right + " on the page " + shown(page, "calls", CALLS));
    }

    private static void assertNoSideways(final BrowserPage page) {
        assertEquals("390 390", page.eval("document.documentElement.scrollWidth + ' ' + innerWidth"));
        assertEquals(0, page.eval("[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).length"));
    }

    /** The rows of a table, sorted: in which order they stand is another matter. */
    private static List<String> shown(final BrowserPage page, final String table, final String columns) {
        return List.copyOf(new TreeSet<>(page.rows(table, columns)));
    }
}
