package io.strowger.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.json.Rfc3339;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private static final long TIME_NS = 1_795_624_196_513_000_042L;
    private static final String EVENT = "{\"op\":\"event\",\"id\":\"s\",\"event\":{\"specversion\":\"1.0\","
        + "\"id\":\"aKReIN3S0Fqe29xw2XH_uw\",\"source\":\"/pbx-1\",\"type\":\"call.delivered\","
        + "\"subject\":\"\\\"time\\\":\\\"\",\"time\":\"TIME\",\"data\":{\"sequence\":4711,"
        + "\"tenant\":1,\"kind\":\"session\",\"media\":\"call\",\"sessionId\":\"5f2a\"}}}";

    @Test
    void shouldFindWhatItNeedsInAnEvent() {
        for (final long part : new long[] {0, 42, 42_000, 999_999_999}) {
            final long timeNs = TIME_NS - TIME_NS % 1_000_000_000 + part;
            final String event = EVENT.replace("TIME", Rfc3339.format(timeNs));
            final int id = EventScan.id(event);
            assertEquals("aKReIN3S0Fqe29xw2XH_uw", event.substring(id, id + 22));
            assertEquals(1_234_567, EventScan.ageNs(event, id, timeNs + 1_234_567));
            assertEquals(-5, EventScan.ageNs(event, id, timeNs - 5));
            assertEquals(4711, EventScan.sequence(event, id));
            assertEquals("session", EventScan.text(event, "kind", id));
            assertEquals("5f2a", EventScan.text(event, "sessionId", id));
            assertEquals("call.delivered", EventScan.text(event, "type", id));
            assertNull(EventScan.text(event, "callId", id));
        }
        assertThrows(IllegalArgumentException.class, () -> EventScan.id("{\"op\":\"pong\"}"));
    }

    @Test
    void shouldKnowTheAgeOfAnEventAroundMidnight() {
        final long midnightNs = 1_795_651_200_000_000_000L;
        final String event = EVENT.replace("TIME", Rfc3339.format(midnightNs - 1_000_000));
        assertEquals(3_000_000, EventScan.ageNs(event, 0, midnightNs + 2_000_000));
    }

    @Test
    void shouldHaveAnotherFoldForAHoleARepeatAndAnotherOrder() {
        final Fold right = fold("a1", "b2", "c3");
        assertTrue(right.isLike(fold("a1", "b2", "c3")));
        assertFalse(right.isLike(fold("a1", "c3")));
        assertFalse(right.isLike(fold("a1", "b2", "b2", "c3")));
        assertFalse(right.isLike(fold("b2", "a1", "c3")));
        assertFalse(right.isLike(fold("a1", "b2", "c4")));
    }

    @Test
    void shouldKeepTheSessionsThatAreOpen() {
        final Fold fold = new Fold(true);
        fold.session("x", "call.initiated");
        fold.session("y", "call.initiated");
        fold.session("x", "call.established");
        fold.session("y", "call.cleared");
        assertEquals(Set.of("x"), fold.open());
    }

    @Test
    void shouldSpreadSubscribersOverTenantsAndUsers() {
        final ServerSettings settings = new ServerSettings(1_000, 10, 1, 100, 30);
        for (int tenant = 1; tenant <= ServerSettings.TENANTS; tenant++) {
            final Set<Integer> users = new TreeSet<>();
            for (int i = ServerSettings.SEE_ALL; i < settings.clients(); i++) {
                if (tenant == ServerSettings.tenant(i)) {
                    users.add(settings.user(i));
                }
            }
            assertEquals(100, users.size(), "of tenant " + tenant);
        }
        assertEquals(-1, settings.user(ServerSettings.SEE_ALL - 1));
        assertEquals(settings, ServerSettings.of(settings.arguments().toArray(new String[0])));
    }

    private static Fold fold(final String... ids) {
        final Fold fold = new Fold(false);
        for (final String id : ids) {
            fold.add(id, 0, id.length());
        }
        return fold;
    }
}
