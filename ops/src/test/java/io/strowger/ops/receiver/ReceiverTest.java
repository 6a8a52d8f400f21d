package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.access.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and what is answered. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiverTest {
    private static final String CALL = "event=incoming&call_id=1&remote=102";

    @TempDir
    private Path folder;

    @Test
    void shouldTakeRequestOfWhoShowsTokenWhereverItStands() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "?" + CALL)));
            assertTrue(desk.router().lastSourceSequence(1) > 0, "it is in the journal when it is answered");
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "/established?call_id=1&remote=102")));
            assertEquals(200, phone.ask(Caller.get("/phone?event=hold&call_id=1", "Authorization: Bearer " + Desk.PHONE)));
            assertEquals(200, phone.ask(Caller.get("/phone?event=unhold&call_id=1", basic("phone-1", Desk.PHONE))));
            assertEquals(200, phone.ask(Caller.get("/" + Desk.PHONE + "/x/terminated?call_id=1")));
            final ReceiverHealth health = desk.health("phone-1");
            assertEquals(5, health.requests());
            assertEquals(0, health.refused());
            assertTrue(health.heardMs() > 0);
            assertEquals(0, desk.health("proxy-1").heardMs());
            final List<Map<String, Object>> events = desk.endAndTail();
            assertEquals(List.of("call.delivered 101 102", "call.established 101 102", "call.held 101 102", "call.retrieved 101 102",
                "call.cleared 101 102"), Desk.told(events, "call.", "localUser", "remoteParty"));
            assertEquals(List.of("source.up", "source.down"), Desk.told(events, "source."));
        }
    }

    @Test
    void shouldAskWhoIsNotKnown() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            final String challenge = phone.say(Caller.get("/phone?" + CALL)).answer();
            assertTrue(challenge.startsWith("HTTP/1.1 401 ") && challenge.contains("WWW-Authenticate: Basic "), challenge);
            assertEquals(200, phone.ask(Caller.get("/phone?" + CALL, basic("phone-1", Desk.PHONE))), "on the same connection");
            assertEquals(401, phone.ask(Caller.get("/phone?" + CALL, basic("phone-2", Desk.PHONE))), "another name");
            assertEquals(401, phone.ask(Caller.get("/phone?" + CALL, "Authorization: Basic !")));
            assertEquals(401, phone.ask(Caller.get("/action/" + Desk.EXPIRED + "?" + CALL)));
            assertEquals(401, phone.ask(Caller.get("/action/" + Desk.PHONE + "?" + CALL, "Authorization: Bearer wrong")));
            int status = 401;
            for (int i = 0; 401 == status && i < 20; i++) {
                status = phone.ask(Caller.get("/action/sw_wrong?" + CALL));
            }
            assertEquals(429, status);
            assertEquals(200, phone.ask(Caller.get("/phone?" + CALL, basic("phone-1", Desk.PHONE))), "from the same address");
            desk.receiver().replace(new SourceKeys(Credentials.builder().build(), Map.of()));
            Desk.await(() -> 200 != statusOf(phone), () -> "revoked, and still let in");
            assertEquals(List.of("call.delivered 101"), Desk.told(desk.endAndTail(), "call.", "localUser"));
        }
    }

    @Test
    void shouldKeepNoTokenInTheJournal() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "/what-is-this?again=" + Desk.PHONE)));
            assertEquals(400, phone.ask(Caller.post("/" + Desk.PROXY + "/event", "no json " + Desk.PROXY)));
            assertEquals(200, phone.ask(Caller.get("/x?event=odd&remote=http://phone-1:" + Desk.PHONE + "@host/",
                "Authorization: Bearer " + Desk.PHONE)));
            assertEquals(2, Desk.told(desk.endAndTail(), "source.up").size());
            final String all = Run.of("tail", folder.toString(), "--raw", "--format", "json").out();
            assertTrue(all.contains("what-is-this") && all.contains("json-malformed") && all.contains("odd"), all);
            assertFalse(all.contains(Desk.PHONE.substring(3, 20)) || all.contains(Desk.PROXY.substring(3, 20)), all);
        }
    }

    @Test
    void shouldKeepTenantsApartWhereSourcesHaveOneName() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "?" + CALL)));
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.OTHER_TENANT + "?" + CALL + "&tenant=1")));
            assertEquals(200, phone.ask(Caller.get("/action/" + Desk.OTHER_TENANT + "?event=terminated&call_id=1")));
            assertEquals(List.of("1 call.delivered", "2 call.delivered", "2 call.cleared"), desk.endAndTail().stream()
                .filter(event -> event.get("type").toString().startsWith("call."))
                .map(event -> Desk.data(event).get("tenant") + " " + event.get("type")).toList());
        }
    }

    @Test
    void shouldTakeUsersOfFleetFromItsRequests() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            final String fleet = "/action/" + Desk.FLEET;
            assertEquals(200, phone.ask(Caller.get(fleet + "?user=111&" + CALL)));
            assertEquals(200, phone.ask(Caller.get(fleet + "?active_user=sip:112%40host&event=outgoing&call_id=1&remote=111")));
            assertEquals(403, phone.ask(Caller.get(fleet + "?user=211&" + CALL)), "not one of the fleet");
            assertEquals(403, phone.ask(Caller.get(fleet + "?" + CALL + "&display_remote=111")), "nobody");
            assertEquals(200, phone.ask(Caller.get(fleet + "?user=111&event=call-established&call_id=1&display_remote=x&user=112")));
            assertEquals(200, phone.ask(Caller.get(fleet + "?user=113&event=registered")));
            assertEquals(503, phone.ask(Caller.get(fleet + "?user=114&event=registered")), "one phone too many");
            assertEquals(3, desk.health("fleet").phones());
            assertEquals(3, desk.health("fleet").refused());
            final List<Map<String, Object>> events = desk.endAndTail();
            assertEquals(List.of("call.delivered 111", "call.initiated 112", "call.established 111"),
                Desk.told(events, "call.", "localUser"), "two phones count their calls alike");
            assertEquals(3, Desk.told(events, "source.up").size());
        }
    }

    @Test
    void shouldRefuseWhatIsNoRequestForIt() throws Exception {
        try (Desk desk = new Desk(folder)) {
            final String auth = "Authorization: Bearer " + Desk.PHONE;
            try (Caller phone = new Caller(desk.port())) {
                final String other = phone.say("DELETE /phone HTTP/1.1\r\n" + auth + "\r\n\r\n").answer();
                assertTrue(other.startsWith("HTTP/1.1 405 ") && other.contains("Allow: GET, POST\r\n"), other);
                assertEquals(414, phone.ask(Caller.get("/" + "x".repeat(9_000), auth)));
                assertEquals(200, phone.ask("GET /phone?event=incoming&remote=102&display_remote=A B & C HTTP/1.0\r\n"
                    + auth + "\r\nConnection: keep-alive\r\n\r\n"), "a name as phones write it");
                assertEquals(200, phone.ask("POST /phone HTTP/1.1\r\n" + auth + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "11\r\nevent=established\r\n0\r\n\r\n"));
                assertEquals(200, phone.ask(Caller.get("/phone?event=terminated", auth, "Connection: close")));
                assertEquals(0, phone.status(), "closed as it was asked for");
            }
            for (final String bad : List.of("HELO\r\n\r\n", "GET /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n", "x".repeat(20_000))) {
                try (Caller stranger = new Caller(desk.port())) {
                    assertEquals(400, stranger.ask(bad));
                    assertEquals(0, stranger.status());
                }
            }
            try (Caller proxy = new Caller(desk.port())) {
                assertEquals(400, proxy.ask(Caller.get("/" + Desk.PROXY)), "a server posts");
                assertEquals(413, proxy.ask(Caller.post("/" + Desk.PROXY, "x".repeat(5_000))));
                assertEquals(0, proxy.status());
            }
            try (Caller proxy = new Caller(desk.port())) {
                proxy.say("POST /" + Desk.PROXY + " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 19\r\n\r\n");
                assertTrue(proxy.answer().startsWith("HTTP/1.1 100 "));
                assertEquals(200, proxy.ask("{\"event\":\"unheard\"}"));
            }
            try (Caller stranger = new Caller(desk.port())) {
                assertEquals(401, stranger.ask("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"));
                assertEquals(0, stranger.status(), "a body is not waited for");
            }
            assertEquals(7, desk.receiver().totals().badRequests() + desk.receiver().totals().unknown());
            assertEquals(2, desk.health("proxy-1").refused());
            final List<Map<String, Object>> events = desk.endAndTail();
            assertEquals(List.of("call.delivered A B & C", "call.established A B & C", "call.cleared A B & C"),
                Desk.told(events, "call.", "remoteName"));
        }
    }

    @Test
    void shouldRefuseHeadThatCanBeReadInTwoWays() throws Exception {
        try (Desk desk = new Desk(folder)) {
            final String auth = "Authorization: Bearer " + Desk.PHONE;
            final List<String> doubtful = List.of("Host: a\r\nhost: b", auth, "X: 1\r\n 2", "X: 1\r\n\t", "Content-Length : 5");
            for (final String header : doubtful) {
                try (Caller stranger = new Caller(desk.port())) {
                    assertEquals(400, stranger.ask(Caller.get("/registered", auth, header)), header);
                    assertEquals(0, stranger.status());
                }
            }
            try (Caller phone = new Caller(desk.port())) {
                assertEquals(200, phone.ask(Caller.get("/registered", "Host: a b", auth)), "a host is not looked at");
            }
            assertEquals(doubtful.size(), desk.receiver().totals().badRequests());
            assertEquals(1, Desk.told(desk.endAndTail(), "user.").size());
        }
    }

    private static int statusOf(final Caller phone) {
        try {
            return phone.ask(Caller.get("/action/" + Desk.PHONE + "?event=off-hook"));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String basic(final String name, final String token) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((name + ':' + token).getBytes(StandardCharsets.UTF_8));
    }
}
