package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.block;
import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.event;
import static io.strowger.ops.pains.Blocks.fields;
import static io.strowger.ops.pains.Blocks.hangup;
import static io.strowger.ops.pains.Blocks.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.status.RouterCounter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State that never closes elsewhere. F9, work for subscribers that are not there, is held where subscriptions are, by router-core's
 * {@code SubscriptionsTest}: in {@code ingest} there are none.
 */
class PainsFTest {
    private static final String COMMON = "Core-UUID: 11111111-2222-3333-4444-555555555555\nEvent-Date-Timestamp: 1795624150682276\n";
    private static final String LEG = """
        Unique-ID: a
        Channel-Call-UUID: a
        Channel-Name: sofia/internal/101@h
        Channel-Presence-ID: 101%40h
        Call-Direction: inbound
        Caller-Caller-ID-Number: 101
        Caller-Destination-Number: 400
        """;
    private static final String LIST = block("Response: Success", "ActionID: 1", "EventList: start", "Message: Channels will follow");
    private static final String LIST_END =
        block("Event: CoreShowChannelsComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1");

    @TempDir
    private Path folder;

    /** pains.md F1. A stay that the server never ends is over with its leg. */
    @Test
    void shouldEndStayWithItsLegWhenServerForgetsIt() {
        final String stay = LEG + "Event-Subclass: callcenter%3A%3Ainfo\nCC-Queue: support%40default\nCC-Member-Session-UUID: a\n"
            + "CC-Agent: 202%40h\n";
        final Fed fed = Fed.of(folder, "esl", (esl("CHANNEL_CREATE", LEG) + esl("CHANNEL_ANSWER", LEG + "Answer-State: answered\n")
            + esl("CUSTOM", stay + "CC-Action: member-queue-start\nAnswer-State: answered\n")
            + esl("CUSTOM", stay + "CC-Action: bridge-agent-fail\n")
            + esl("CHANNEL_HANGUP", LEG + "Hangup-Cause: NORMAL_CLEARING\n")).getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("call.initiated", "call.established", "call.queued", "call.dequeued", "call.cleared"), fed.typesOf("a"));
        assertEquals(List.of("a abandoned"), fed.all("call.dequeued", "nativeId", "reason"));
        assertEquals(List.of(), fed.open());
        assertTrue(fed.status("group", "waiting").stream().allMatch("0"::equals));
    }

    /**
     * pains.md F2. A leg whose end was seen does not rise again because a list still holds it, however many lists do. Each such list tells
     * how many it disputes: whoever wants an alarm after so many counts them.
     */
    @Test
    void shouldLetEndStandWhenListHoldsDeadLeg() {
        final String list = LIST + block("Event: CoreShowChannel", "ActionID: 1", fields("", "101", "1.1", "1.1", 6)) + LIST_END;
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), hangup("101", "1.1", "1.1"), list, list, list);
        assertEquals(List.of(), fed.open());
        assertEquals(List.of("call.initiated", "call.cleared"), fed.types());
        assertEquals(Collections.nCopies(3, "0 listed, 0 ended, 0 inferred, 0 corrected, 1 disputed"),
            fed.all("source.resynchronised", "text"));
    }

    /** pains.md F4. Whether an agent works for a queue follows the queue's list. */
    @Test
    void shouldFollowListWhenAgentsStateDiffers() {
        final String status = block("Response: Success", "ActionID: 1", "EventList: start", "Message: Queue status will follow");
        final String params = block("Event: QueueParams", "ActionID: 1", "Queue: q");
        final String end = block("Event: QueueStatusComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1");
        final Fed fed = Fed.ami(folder, status, params, member("201", 0), member("202", 0), end, status, params, member("201", 1), end);
        assertEquals(List.of("201"), fed.all("group.not-ready", "localUser"));
        assertEquals(List.of("202"), fed.all("group.logged-out", "localUser"));
        assertEquals(List.of("q 1"), fed.status("group", "group", "members"));
    }

    /** pains.md F5. A transfer that failed ends nothing; the list checks the legs. */
    @Test
    void shouldEndNothingWhenTransferFails() {
        final String failed = event("BlindTransfer", "Result: Fail", fields("Transferer", "102", "1.2", "1.1", 6),
            fields("Transferee", "101", "1.1", "1.1", 6), "Extension: 999");
        final String calls = created("101", "1.1", "1.1") + created("102", "1.2", "1.1") + failed;
        final Fed fed = Fed.ami(folder, calls, LIST, block("Event: CoreShowChannel", "ActionID: 1", fields("", "101", "1.1", "1.1", 6)),
            LIST_END);
        assertEquals(List.of(), fed.all("call.transferred", "nativeId"));
        assertEquals(List.of("1.1"), fed.open());
        assertEquals(List.of("1.2 not-in-snapshot"), fed.all("call.cleared", "nativeId", "cause"));
    }

    /** pains.md F6. Two ends of one leg are one; the second is in the journal and changed nothing, and is counted among what did so. */
    @Test
    void shouldEndOnceWhenBothSidesHangUp() {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), hangup("101", "1.1", "1.1"), hangup("101", "1.1", "1.1"));
        assertEquals(List.of("call.initiated", "call.cleared"), fed.types());
        final List<?> second = fed.tail("--raw").stream().filter(record -> "record.ignored".equals(record.get("type"))).toList();
        assertEquals(1, second.size());
        assertTrue(second.get(0).toString().contains("signal.hangup"), second::toString);

        try (LiveRouter asterisk = LiveRouter.ofAsterisk(folder.resolve("counted"))) {
            asterisk.feed((created("101", "1.1", "1.1") + hangup("101", "1.1", "1.1")).replace("\n", "\r\n"));
            assertEquals(0, asterisk.count(RouterCounter.UNCHANGED));
            asterisk.feed(hangup("101", "1.1", "1.1").replace("\n", "\r\n"));
            assertEquals(1, asterisk.count(RouterCounter.UNCHANGED));
        }
    }

    /** pains.md F7. The caller is gone; the agent who answers late has a leg of its own with nobody on the other side. */
    @Test
    void shouldShowLateAgentAloneWhenCallerHasGone() {
        final Fed fed = Fed.ami(folder, created("5551234567", "1.1", "1.1"), state("5551234567", "1.1", "1.1", 6),
            event("QueueCallerJoin", fields("", "5551234567", "1.1", "1.1", 6), "Queue: q", "Position: 1", "Count: 1"),
            created("201", "1.2", "1.1"), event("HangupRequest", fields("", "5551234567", "1.1", "1.1", 6)),
            event("QueueCallerAbandon", fields("", "5551234567", "1.1", "1.1", 6), "Queue: q",
                "Position: 1", "OriginalPosition: 1", "HoldTime: 9"),
            event("QueueCallerLeave", fields("", "5551234567", "1.1", "1.1", 6), "Queue: q"), hangup("5551234567", "1.1", "1.1"),
            state("201", "1.2", "1.1", 6));
        assertEquals(List.of("abandoned"), fed.all("call.dequeued", "reason"));
        assertEquals(List.of("1.2 connected null"), fed.status("session", "nativeId", "state", "remoteParty"));
        final List<String> flagged = fed.tail().stream().map(Object::toString).filter(event -> event.contains("no-peer")).toList();
        assertEquals(1, flagged.size());
        assertTrue(flagged.get(0).contains("call.established") && flagged.get(0).contains("1.2"), flagged::toString);
    }

    private static String member(final String user, final int paused) {
        return block("Event: QueueMember", "ActionID: 1", "Queue: q", "Name: " + user, "Location: PJSIP/" + user, "Paused: " + paused);
    }

    private static String esl(final String name, final String more) {
        final String body = "Event-Name: " + name + '\n' + COMMON + more + '\n';
        return "Content-Length: " + body.length() + "\nContent-Type: text/event-plain\n\n" + body;
    }
}
