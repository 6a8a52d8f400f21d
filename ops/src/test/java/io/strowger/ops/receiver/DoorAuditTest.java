package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.receiver.way.EarlyRoom;
import io.strowger.ops.receiver.way.WayContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes to the door is kept, and a flood of them does not fill what is kept. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorAuditTest {
    private static final int FLOOD = 1_000;

    @TempDir
    private Path folder;

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final Audit audit = (kind, who, address, text) ->
        kept.add(kind + " " + (null == who ? "nobody" : who.name()) + " " + address + " " + text);

    @Test
    void shouldKeepWhoWasLetInAndWhoWasNotAndWhy() throws Exception {
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context, audit, PhoneSettings.SILENT_DEFAULT)) {
            try (Caller phone = new Caller(desk.port())) {
                assertEquals(401, phone.ask(Caller.get("/registered")), "asked for his password");
                assertEquals(200, phone.ask(Caller.get("/registered", basic("phone-1"))));
                assertEquals(200, phone.ask(Caller.get("/unregistered", basic("phone-1"))));
                assertEquals(401, phone.ask(Caller.get("/registered", basic("phone-2"))));
                assertEquals(401, phone.ask(Caller.get("/sw_wrong/registered")));
                assertEquals(403, phone.ask(Caller.get("/" + Desk.FLEET + "/registered?user=211")));
                assertEquals(401, phone.ask(Caller.get("/registered")));
                assertEquals(401, phone.ask(Caller.get("/registered")));
            }
            Desk.await(desk.receiver().stop());
            assertEquals(4, desk.receiver().gate().refused());
            assertEquals("127.0.0.1", desk.receiver().gate().lastRefused());
        }
        assertEquals(List.of(
            "ADMITTED 1/phone-1 127.0.0.1 source, HTTP",
            "REFUSED nobody 127.0.0.1 a token of 1/phone-1, under another name",
            "REFUSED nobody 127.0.0.1 a token that is none, or none any more",
            "ADMITTED 1/fleet 127.0.0.1 source, HTTP",
            "REFUSED 1/fleet 127.0.0.1 1/fleet: names no user that it may",
            "REFUSED nobody 127.0.0.1 no token, 2 times"), kept);
    }

    @Test
    void shouldNoteFloodFromOneAddressOnce() {
        final AccessGate gate = new AccessGate(Credentials.builder().build(), () -> 1, audit);
        final DoorAudit door = new DoorAudit(gate);
        for (int i = 0; i < FLOOD; i++) {
            door.asks("192.0.2.1", "no token", i);
        }
        door.tick(DoorAudit.ASKED_NS - 1);
        assertTrue(kept.isEmpty());
        door.tick(DoorAudit.ASKED_NS);
        assertEquals(List.of("REFUSED nobody 192.0.2.1 no token, 1000 times"), kept);
        assertEquals(FLOOD, gate.refused());
    }

    @Test
    void shouldRememberSoManyAddressesOnly() {
        final DoorAudit door = new DoorAudit(new AccessGate(Credentials.builder().build(), () -> 1, audit));
        for (int i = 0; i < 10_001; i++) {
            door.asks("192.0.2." + i, "no token", 0);
        }
        assertEquals(List.of("REFUSED nobody 192.0.2.0 no token"), kept, "the oldest is noted at once");
    }

    @Test
    void shouldNoteSourceOnceAnHourFromEachAddress() {
        final DoorAudit door = new DoorAudit(new AccessGate(Credentials.builder().build(), () -> 1, audit));
        final SourceEntry entry = new SourceEntry(new WayContext(null, null, 1, new EarlyRoom(1)),
            new ReceivedSource("proxy", 3, null, 64, null), 512);
        for (int i = 0; i < FLOOD; i++) {
            door.admitted(entry, "192.0.2.1", 1);
        }
        door.admitted(entry, "192.0.2.2", 1);
        door.admitted(entry, "192.0.2.1", 1 + DoorAudit.AGAIN_NS);
        assertEquals(List.of("ADMITTED 3/proxy 192.0.2.1 source, HTTP", "ADMITTED 3/proxy 192.0.2.2 source, HTTP",
            "ADMITTED 3/proxy 192.0.2.1 source, HTTP"), kept);
    }

    private static String basic(final String name) {
        return "Authorization: Basic "
            + Base64.getEncoder().encodeToString((name + ':' + Desk.PHONE).getBytes(StandardCharsets.UTF_8));
    }
}
