package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.ops.access.Audit;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.record.RecordLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Phones of a fleet come, are let go when they are silent, and come back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FleetTest {
    private static final String FLEET = "/" + Desk.FLEET + "?user=";
    private static final Duration SILENT = Duration.ofMillis(700);

    @TempDir
    private Path folder;

    @Test
    void shouldLetGoWhoIsSilentAndHasNoSessionAndTakeHimBack() throws Exception {
        try (Desk desk = desk(); Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=incoming-call&call_id=1&remote=102")));
            assertEquals(200, phone.ask(Caller.get(FLEET + "112&event=registered")));
            assertEquals(200, phone.ask(Caller.get(FLEET + "113&event=registered")));
            assertEquals(503, phone.ask(Caller.get(FLEET + "114&event=registered")), "one too many");
            assertNotNull(desk.health("fleet").failure());
            Desk.await(() -> 1 == desk.health("fleet").phones(), () -> desk.health("fleet").toString());
            assertNull(desk.health("fleet").failure());
            assertEquals(200, phone.ask(Caller.get(FLEET + "114&event=registered")), "there is room now");
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=terminated&call_id=1")), "who speaks was kept");
            assertEquals(200, phone.ask(Caller.get(FLEET + "112&event=unregistered")), "who was let go is back");
            Desk.await(() -> 0 == desk.health("fleet").phones(), () -> desk.health("fleet").toString());
            final List<Map<String, Object>> events = desk.endAndTail();
            assertEquals(List.of("call.delivered 111", "call.cleared 111"), Desk.told(events, "call.", "localUser"));
            assertEquals(List.of("user.logged-in 112", "user.logged-in 113", "user.logged-in 114", "user.logged-out 112"),
                Desk.told(events, "user.", "localUser"), "nobody is logged out by being let go");
            assertEquals(List.of("source.up", "source.down", "source.up", "source.down"), events.stream()
                .filter(event -> event.get("source").toString().matches(".*fleet(/|%2F)112"))
                .map(event -> event.get("type").toString()).filter(type -> type.startsWith("source.")).toList());
        }
    }

    @Test
    void shouldSayWhatTheRouterSaysWhenItsRoomIsWhatLacks() throws Exception {
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context.sourceCapacity(1));
             Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=registered")));
            assertEquals(503, phone.ask(Caller.get(FLEET + "112&event=registered")));
            assertEquals(503, phone.ask(Caller.get(FLEET + "113&event=registered")));
            final String router = desk.health("fleet").failure();
            assertNotNull(router);
            assertEquals(503, phone.ask(Caller.get(FLEET + "114&event=registered")));
            assertEquals("more than 3 phones; the router: " + router, desk.health("fleet").failure());
        }
    }

    @Test
    void shouldTellItselfWhatWasLostWhenTheRouterTakesThePhoneAgain() throws Exception {
        final AtomicInteger gaps = new AtomicInteger();
        final EventDecoder event = new EventDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context.tap((block, record) -> {
            event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), header);
            gaps.addAndGet(EventType.SOURCE_GAP == event.eventType() ? 1 : 0);
        })); Caller phone = new Caller(desk.port()); Caller other = new Caller(desk.port())) {
            assertEquals(200, other.ask(Caller.get("/" + Desk.PHONE + "/registered")));
            desk.journal().full(true);
            other.say(Caller.get("/" + Desk.PHONE + "/unregistered"));
            Desk.await(() -> 2 == desk.health("phone-1").requests(), () -> "not heard");
            for (int i = 0; i < 3; i++) {
                // one that the router was asked for a moment too soon waits in vain
                assertEquals(503, phone.ask(Caller.get(FLEET + "11" + i + "&event=registered")));
                assertEquals(503, phone.ask(Caller.get(FLEET + "11" + i + "&event=registered")));
            }
            Desk.await(() -> 0 == desk.health("fleet").phones(), () -> "whom the router does not have keeps a place");
            desk.journal().full(false);
            Desk.await(() -> 3 == gaps.get(), () -> gaps + " of three are told of");
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=registered")));
            assertEquals(6, desk.health("fleet").lost());
            assertEquals(3, desk.endAndTail().stream().filter(told -> "source.gap".equals(told.get("type"))).map(told -> told.get("source"))
                .distinct().count(), "one of each phone");
        }
    }

    @Test
    void shouldKeepNoPlaceForPhonesThatTheRouterHasNoRoomFor() throws Exception {
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context.sourceCapacity(2));
             Caller phone = new Caller(desk.port())) {
            assertEquals(200, phone.ask(Caller.get("/" + Desk.PHONE + "/registered")));
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=registered")));
            for (int i = 112; i < 120; i++) {
                final String request = Caller.get(FLEET + i + "&event=registered");
                final String answer = phone.say(request).answer();
                assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 1\r\n"), answer);
                Desk.await(() -> 1 == desk.health("fleet").phones(), () -> desk.health("fleet").toString());
            }
            assertEquals(200, phone.ask(Caller.get(FLEET + "111&event=unregistered")), "who is there stays there");
            assertEquals(8, desk.health("fleet").lost());
        }
    }

    private Desk desk() {
        return new Desk(folder, Desk.LIMITS, null, context -> context.follower(FollowerSettings.defaults()), Audit.NONE, SILENT);
    }
}
