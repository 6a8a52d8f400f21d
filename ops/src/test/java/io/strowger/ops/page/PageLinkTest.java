package io.strowger.ops.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the console holds its streams, whatever becomes of its connection: the scripts as they are, by a socket that the test speaks for. */
@Timeout(120)
class PageLinkTest extends BrowserTest {
    private static final String SOCKETS = """
        (async () => {
          window.sockets = [];
          window.WebSocket = class {
            static OPEN = 1;
            constructor() {
              this.readyState = 1;
              this.sent = [];
              sockets.push(this);
              setTimeout(() => this.onopen?.(), 0);
            }
            send(text) {
              this.sent.push(JSON.parse(text));
            }
            close() {
              this.readyState = 3;
            }
            say(message) {
              this.onmessage?.({data: JSON.stringify(message)});
            }
          };
          window.fetch = async () => ({ok: true, json: async () => ({ticket: 'x'})});
          window.item = id => ({kind: 'session', sessionId: id, tenant: 1, media: 'call', nativeId: id, callId: id, localUser: '101',
            remoteParty: null, remoteName: null, direction: 'outgoing', state: 'connected', group: null, source: '/pbx',
            created: '2026-11-25T16:29:56.513Z', established: null});
          const {Link} = await import('/page/link.js');
          const {Picture} = await import('/page/picture.js');
          window.picture = new Picture(() => {});
          window.link = new Link('x', {state: () => {}, refused: () => {}});
          link.open('all', {}, picture);
        })()""";
    private static final String SHOWN = "[...picture.fold.sessions.keys()].join(' ')";
    private static final String LAST = "sockets[sockets.length - 1]";
    /** Among them may be pings, at any time. */
    private static final String ASKS = ".sent.filter(each => each.op === 'subscribe')";

    @TempDir
    private Path folder;

    @Test
    void shouldReadAStatusFromItsBeginningWhenTheConnectionWasLostWithinIt() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(), List.of()); BrowserPage page = page()) {
            link(page, server);
            say(page, "{op: 'snapshot-begin'}", "{op: 'status', item: item('a')}", "{op: 'status', item: item('b')}");
            lose(page, 2);
            assertEquals("status", page.eval(LAST + ASKS + "[0].start"));
            say(page, "{op: 'snapshot-begin'}", "{op: 'status', item: item('b')}", "{op: 'snapshot-end', position: 'p'}");
            assertEquals("b", page.eval(SHOWN), "what has ended meanwhile is not shown, and nothing twice");
            page.eval("link.anew('all')");
            say(page, "{op: 'snapshot-begin'}", "{op: 'status', item: item('c')}");
            assertEquals("b", page.eval(SHOWN), "until the new one is whole");
            lose(page, 3);
            assertEquals("status", page.eval(LAST + ASKS + "[0].start"), "the old position is given up");
            say(page, "{op: 'snapshot-begin'}", "{op: 'status', item: item('d')}", "{op: 'snapshot-end', position: 'q'}");
            assertEquals("d", page.eval(SHOWN));
            lose(page, 4);
            assertEquals("q", page.eval(LAST + ASKS + "[0].after"), "behind the whole one it goes on");
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldBeginAnewWhenAMessageWasNotTakenAndItIsNotSaidWhich() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(), List.of()); BrowserPage page = page()) {
            link(page, server);
            say(page, "{op: 'snapshot-begin'}", "{op: 'snapshot-end', position: 'p'}");
            page.eval(LAST + ".say({op: 'error', problem: {status: 400, detail: 'there is no stream of this id'}})");
            page.eval(LAST + ".say({op: 'error', problem: {status: 429, detail: 'this application sends more than it may'}})");
            page.await("sockets.length === 2 && sockets[1]" + ASKS + ".length === 1");
            assertEquals("p", page.eval(LAST + ASKS + "[0].after"));
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldNotTrustWhatItKnewBehindAGap() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(), List.of()); BrowserPage page = page()) {
            link(page, server);
            page.eval("picture.follows = picture.fold");
            say(page, "{op: 'ended', problem: {status: 429, detail: 'fell behind'}}");
            assertEquals(true, page.eval("picture.follows === null"));
            page.await("sockets[0]" + ASKS + ".length === 2");
            assertEquals(List.of(), page.faults());
        }
    }

    @Test
    void shouldLetGoOfTheStreamOfAUserWhenAnotherIsLookedUp() {
        try (LiveServer server = new LiveServer(folder, 0, List.of(), List.of()); BrowserPage page = page()) {
            page.open(server.url() + "/");
            page.enter("token", LiveServer.OWNER);
            page.await("document.getElementById('link').textContent === 'Live'");
            // one behind the other, before any is answered
            page.eval("for (const name of ['101', '102', '103']) { document.getElementById('user').value = name; "
                + "document.getElementById('user-form').requestSubmit(); }");
            page.await("document.getElementById('user-says').textContent.startsWith('103: ')");
            awaitStreams(server, 2);
            page.enter("user", "101");
            page.await("document.getElementById('user-says').textContent.startsWith('101: ')");
            awaitStreams(server, 2);
            page.eval("document.getElementById('user-close').click()");
            awaitStreams(server, 1);
            assertEquals(List.of(), page.faults());
        }
    }

    /** The WebSocket counts as one more. */
    private static void awaitStreams(final LiveServer server, final int count) {
        BrowserPage.await(() -> {
            final JsonNode health = server.health();
            return count + 1 == health.get("streams").asInt() && count == health.get("subscriberCount").asInt();
        }, () -> count + " streams of " + server.health());
    }

    private static void link(final BrowserPage page, final LiveServer server) {
        page.open(server.url() + "/");
        page.eval(SOCKETS);
        page.await("sockets.length === 1 && sockets[0]" + ASKS + ".length === 1");
    }

    /** The connection ends, and there is another. */
    private static void lose(final BrowserPage page, final int connections) {
        page.eval(LAST + ".onclose()");
        page.await("sockets.length === " + connections + " && " + LAST + ASKS + ".length === 1");
    }

    /** Of the stream that was subscribed for last. */
    private static void say(final BrowserPage page, final String... messages) {
        for (final String message : messages) {
            page.eval("(socket => socket.say({id: socket" + ASKS + ".pop().id, ..." + message + "}))("
                + LAST + ")");
        }
    }
}
