package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.follower.FollowerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones count their calls from the start again: no call is lost by that, and none is mixed up with another. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallIdsTest {
    private static final List<String> WHOLE = List.of("call.delivered", "call.established", "call.cleared");

    @TempDir
    private Path folder;

    @Test
    void shouldTellCallWhoseIdWasUsedBeforeTheServerStartedAnew() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            call(phone, "1", "102");
        }
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            call(phone, "1", "103");
            assertEquals(List.of("call.delivered 102", "call.established 102", "call.cleared 102", "call.delivered 103",
                "call.established 103", "call.cleared 103"), Desk.told(desk.endAndTail(), "call.", "remoteParty"));
        }
    }

    @Test
    void shouldTellCallWhoseIdWasUsedManyCallsBefore() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            for (int round = 0; round < 2; round++) {
                for (int i = 1; i <= 50; i++) {
                    call(phone, Integer.toString(i), "102");
                }
            }
            final List<Map<String, Object>> events = desk.endAndTail();
            final List<String> told = Desk.told(events, "call.");
            assertEquals(300, told.size());
            for (int i = 0; i < told.size(); i += WHOLE.size()) {
                assertEquals(WHOLE, told.subList(i, i + WHOLE.size()));
            }
            assertEquals(100, Desk.told(events, "call.", "sessionId").stream().map(each -> each.split(" ", 2)[1]).distinct().count());
        }
    }

    @Test
    void shouldTellCallBehindStrayEndOfItsId() throws Exception {
        try (Desk desk = new Desk(folder); Caller phone = new Caller(desk.port())) {
            say(phone, "event=terminated&call_id=1");
            call(phone, "1", "102");
            assertEquals(WHOLE, Desk.told(desk.endAndTail(), "call."));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndCallThatBeganBeforeTheServerStartedAnew(final boolean isFollowed) throws Exception {
        try (Desk desk = desk(isFollowed); Caller phone = new Caller(desk.port())) {
            call(phone, "1", "102");
            say(phone, "event=incoming&call_id=1&remote=103");
            say(phone, "event=established&call_id=1");
            say(phone, "event=incoming&remote=104");
        }
        try (Desk desk = desk(isFollowed); Caller phone = new Caller(desk.port())) {
            say(phone, "event=established&remote=104");
            say(phone, "event=terminated&call_id=1");
            say(phone, "event=terminated&remote=104");
            call(phone, "1", "105");
            assertEquals(List.of("call.delivered 103", "call.established 103", "call.delivered 104", "call.established 104",
                "call.cleared 103", "call.cleared 104", "call.delivered 105", "call.established 105", "call.cleared 105"),
                Desk.told(desk.endAndTail(), "call.", "remoteParty").subList(WHOLE.size(), 12));
        }
    }

    private Desk desk(final boolean isFollowed) {
        return new Desk(folder, Desk.LIMITS, null, context -> isFollowed ? context.follower(FollowerSettings.defaults()) : context);
    }

    private static void call(final Caller phone, final String id, final String remote) throws IOException {
        say(phone, "event=incoming&call_id=" + id + "&remote=" + remote);
        say(phone, "event=established&call_id=" + id);
        say(phone, "event=terminated&call_id=" + id);
    }

    private static void say(final Caller phone, final String event) throws IOException {
        assertEquals(200, phone.ask(Caller.get("/action/" + Desk.PHONE + "?" + event)));
    }
}
