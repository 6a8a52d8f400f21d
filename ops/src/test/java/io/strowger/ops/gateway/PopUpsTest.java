package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PopUpsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldOpenAPopUpForWhoIsCalledAndSayWhatBecomesOfTheCall() {
        try (LiveGateway gateway = open(); EventSource popUps = new EventSource(gateway, "/pop-ups", LiveGateway.OWNER, null)) {
            gateway.feed(facts("01-answered-call"));
            final List<EventSource.Message> said = popUps.take(3);
            assertEquals(List.of("open", "answered", "closed"), said.stream().map(message -> message.data().getString("event")).toList());
            final JsonObject open = said.get(0).data();
            assertEquals("102 101 Alice Adams",
                open.getString("user") + " " + open.getString("caller") + " " + open.getString("callerName"));
            assertEquals("https://crm.example/1/102?caller=101&name=Alice%20Adams&call=" + open.getString("callId"), open.getString("url"));
            assertEquals(List.of("event", "user", "url", "caller", "callerName", "callId", "sessionId"),
                List.copyOf(open.fieldNames()));
            said.forEach(message -> assertEquals(open.getString("sessionId"), message.data().getString("sessionId")));
            try (EventSource again = new EventSource(gateway, "/pop-ups", LiveGateway.OWNER, said.get(0).id())) {
                assertEquals(said.subList(1, 3).stream().map(EventSource.Message::id).toList(),
                    again.take(2).stream().map(EventSource.Message::id).toList(), "goes on behind the last one");
            }
            assertTrue(popUps.isQuiet(), "nothing for who calls");
        }
    }

    @Test
    void shouldTakeTheFirstPopUpThatIsForAUserAndTellNobodyOfOthers() {
        try (LiveGateway gateway = open();
            EventSource all = new EventSource(gateway, "/pop-ups?user=102&user=103", LiveGateway.OWNER, null);
            EventSource desk = new EventSource(gateway, "/pop-ups", LiveGateway.ONLY_102, null);
            EventSource other = new EventSource(gateway, "/pop-ups", LiveGateway.OTHER_TENANT, null)) {
            // 101 calls 102, who passes the call to 103
            gateway.feed(facts("06-blind-transfer"));
            JsonObject said = all.take().data();
            while (!"103".equals(said.getString("user"))) {
                assertEquals("102", said.getString("user"));
                said = all.take().data();
            }
            assertEquals("https://all.example/" + said.getString("sessionId"), said.getString("url"));
            JsonObject last = desk.take().data();
            while (!"closed".equals(last.getString("event"))) {
                assertTrue(last.getString("url").startsWith("https://crm.example/1/102?"), last.encode());
                last = desk.take().data();
            }
            assertTrue(desk.isQuiet() && other.isQuiet());
            final String refused = gateway.get("/pop-ups?user=101", LiveGateway.ONLY_102).body();
            assertTrue(refused.contains("does not read user 101"), refused);
            assertTrue(gateway.get("/pop-ups?type=call", LiveGateway.OWNER).body().contains("there are after, ticket, user"));
        }
    }

    @Test
    void shouldOpenByATicketAsABrowserDoes() {
        try (LiveGateway gateway = open()) {
            final String ticket = new JsonObject(gateway.post("/tickets", LiveGateway.OWNER, "").body()).getString("ticket");
            try (EventSource popUps = new EventSource(gateway, "/pop-ups?ticket=" + ticket, null, null)) {
                gateway.feed(facts("02-busy"));
                assertEquals("102", popUps.take().data().getString("user"));
            }
        }
    }

    private LiveGateway open() {
        return new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }

    private List<UnsafeBuffer> facts(final String capture) {
        return CapturedFacts.of(folder.resolve("captures"), List.of(new Capture(capture)));
    }
}
