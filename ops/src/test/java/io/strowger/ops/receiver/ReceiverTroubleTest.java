package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is slow, breaks off, sends rubbish or comes too often harms nobody but himself; no room is told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiverTroubleTest {
    private static final int STRANGERS = 150;
    private static final int CALLERS = 100;
    private static final int IN_A_ROW = 14;
    private static final long DRIP_NS = 40_000_000;
    private static final ReceiverLimits IMPATIENT = new ReceiverLimits(200, 200, 100, 4_096, Duration.ofSeconds(5), Duration.ofSeconds(20),
        Duration.ofMillis(250));

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingOfPhoneWhenOthersSendRubbish() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            for (int i = 0; i < STRANGERS; i++) {
                try (Caller stranger = new Caller(desk.port())) {
                    stranger.say(rubbish(random));
                    assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + (0 == i % 2 ? "/registered" : "/unregistered"))),
                        () -> "seed " + seed);
                    if (random.nextBoolean()) {
                        stranger.reset();
                    }
                } catch (final IOException e) {
                    // it was shown the door while it spoke
                    assertTrue(null != e.getMessage(), "seed " + seed);
                }
            }
            assertEquals(STRANGERS, Desk.told(desk.endAndTail(), "user.").size(), "seed " + seed);
        }
    }

    @Test
    void shouldEndWhoIsTooSlow() throws Exception {
        try (Desk desk = new Desk(folder); Caller dripping = new Caller(desk.port()); Caller silent = new Caller(desk.port())) {
            final String request = Caller.get("/action/" + Desk.PHONE + "/registered?" + "x".repeat(2_000));
            final long beganNs = System.nanoTime();
            int said = 0;
            while (0 == desk.receiver().totals().badRequests()) {
                assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(15), "still let on");
                dripping.say(request.substring(said, said + 1));
                said++;
                LockSupport.parkNanos(DRIP_NS);
            }
            assertEquals(408, dripping.status());
            assertEquals(0, silent.status(), "who says nothing is not waited for either");
            assertEquals(0, desk.health("phone-1").requests());
        }
    }

    @Test
    void shouldTakeNothingOfRequestThatIsBrokenOff() throws Exception {
        try (Desk desk = new Desk(folder)) {
            final String whole = message(0);
            for (int at = 1; at < whole.length(); at += 7) {
                try (Caller proxy = new Caller(desk.port())) {
                    proxy.say(whole.substring(0, at));
                    proxy.reset();
                }
            }
            try (Caller proxy = new Caller(desk.port())) {
                assertEquals(200, proxy.ask(whole));
            }
            assertEquals(1, desk.health("proxy-1").requests());
            assertEquals(List.of("message.sent 101"), Desk.told(desk.endAndTail(), "message.", "localUser"));
        }
    }

    @Test
    void shouldTurnAwayConnectionsThatAreTooMany() throws Exception {
        try (Desk desk = new Desk(folder)) {
            final List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < Desk.LIMITS.perAddress(); i++) {
                callers.add(new Caller(desk.port()));
                assertEquals(200, callers.get(i).ask(Caller.get("/" + Desk.PHONE + "/registered")));
            }
            try (Caller oneMore = new Caller(desk.port())) {
                assertEquals(0, oneMore.status());
            }
            assertEquals(1, desk.receiver().totals().turnedAway());
            callers.get(0).close();
            Desk.await(() -> 200 == fresh(desk), () -> "a place is not given back");
            for (final Caller caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void shouldHaveThoseGiveWayWhoSayNothingOrAreNotKnown() throws Exception {
        try (Desk desk = new Desk(folder); Caller known = new Caller(desk.port())) {
            assertEquals(200, known.ask(Caller.get("/" + Desk.PHONE + "/registered")));
            final List<Caller> strangers = new ArrayList<>();
            for (int i = 0; i < 2 * Desk.LIMITS.perAddress(); i++) {
                strangers.add(new Caller(desk.port()));
                if (0 == i % 2) {
                    assertEquals(401, strangers.get(i).ask(Caller.get("/")));
                }
            }
            assertEquals(200, fresh(desk), "a newcomer has room");
            assertEquals(200, known.ask(Caller.get("/" + Desk.PHONE + "/registered")), "who is known gives way to nobody");
            assertEquals(0, strangers.get(0).status(), "the first has gone");
            assertEquals(401, strangers.get(strangers.size() - 1).ask(Caller.get("/")), "the last has not");
            for (final Caller stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoRoomAndKnowRepeats() throws Exception {
        final StandStill stop = new StandStill();
        try (Desk desk = new Desk(folder, IMPATIENT, null, stop)) {
            try (Caller phone = new Caller(desk.port())) {
                assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "/registered")));
                assertEquals(200, phone.ask(message(0)));
            }
            stop.begin();
            final List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(new Caller(desk.port()));
                for (int j = 0; j < IN_A_ROW; j++) {
                    callers.get(i).say(Caller.get("/" + Desk.PHONE + (0 == j % 2 ? "/unregistered?n=" : "/registered?n=") + i + '-' + j));
                }
            }
            Desk.await(() -> desk.health("phone-1").lost() > 0, () -> "all had room: " + desk.health("phone-1"));
            try (Caller proxy = new Caller(desk.port())) {
                assertEquals(503, proxy.ask(message(1)), "not known in time");
            }
            int refused = 0;
            for (final Caller caller : callers) {
                for (int j = 0; j < IN_A_ROW; j++) {
                    refused += 503 == caller.status() ? 1 : 0;
                }
                caller.close();
            }
            // those of the block behind which the router stood still were in the journal
            assertTrue(refused > CALLERS, () -> desk.health("phone-1").toString());
            stop.end();
            Desk.await(() -> 200 == fresh(desk), () -> "still no room");
            try (Caller again = new Caller(desk.port())) {
                Desk.await(() -> 200 == asked(again, message(1)), () -> "the same again");
                final long repeats = desk.health("proxy-1").repeats();
                assertTrue(repeats > 0, "it is known");
                assertEquals(200, again.ask(message(1)), "and said once more, though that was told");
                assertEquals(repeats, desk.health("proxy-1").repeats());
                assertEquals(200, again.ask(Caller.get("/action/" + Desk.PHONE + "/registered")));
            }
            final List<Map<String, Object>> events = desk.endAndTail();
            assertEquals(3, Desk.told(events, "message.sent").size());
            assertTrue(Desk.told(events, "source.gap").size() >= 1, "told what there was no room for");
        }
    }

    private static String message(final int number) {
        return Caller.post("/" + Desk.PROXY, "{\"event\":\"message\",\"callid\":\"c" + number
            + "\",\"from\":\"sip:101@h\",\"to\":\"sip:102@h\"}");
    }

    private static int asked(final Caller caller, final String request) {
        try {
            return caller.ask(request);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int fresh(final Desk desk) {
        try (Caller caller = new Caller(desk.port())) {
            return caller.ask(Caller.get("/" + Desk.PHONE + "/registered"));
        } catch (final IOException e) {
            return 0;
        }
    }

    private static byte[] rubbish(final Random random) {
        final byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            final byte[] start = "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\nAuthorization: Basic ".getBytes(
                StandardCharsets.US_ASCII);
            System.arraycopy(start, 0, bytes, 0, Math.min(start.length, bytes.length));
        }
        return bytes;
    }
}
