package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.RejectReason;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the router refuses is never answered as taken. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RefusedFactTest {
    private static final int USERS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BAD_CODE, 422", "CAPACITY, 503"})
    void shouldSayThatAFactIsRefusedWhenAdmissionRefusesIt(final RejectReason reason, final int status) throws Exception {
        final AdmissionWalk walk = new AdmissionWalk(TemplateSet.forSources());
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context.admission((buffer, offset, length) -> {
            final int wrong = walk.check(buffer, offset, length);
            return 0 == wrong && RegistrationDecoder.TEMPLATE_ID == SignalLayout.templateId(buffer, offset) ? reason.value() : wrong;
        })); Caller phone = new Caller(desk.port())) {
            final String path = "/" + Desk.PHONE;
            assertEquals(status, phone.ask(Caller.get(path + "/registered")));
            assertEquals(200, phone.ask(Caller.get(path + "?event=incoming&call_id=1&remote=102")), "goes on");
            assertEquals(status, phone.ask(Caller.get(path + "/registered")));
            assertEquals(2, desk.health("phone-1").refused());
            assertEquals(1, Desk.told(desk.endAndTail(), "call.").size());
        }
    }

    @Test
    void shouldSayThatAFactIsRefusedWhenTheFoldHasNoRoomForIt() throws Exception {
        try (Desk desk = new Desk(folder, Desk.LIMITS, null, context -> context.userCapacity(USERS));
             Caller proxy = new Caller(desk.port())) {
            int refused = 0;
            for (int i = 0; i < 4 * USERS; i++) {
                final String user = Integer.toString(100 + i);
                final int status = proxy.ask(Caller.post("/" + Desk.PROXY, "{\"event\":\"message\",\"callid\":\"c" + i
                    + "\",\"from\":\"sip:" + user + "@h\",\"to\":\"sip:" + user + "@h\"}"));
                refused += 503 == status ? 1 : 0;
            }
            final int taken = Desk.told(desk.endAndTail(), "message.sent").size();
            assertEquals(4 * USERS, taken + refused);
            assertTrue(refused > 0 && taken > 0, taken + " of them");
        }
    }
}
