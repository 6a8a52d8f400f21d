package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.ops.access.Audit;
import io.strowger.router.follower.FollowerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    private Desk desk() {
        return new Desk(folder, Desk.LIMITS, null, context -> context.follower(FollowerSettings.defaults()), Audit.NONE, SILENT);
    }
}
