package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attended transfer as the server's source tells that it does it: 101 calls 102, 102 calls 103 and sends 101 there.
 */
class EslTransferTest {
    private static final String FIRST = "a1";
    private static final String HELD = "b1";
    private static final String CONSULT = "c2";
    private static final String TARGET = "d1";

    private final StringBuilder stream = new StringBuilder();
    private long timeUs = 1_795_627_792_000_000L;

    @Test
    void shouldTellOneTransferToWhomTheConsultationReached(@TempDir final Path folder) throws IOException {
        inbound("CHANNEL_CREATE", FIRST, "101", "102");
        outbound("CHANNEL_CREATE", HELD, "102", FIRST, "101");
        outbound("CHANNEL_ANSWER", HELD, "102", FIRST, "101", "Answer-State: answered");
        inbound("CHANNEL_ANSWER", FIRST, "101", "102", "Answer-State: answered");
        bridge("CHANNEL_BRIDGE", FIRST, HELD);
        outbound("CHANNEL_HOLD", HELD, "102", FIRST, "101");
        inbound("CHANNEL_CREATE", CONSULT, "102", "103");
        outbound("CHANNEL_CREATE", TARGET, "103", CONSULT, "102");
        outbound("CHANNEL_ANSWER", TARGET, "103", CONSULT, "102", "Answer-State: answered");
        inbound("CHANNEL_ANSWER", CONSULT, "102", "103", "Answer-State: answered");
        bridge("CHANNEL_BRIDGE", CONSULT, TARGET);
        bridge("CHANNEL_UNBRIDGE", FIRST, HELD);
        bridge("CHANNEL_UNBRIDGE", CONSULT, TARGET);
        bridge("CHANNEL_BRIDGE", FIRST, TARGET);
        inbound("CALL_UPDATE", FIRST, "101", "102", "Sent-Callee-ID-Number: 103");
        outbound("CALL_UPDATE", TARGET, "103", FIRST, "102", "Sent-Callee-ID-Number: 101");
        outbound("CHANNEL_HANGUP", HELD, "102", FIRST, "101", "Hangup-Cause: NORMAL_CLEARING", "variable_transfer_to: att%3Ad1",
            "variable_bridge_uuid: a1", "Caller-Channel-Answered-Time: 1");
        inbound("CHANNEL_HANGUP", CONSULT, "102", "103", "Hangup-Cause: ATTENDED_TRANSFER");
        inbound("CHANNEL_HANGUP", FIRST, "101", "103", "Hangup-Cause: NORMAL_CLEARING");
        outbound("CHANNEL_HANGUP", TARGET, "103", FIRST, "101", "Hangup-Cause: NORMAL_CLEARING", "Caller-Channel-Answered-Time: 1");

        final List<Event> events = EslStoriesTest.events(
            List.of(Files.writeString(folder.resolve("rx.raw"), stream, StandardCharsets.UTF_8)), folder);
        assertEquals(List.of("101 a1 by=102 to=103"), events.stream().filter(event -> "call.transferred".equals(event.type()))
            .map(event -> event.text("localUser") + " " + event.text("nativeId") + " by=" + event.text("by") + " to=" + event.text("to"))
            .toList());
        assertEquals(List.of("102 b1 101", "102 c2 103", "101 a1 103", "103 d1 101"), events.stream()
            .filter(event -> "call.cleared".equals(event.type()))
            .map(event -> event.text("localUser") + " " + event.text("nativeId") + " " + event.text("remoteParty")).toList());
    }

    private void inbound(final String event, final String leg, final String user, final String dialled, final String... more) {
        leg(event, leg, user, "Call-Direction: inbound", "Channel-Call-UUID: " + leg, "Caller-Caller-ID-Number: " + user,
            "Caller-Destination-Number: " + dialled, "CHANNEL_CREATE".equals(event) ? "" : "Caller-Callee-ID-Number: " + dialled,
            String.join("\n", more));
    }

    private void outbound(
        final String event, final String leg, final String user, final String other, final String caller, final String... more) {
        leg(event, leg, user, "Call-Direction: outbound", "Channel-Call-UUID: " + other, "Other-Leg-Unique-ID: " + other,
            "Caller-Caller-ID-Number: " + caller, "Caller-Callee-ID-Number: " + user, String.join("\n", more));
    }

    private void bridge(final String event, final String first, final String second) {
        leg(event, first, "", "Call-Direction: inbound", "Bridge-A-Unique-ID: " + first, "Bridge-B-Unique-ID: " + second);
    }

    private void leg(final String event, final String leg, final String user, final String... more) {
        timeUs += 100_000;
        final StringBuilder body = new StringBuilder("Event-Name: " + event + "\nCore-UUID: core\nEvent-Date-Timestamp: " + timeUs
            + "\nUnique-ID: " + leg + "\nChannel-Name: sofia/internal/" + user + "%40h\n");
        for (final String line : more) {
            body.append(line.isEmpty() ? "" : line + "\n");
        }
        stream.append("Content-Length: ").append(body.length() + 1).append("\nContent-Type: text/event-plain\n\n").append(body)
            .append('\n');
    }
}
