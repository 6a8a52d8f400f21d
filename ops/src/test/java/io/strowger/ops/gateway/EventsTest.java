package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Credentials;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server-sent events. */
@Timeout(120)
class EventsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowEveryEventOnceAndInOrderAsItHappens() {
        try (LiveGateway gateway = open(); EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
            gateway.feed(facts("02-busy"));
            final List<EventSource.Message> said = until(events, "call.cleared", 2);
            assertEquals(List.of("call.initiated", "call.delivered", "call.updated", "call.cleared", "call.failed", "call.cleared"),
                said.stream().map(EventSource.Message::type).filter(type -> type.startsWith("call.")).toList());
            assertEquals(IntStream.rangeClosed(1, said.size()).boxed().toList(),
                said.stream().map(message -> message.of("sequence")).toList(), "counted from 1");
            said.forEach(message -> assertEquals(message.id(), message.data().getString("id")));
            assertEquals(22, said.get(0).id().length(), "a token");
        }
    }

    @Test
    void shouldGoOnBehindTheLastEventWithoutHoleOrRepeat() {
        final List<String> first = new ArrayList<>();
        final List<String> whole = new ArrayList<>();
        final String middle;
        try (LiveGateway gateway = open()) {
            try (EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
                gateway.feed(facts("06-blind-transfer"));
                until(events, "call.cleared", 3).forEach(message -> whole.add(message.id()));
            }
            middle = whole.get(whole.size() / 2);
            try (EventSource again = new EventSource(gateway, "/events?start=status", LiveGateway.OWNER, middle)) {
                final List<String> rest = whole.subList(whole.indexOf(middle) + 1, whole.size());
                again.take(rest.size()).forEach(message -> first.add(message.id()));
                assertEquals(rest, first);
            }
        }
        try (LiveGateway restarted = open();
            EventSource again = new EventSource(restarted, "/events", LiveGateway.OWNER, middle)) {
            assertEquals(first, again.take(first.size()).stream().map(EventSource.Message::id).toList(), "behind a restart, too");
        }
    }

    @Test
    void shouldRefuseAPositionThatIsNone() {
        try (LiveGateway gateway = open()) {
            final String id;
            try (EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
                gateway.feed(facts("02-busy"));
                id = events.take().id();
            }
            assertProblem(400, "that is no position", gateway.get("/events?after=" + id, LiveGateway.OTHER_TENANT));
            assertProblem(400, "that is no position", gateway.get("/events?after=abc", LiveGateway.OWNER));
            assertProblem(400, "start is now or status, not never", gateway.get("/events?start=never", LiveGateway.OWNER));
            assertProblem(400, "there is no event type call.x", gateway.get("/events?type=call.x", LiveGateway.OWNER));
            assertProblem(400, "no such parameter; there are after, call", gateway.get("/events?users=102", LiveGateway.OWNER));
            assertProblem(400, "no such parameter; there are call, group, user", gateway.get("/status?users=102", LiveGateway.OWNER));
            assertProblem(400, "policy is every, latest or strict", gateway.get("/events?policy=x", LiveGateway.OWNER));
        }
    }

    @Test
    void shouldShowTheStatusAndThenWhatHappensBehindIt() {
        try (LiveGateway gateway = open()) {
            final List<UnsafeBuffer> facts = facts("01-answered-call");
            gateway.feed(facts.subList(0, facts.size() - 4));
            try (EventSource events = new EventSource(gateway, "/events?start=status&type=call", LiveGateway.OWNER, null)) {
                assertEquals("snapshot-begin", events.take().event());
                final List<JsonObject> items = new ArrayList<>();
                EventSource.Message message = events.take();
                while ("status".equals(message.event())) {
                    items.add(message.data());
                    message = events.take();
                }
                assertEquals("snapshot-end", message.event());
                assertEquals(message.id(), message.data().getString("position"), "it can be gone on behind");
                final List<JsonObject> sessions = items.stream().filter(item -> "session".equals(item.getString("kind"))).toList();
                assertFalse(sessions.isEmpty(), items::toString);
                assertTrue(sessions.stream().allMatch(item -> "connected".equals(item.getString("state"))), items::toString);
                gateway.feed(facts.subList(facts.size() - 4, facts.size()));
                final int open = sessions.size();
                assertEquals(sessions.stream().map(item -> item.getString("nativeId")).sorted().toList(),
                    until(events, "call.cleared", open).stream().filter(end -> "call.cleared".equals(end.type()))
                        .map(end -> end.of("nativeId")).sorted().toList());
            }
            final HttpResponse<String> status = gateway.get("/status", LiveGateway.OWNER);
            final List<JsonObject> lines = status.body().lines().map(JsonObject::new).toList();
            assertEquals("position", lines.get(lines.size() - 1).getString("kind"));
            assertTrue(lines.stream().noneMatch(line -> "session".equals(line.getString("kind"))), status::body);
            assertTrue(lines.stream().anyMatch(line -> "source".equals(line.getString("kind"))), status::body);
        }
    }

    @Test
    void shouldShowNothingOfAnotherTenantNorOfUsersThatMayNotBeRead() {
        try (LiveGateway gateway = open();
            EventSource mine = new EventSource(gateway, "/events", LiveGateway.OTHER_TENANT, null);
            EventSource desk = new EventSource(gateway, "/events", LiveGateway.ONLY_102, null)) {
            gateway.feed(facts("02-busy"));
            gateway.hello("theirs", 2);
            final List<EventSource.Message> seen = until(desk, "call.cleared", 1);
            assertTrue(seen.stream().allMatch(message -> "102".equals(message.of("localUser")) || "source".equals(message.of("kind"))),
                seen::toString);
            final EventSource.Message first = mine.take();
            assertEquals("source.up /theirs 1", first.type() + " " + first.data().getString("source") + " " + first.of("sequence"));
            assertTrue(mine.isQuiet());
            assertProblem(403, "does not read user 101", gateway.get("/events?user=101", LiveGateway.ONLY_102));
            final String theirs = gateway.get("/status?user=102", LiveGateway.OTHER_TENANT).body();
            final String nobodys = gateway.get("/status?user=999", LiveGateway.OTHER_TENANT).body();
            assertEquals(withoutPosition(nobodys), withoutPosition(theirs), "a user of another tenant is like none");
            assertProblem(429, "as many streams as it may", gateway.get("/events", LiveGateway.ONLY_102));
        }
    }

    @Test
    void shouldTellNobodyByPositionsWhetherTheJournalHasGrown() {
        try (LiveGateway gateway = open()) {
            final List<UnsafeBuffer> facts = facts("02-busy");
            gateway.feed(facts.subList(0, facts.size() / 2));
            final Set<String> positions = new LinkedHashSet<>();
            for (int i = 0; i < 3; i++) {
                if (2 == i) {
                    gateway.hello("theirs", 2);
                }
                final List<JsonObject> lines = gateway.get("/status", LiveGateway.OWNER).body().lines().map(JsonObject::new).toList();
                positions.add(lines.get(lines.size() - 1).getString("position"));
                try (EventSource events = new EventSource(gateway, "/events?start=status", LiveGateway.OWNER, null)) {
                    positions.add(events.take().data().getString("position"));
                    EventSource.Message message = events.take();
                    while (!"snapshot-end".equals(message.event())) {
                        message = events.take();
                    }
                    positions.add(message.id());
                }
            }
            assertEquals(9, positions.size(), "never twice alike");
            final Set<String> next = new LinkedHashSet<>();
            gateway.feed(facts.subList(facts.size() / 2, facts.size()));
            for (final String position : positions) {
                assertEquals(400, gateway.get("/events?after=" + position, LiveGateway.OTHER_TENANT).statusCode());
                try (EventSource events = new EventSource(gateway, "/events?after=" + position, LiveGateway.OWNER, null)) {
                    next.add(events.take().id());
                }
            }
            assertEquals(1, next.size(), "the same event behind each, and it has the same id each time");
        }
    }

    @Test
    void shouldLetNobodyInWithoutATokenThatIsGood() {
        try (LiveGateway gateway = open()) {
            assertProblem(401, "show a token", gateway.get("/events", null));
            assertProblem(401, "show a token", gateway.get("/status", LiveGateway.EXPIRED));
            assertProblem(403, "does not operate", gateway.get("/operator/streams", LiveGateway.ONLY_102));
            assertEquals("0", gateway.get("/operator/streams", LiveGateway.OWNER).body());
            assertEquals("ready\n", gateway.get("/health/ready", null).body());
            assertProblem(404, "there is nothing here", gateway.get("/nothing", LiveGateway.OWNER));
            int refused = 0;
            while (429 != gateway.get("/events", "wrong").statusCode()) {
                refused++;
                assertTrue(refused < 20, "never held off");
            }
            assertEquals("live\n", gateway.get("/health/live", null).body());
        }
    }

    @Test
    void shouldEndTheStreamWhenItsTokenIsTakenBack() {
        try (LiveGateway gateway = open(); EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
            gateway.gate().replace(LiveGateway.credentials());
            gateway.feed(facts("02-busy"));
            until(events, "call.cleared", 2);
            gateway.gate().replace(Credentials.builder().build());
            EventSource.Message end = events.take();
            while ("message".equals(end.event())) {
                end = events.take();
            }
            assertEquals("end 401", end.event() + " " + end.data().getInteger("status"));
        }
    }

    @Test
    void shouldOpenAStreamByATicketOnce() {
        try (LiveGateway gateway = open()) {
            final String ticket = new JsonObject(gateway.post("/tickets", LiveGateway.OWNER, "").body()).getString("ticket");
            try (EventSource events = new EventSource(gateway, "/events?ticket=" + ticket, null, null)) {
                gateway.feed(facts("02-busy"));
                assertFalse(until(events, "call.cleared", 2).isEmpty());
            }
            assertProblem(401, "show a token", gateway.get("/events?ticket=" + ticket, null));
        }
    }

    private LiveGateway open() {
        return new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }

    private List<UnsafeBuffer> facts(final String... captures) {
        return CapturedFacts.of(folder.resolve("captures"), Stream.of(captures).map(Capture::new).toList());
    }

    private static List<String> withoutPosition(final String status) {
        return status.lines().filter(line -> !line.contains("\"position\"")).toList();
    }

    private static List<EventSource.Message> until(final EventSource events, final String type, final int count) {
        final List<EventSource.Message> messages = new ArrayList<>();
        int met = 0;
        while (met < count) {
            final EventSource.Message message = events.take();
            messages.add(message);
            met += type.equals(message.type()) ? 1 : 0;
        }
        return messages;
    }

    private static void assertProblem(final int status, final String detail, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertTrue(new JsonObject(response.body()).getString("detail").contains(detail), response::body);
    }
}
