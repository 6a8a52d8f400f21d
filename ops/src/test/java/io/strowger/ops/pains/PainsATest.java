package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.block;
import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.event;
import static io.strowger.ops.pains.Blocks.hangup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.translate.StreamCounters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Framing and parsing of Asterisk's manager stream. */
class PainsATest {
    private static final String CALL = created("101", "1.1", "1.1");
    private static final List<String> WHOLE = List.of("call.initiated", "call.cleared");

    @TempDir
    private Path folder;

    /** pains.md A1. A reply that ends with an odd empty line does not swallow the event behind it. */
    @Test
    void shouldReadNextEventWhenReplyEndsWithBareLineFeed() {
        final String reply = "Response: Success\r\nActionID: 1\r\nEventList: start\r\n\n";
        final Fed fed = Fed.of(folder, "ami", (reply + (CALL + hangup("101", "1.1", "1.1")).replace("\n", "\r\n"))
            .getBytes(StandardCharsets.UTF_8));
        assertEquals(WHOLE, fed.types());
        assertEquals("", fed.complaints());
    }

    /** pains.md A2. A bare LF ends no line, else a value could forge an event; where the source is said to be so old it does. */
    @Test
    void shouldEndLineAtBareLineFeedOnlyWhenSourceIsSaidToBeOld() {
        final byte[] stream = CALL.replace("\n", "\r\n").replace("CallerIDName: User 101", "CallerIDName: A\nUniqueid: 6.6")
            .replace("\r\nUniqueid: 1.1", "").getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(), natives(AmiSettings.of(1, 1), stream));
        assertEquals(List.of("6.6"), natives(AmiSettings.of(1, 1).withBareLineFeedEndsLine(), stream));
        assertEquals(List.of(), Fed.of(folder, "ami", stream).types());
    }

    /** pains.md A3. A surplus empty line is nothing. */
    @Test
    void shouldSeeTwoEventsWhenThreeLineEndsPartThem() {
        final Fed fed = Fed.ami(folder, CALL, "\n", hangup("101", "1.1", "1.1"));
        assertEquals(WHOLE, fed.types());
        assertEquals("", fed.complaints());
    }

    /**
     * pains.md A6. The text of a command, in the old form and in the new, ends where it ends. Nobody waits for it, because the router sends
     * no commands: it is passed over, and no byte of it is in the journal.
     */
    @Test
    void shouldReadNextEventWhenCommandTextStandsBetween() {
        final Fed fed = Fed.ami(folder, CALL,
            "Response: Follows\nPrivilege: Command\nActionID: 7\nname/name   192.0.2.1  D  5062  OK (81 ms)\n--END COMMAND--\n\n",
            "Response: Success\nMessage: Command output follows\nOutput: Event: Hangup\nOutput: Uniqueid: 1.1\n\n",
            hangup("101", "1.1", "1.1"));
        assertEquals(WHOLE, fed.types());
        assertEquals(List.of("16"), fed.all("call.cleared", "causeCode"));
        assertEquals(0, fed.countInSignals("81 ms".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0, fed.countInSignals("Output".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("", fed.complaints());
    }

    /** pains.md A7. Repeated Output lines belong to one reply and harm nothing. That they keep their order, codecs' AmiBlockTest holds. */
    @Test
    void shouldTakeRepeatedOutputLinesAsOneReply() {
        final Fed fed = Fed.ami(folder, block("Response: Success", "Output: a", "Output: b"), CALL);
        assertEquals(List.of("call.initiated"), fed.types());
        assertEquals("", fed.complaints());
    }

    /**
     * pains.md A8. Repeated variables, empty ones and ones with an equals sign stand between the fields of a whole transfer. That each is
     * kept, in order, codecs' AmiBlockTest holds.
     */
    @Test
    void shouldReadTransferWhenVariablesAreRepeated() {
        final Fed fed = Fed.ami(folder, CALL, created("102", "1.2", "1.1"), event("BlindTransfer", "Result: Success",
            Blocks.fields("Transferer", "102", "1.2", "1.1", 6), "TransfererChanVariable: A=1", "TransfererChanVariable: B=",
            "TransfererChanVariable: CHANNEL(hangupsource)=", Blocks.fields("Transferee", "101", "1.1", "1.1", 6), "IsExternal: No",
            "Context: default", "Extension: 103"));
        assertEquals(List.of("1.1 102 103"), fed.all("call.transferred", "nativeId", "by", "to"));
    }

    /**
     * pains.md A10, as far as bytes go: a reply without ActionID is counted, is nobody's, and disturbs neither live events nor a list that
     * is open. No action waits for it, because the router sends none.
     */
    @Test
    void shouldGoOnBehindReplyWithoutActionId() {
        final String reply = block("Response: Success", "Events: Off");
        final String stream = reply + CALL + block("Response: Success", "ActionID: 1", "EventList: start",
            "Message: Queue status will follow") + reply
            + block("Event: QueueMember", "ActionID: 1", "Queue: q", "Name: 201", "Location: PJSIP/201", "Paused: 0") + reply
            + block("Event: QueueStatusComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1") + hangup("101", "1.1", "1.1");
        final Fed fed = Fed.ami(folder, stream);
        assertEquals(WHOLE, fed.types());
        assertEquals(List.of("q 0 1"), fed.status("group", "group", "waiting", "members"));
        assertEquals("", fed.complaints());

        final byte[] bytes = stream.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(1, 1));
        translator.connected(0);
        assertEquals(bytes.length, translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, 1, (buffer, offset, length) -> true));
        assertEquals(4, translator.counters().get(StreamCounters.Counter.RESPONSES));
    }

    /** pains.md A12. A list takes what bears its ActionID; what others do meanwhile is live. */
    @Test
    void shouldKeepForeignEventsLiveWhenTheyStandInList() {
        final Fed fed = Fed.ami(folder,
            block("Response: Success", "ActionID: 1", "EventList: start", "Message: Queue status will follow"), CALL,
            block("Event: QueueMember", "ActionID: 1", "Queue: q", "Name: 201", "Location: PJSIP/201", "Paused: 0"),
            block("Event: QueueMember", "ActionID: 2", "Queue: foreign", "Name: 202", "Location: PJSIP/202", "Paused: 0"),
            block("Event: QueueStatusComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1"), hangup("101", "1.1", "1.1"));
        assertEquals(WHOLE, fed.types());
        assertEquals(List.of("q 0 1"), fed.status("group", "group", "waiting", "members"));
    }

    /** pains.md A13. Where the ActionID stands in the reply is no matter. */
    @Test
    void shouldFollowListWhenActionIdComesFirst() {
        final Fed fed = Fed.ami(folder,
            block("ActionID: 1", "Response: Success", "EventList: start", "Message: Queue status will follow"),
            block("Event: QueueMember", "ActionID: 1", "Queue: q", "Name: 201", "Location: PJSIP/201", "Paused: 0"),
            block("Event: QueueStatusComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1"));
        assertEquals(List.of("q 0 1"), fed.status("group", "group", "waiting", "members"));
    }

    /**
     * pains.md A14, as far as bytes go: the status of a message that names no action is passed on as it came, whatever replies stand before
     * it, and no match is made up. Whether its ID is that of an action's reply is known when the router sends actions.
     */
    @Test
    void shouldMatchStatusOfMessageWithNothingWhenItNamesNoAction() {
        final Fed fed = Fed.ami(folder, block("Response: Success", "ActionID: 5", "Message: SMS queued for send", "ID: 0xb6"),
            block("Response: Success", "ActionID: 6", "Message: SMS queued for send", "ID: 0xb7"),
            event("DongleSMSStatus", "Device: d1", "ID: 0xb7", "Status: Sent"));
        assertEquals(List.of(), fed.types());
        final List<String> kept = fed.all("source.other", "reference", "text");
        assertEquals(1, kept.size());
        assertTrue(kept.get(0).startsWith("DongleSMSStatus ") && kept.get(0).contains("ID: 0xb7") && kept.get(0).contains("Status: Sent"),
            kept::toString);
        assertFalse(kept.get(0).contains("ActionID"), kept::toString);
    }

    /** pains.md A15. An unknown event is kept by its name, counted, and changes nothing. */
    @Test
    void shouldKeepUnknownEventWithoutChangingState() {
        final String foo = event("Foo", "Uniqueid: 1.1", "Linkedid: 1.1");
        final Fed fed = Fed.ami(folder, CALL, event("HangupHandlerPush", "Uniqueid: 1.1", "Handler: h,s,1"), foo);
        assertEquals(List.of("call.initiated"), fed.types());
        final List<String> kept = fed.all("source.other", "reference", "text");
        assertEquals(2, kept.size());
        assertTrue(kept.get(0).contains("HangupHandlerPush") && kept.get(0).contains("Handler: h,s,1"), kept::toString);
        assertTrue(kept.get(1).contains("Foo"), kept::toString);
        assertTrue(fed.complaints().contains("2 events of an unknown name"), fed.complaints());
        assertEquals(List.of("1.1 initiated"), fed.status("session", "nativeId", "state"));
    }

    /** pains.md A16. A text without any header is a reply, not part of what stands beside it. */
    @Test
    void shouldLeaveNeighboursWholeWhenTextHasNoHeader() {
        final Fed fed = Fed.ami(folder, CALL, "No queues have been created.\n\n", hangup("101", "1.1", "1.1"));
        assertEquals(WHOLE, fed.types());
        assertFalse(fed.tail("--raw").toString().contains("No queues"));
        assertEquals("", fed.complaints());
    }

    private static List<String> natives(final AmiSettings settings, final byte[] stream) {
        final List<String> natives = new ArrayList<>();
        final AmiTranslator translator = new AmiTranslator(settings);
        translator.connected(0);
        translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, 1, (buffer, offset, length) -> {
            final int text = offset + SignalLayout.HEADER_LENGTH + SignalLayout.blockLength(buffer, offset);
            if (SignalLayout.templateId(buffer, offset) == LegSeenDecoder.TEMPLATE_ID) {
                natives.add(buffer.getStringWithoutLengthUtf8(text + Short.BYTES, buffer.getShort(text)));
            }
            return true;
        });
        return natives;
    }
}
