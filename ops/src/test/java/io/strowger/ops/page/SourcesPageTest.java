package io.strowger.ops.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.PhoneConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.wire.source.SourceClient;
import io.strowger.ops.wire.source.SourceClientListener;
import io.strowger.ops.wire.source.SourceClientSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of source, as the console shows it, wide and on a phone. */
@Timeout(120)
class SourcesPageTest {
    private static final String BROKEN = "[...document.querySelectorAll('td *, th *')].filter(one => one.childElementCount === 0"
        + " && one.textContent.trim() !== '' && !one.classList.contains('long') && one.getClientRects().length > 0 && "
        + "one.textContent.trim().split(/[\\\\s-]+/).some(word => { const range = document.createRange(); const node = one.firstChild;"
        + " const at = node.data.indexOf(word); range.setStart(node, at); range.setEnd(node, at + word.length);"
        + " return new Set([...range.getClientRects()].map(box => box.top)).size > 1; })).map(one => one.textContent).join(' | ')";

    @TempDir
    private Path folder;

    private final String fleet = Tokens.create();
    private final String phone = Tokens.create();
    private final String sbe = Tokens.create();

    @Test
    void shouldShowEachKindOfSourceByWhatIsKnownOfIt() throws Exception {
        final List<SourceConfig> sources = List.of(SourceConfig.demo(), accepted("desks", SourceDialect.ACTION_URL, fleet, "*"),
            accepted("104", SourceDialect.ACTION_URL, phone, null), accepted("edge", SourceDialect.KAMAILIO, Tokens.create(), null),
            accepted("switch", SourceDialect.SBE, sbe, null), accepted("away", SourceDialect.SBE, Tokens.create(), null));
        final Vertx vertx = Vertx.vertx();
        try (LiveServer server = new LiveServer(folder.resolve("journal"), 0, sources, List.of()); Browser browser = Browser.start();
            BrowserPage page = browser.page()) {
            for (final String user : List.of("501", "502", "503")) {
                ring(server, fleet, user);
            }
            ring(server, phone, "104");
            final SourceClient client = new SourceClient(vertx, new SourceClientSettings("127.0.0.1", server.sourcesPort(), "switch")
                .token(sbe), new SourceClientListener() { });
            client.start();
            page.size(1400, 900, false);
            page.open(server.url() + "/");
            page.enter("token", LiveServer.OWNER);
            awaitRow(page, "1/switch", "live, 1 connection, 0 signals");
            awaitRow(page, "1/away", "awaited, 0 connections");
            awaitRow(page, "1/edge", "not heard");
            awaitRow(page, "1/104", "live, 1 request");
            awaitRow(page, "1/104", "heard last");
            awaitRow(page, "1/desks#", "3 of 3 phones");
            awaitRow(page, "1/demo", "connection");
            assertFalse(page.text("sources").matches("(?s).*(NaN|undefined|null).*"), page.text("sources"));
            assertTrue(page.text("tile-sources").matches("[34] of 6"), page.text("tile-sources") + ": the demo comes and goes");
            assertEquals(0, page.eval("document.querySelectorAll('#sources tr[data-key^=\"1/desks/\"]').length"));
            page.eval("document.querySelector('#sources .unfold').click()");
            assertEquals(3, page.eval("document.querySelectorAll('#sources tr[data-key^=\"1/desks/\"]').length"));
            picture(page, "wide");
            assertEquals("", page.eval(BROKEN), "words broken in the middle");
            page.size(390, 844, true);
            page.await("innerWidth === 390");
            picture(page, "phone");
            assertEquals("", page.eval(BROKEN), "words broken in the middle");
            assertEquals("390 390", page.eval("document.documentElement.scrollWidth + ' ' + innerWidth"));
            page.eval("document.querySelector('#sources .unfold').click()");
            assertEquals(0, page.eval("document.querySelectorAll('#sources tr[data-key^=\"1/desks/\"]').length"));
            assertEquals(List.of(), page.faults());
            client.stop().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitRow(final BrowserPage page, final String key, final String text) {
        page.await("document.querySelector('#sources tbody tr[data-key=\"" + key + "\"]').textContent.includes('" + text + "')");
    }

    private static void ring(final LiveServer server, final String token, final String user) {
        assertEquals(200, server.send(HttpRequest.newBuilder(URI.create(server.sourcesUrl() + "/action/" + token + "?user=" + user
            + "&event=incoming&call_id=1&remote=102")).build()).statusCode());
    }

    /** Kept where somebody wants to look at it. */
    private static void picture(final BrowserPage page, final String name) throws Exception {
        final String wanted = System.getProperty("strowger.pictures");
        if (null != wanted) {
            final JsonObject shot = page.call("Page.captureScreenshot", new JsonObject().put("format", "png")
                .put("captureBeyondViewport", true));
            Files.write(Path.of(wanted, name + ".png"), Base64.getDecoder().decode(shot.getString("data")));
        }
        assertTrue(page.faults().isEmpty());
    }

    private static SourceConfig accepted(final String name, final SourceDialect dialect, final String token, final String users) {
        return new SourceConfig(name, 1, dialect, null, new AcceptConfig(List.of(new TokenConfig(Tokens.hash(token), null)), null, null,
            null, SourceDialect.ACTION_URL == dialect ? new PhoneConfig("yealink", null, users, null, null) : null));
    }
}
