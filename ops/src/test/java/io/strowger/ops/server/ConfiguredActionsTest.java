package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.connector.AmiServer;
import io.strowger.ops.connector.EslServer;
import io.strowger.ops.connector.ScriptedPbx;
import io.strowger.ops.connector.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An action that is asked of a server becomes the command that its configuration says. */
@Timeout(120)
class ConfiguredActionsTest {
    private static final long DEADLINE_S = 30;
    private static final long LOOK_MS = 20;
    private static final String RUN = "5ea302ca-021b-4409-b4ef-4e04797af045";
    /** What each command is answered with, so that the action has its end at once. */
    private static final String SEEN = "seen";

    @TempDir
    private Path folder;
    private int asked;

    @Test
    void shouldWriteManagerCommandsAsTheyAreConfigured() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(ConfiguredActionsTest::asterisk);
             OperatedServer server = new OperatedServer(folder, 0, """
                 sources:
                   - name: pbx-1
                     tenant: 1
                     dialect: ami
                     connect:
                       address: "127.0.0.1:PORT"
                       login: {user: USER, secret: SECRET}
                       commands: true
                       actions: {context: office, trunk: "PJSIP/{number}@carrier", faxFolder: /srv/fax, ringTimeout: 20,
                                 device: "SIP/{user}", forwardFamily: FW, membership: static, messageTo: "sip:{number}",
                                 messageFrom: "sip:{user}@pbx.example"}
                 """.replace("PORT", Integer.toString(pbx.port())).replace("USER", AmiServer.USER).replace("SECRET", AmiServer.SECRET))) {
            assertEquals("Action: Originate|Channel: PJSIP/5551234@carrier|Application: SendFAX|Data: /srv/fax/invoice-7.tif|"
                + "CallerID: <101>|Timeout: 20000|Async: true", ask(server, pbx, "send-fax", "number", "5551234", "reference",
                "invoice-7.tif"));
            assertEquals("Action: Originate|Channel: SIP/101|Context: office|Exten: 102|Priority: 1|CallerID: <102>|Timeout: 20000|"
                + "Async: true", ask(server, pbx, "generate-call", "number", "102"));
            assertEquals("Action: DBPut|Family: FW|Key: 101|Val: 102", ask(server, pbx, "forward-call", "number", "102"));
            assertEquals("Action: QueuePause|Queue: sales|Interface: SIP/101|Paused: false",
                ask(server, pbx, "group-log-in", "group", "sales"));
            assertEquals("Action: MessageSend|To: sip:102|From: sip:101@pbx.example|Body: hi",
                ask(server, pbx, "send-sms", "number", "102", "text", "hi"));
            assertEquals(List.of(), pbx.faults());
        }
    }

    @Test
    void shouldWriteEventSocketCommandsAsTheyAreConfigured() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(ConfiguredActionsTest::freeSwitch);
             OperatedServer server = new OperatedServer(folder, 0, """
                 sources:
                   - name: pbx-1
                     tenant: 1
                     dialect: esl
                     connect:
                       address: "127.0.0.1:PORT"
                       login: {secret: SECRET}
                       commands: true
                       actions: {domain: pbx.example, context: office, dialplan: LUA, trunk: "sofia/gateway/carrier/{number}",
                                 faxFolder: /srv/fax, ringTimeout: 20, forwardRealm: fw, queue: "{group}@q", agent: "{user}@agents",
                                 messageProtocol: sms}
                 """.replace("PORT", Integer.toString(pbx.port())).replace("SECRET", EslServer.SECRET))) {
            final String ringing = "originate_timeout=20,ignore_early_media=true}";
            assertEquals("bgapi originate {origination_uuid=ID,origination_caller_id_number=101," + ringing
                + "sofia/gateway/carrier/5551234 &txfax(/srv/fax/invoice-7.tif)", ask(server, pbx, "send-fax", "number", "5551234",
                "reference", "invoice-7.tif"));
            assertEquals("bgapi originate {origination_uuid=ID,origination_caller_id_number=102," + ringing
                + "user/101@pbx.example 102 LUA office", ask(server, pbx, "generate-call", "number", "102"));
            assertEquals("bgapi db insert/fw/101/102", ask(server, pbx, "forward-call", "number", "102"));
            assertEquals("bgapi callcenter_config tier add sales@q 101@agents 1 1", ask(server, pbx, "group-log-in", "group", "sales"));
            assertEquals("bgapi chat sms|101@pbx.example|internal/102@pbx.example|hi|text/plain",
                ask(server, pbx, "send-sms", "number", "102", "text", "hi"));
            assertEquals(List.of(), pbx.faults());
        }
    }

    private static void asterisk(final Wire wire) throws IOException, InterruptedException {
        final boolean isOfEvents = "on".equals(AmiServer.login(wire));
        wire.answering(command -> {
            final String answer = AmiServer.idle(command);
            return null == answer ? "Response: Error\r\nActionID: " + AmiServer.field(command, "ActionID") + "\r\nMessage: " + SEEN
                + "\r\n\r\n" : answer;
        });
        if (isOfEvents) {
            wire.say(AmiServer.booted(1_000));
        }
        wire.awaitGone();
    }

    private static void freeSwitch(final Wire wire) throws IOException, InterruptedException {
        EslServer.login(wire);
        wire.answering(command -> {
            final String id = command.substring(command.lastIndexOf(' ') + 1);
            return command.startsWith("bgapi ") ? "Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + id + "\nJob-UUID: " + id
                + "\n\n" + EslServer.event("BACKGROUND_JOB", RUN, "Job-UUID: " + id + "\nContent-Length: 10\n\n-ERR " + SEEN)
                : EslServer.idle(command, RUN);
        });
        wire.awaitGone();
    }

    /** Asks for user 101 until the call router has been asked; returns what came there, without ids, in one line. */
    private String ask(final OperatedServer server, final ScriptedPbx pbx, final String action, final String... fields) throws Exception {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        final StringBuilder more = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            more.append(",\"").append(fields[i]).append("\":\"").append(fields[i + 1]).append('"');
        }
        String answer = "";
        while (!answer.contains(SEEN)) {
            assertTrue(System.nanoTime() < untilNs, answer);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            asked++;
            answer = server.post("/actions", "{\"key\":\"k-" + asked + "\",\"action\":\"" + action
                + "\",\"sourceName\":\"pbx-1\",\"user\":\"101\"" + more + "}").body();
        }
        final List<String> commands = pbx.wires().stream().flatMap(wire -> wire.commands().stream()).filter(ConfiguredActionsTest::isAction)
            .toList();
        return commands.get(commands.size() - 1).lines().filter(line -> !line.matches("(ActionID|ChannelId|Job-UUID): .*"))
            .collect(Collectors.joining("|")).replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    }

    private static boolean isAction(final String command) {
        return command.startsWith("bgapi ")
            || command.matches("(?s)Action: (Originate|DBPut|QueuePause|QueueAdd|MessageSend)\n.*");
    }
}
