package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.event;
import static io.strowger.ops.pains.Blocks.fields;
import static io.strowger.ops.pains.Blocks.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identity and correlation. */
class PainsETest {
    @TempDir
    private Path folder;

    /** pains.md E2. Legs belong together by Linkedid, not by the number their ids begin with. */
    @Test
    void shouldGroupByLinkedidWhenPrefixesDiffer() {
        final Fed fed = Fed.ami(folder, created("101", "1460280786.134", "1460280786.134"),
            created("102", "1460280787.136", "1460280786.134"), state("102", "1460280787.136", "1460280786.134", 5),
            created("103", "1460280786.135", "1460280786.135"));
        assertEquals(List.of("1460280786.134 1460280786.134", "1460280786.135 1460280786.135", "1460280787.136 1460280786.134"),
            fed.status("session", "nativeId", "callId").stream().sorted().toList());
    }

    /** pains.md E3. Every event shows the leg's own id and the call's. */
    @Test
    void shouldShowBothIdsOfRingingLeg() {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), created("102", "1.2", "1.1"), state("102", "1.2", "1.1", 5));
        assertEquals(List.of("1.2 1.1"), fed.all("call.delivered", "nativeId", "callId"));
    }

    /** pains.md E4. A link to an earlier call is kept where it is given, and not made up where it is empty. */
    @Test
    void shouldLinkToOriginalCallOnlyWhenItIsGiven() {
        final Fed fed = Fed.json(folder, Lines.seen("a", "101", ",'callId':'A'"), Lines.seen("b", "102", ",'linkedTo':'a'"),
            Lines.seen("c", "103", ",'callId':'','linkedTo':''"));
        assertEquals("A", callOf(fed, "b"));
        assertEquals("c", callOf(fed, "c"));
    }

    /** pains.md E5. Links in pairs make one call, however many there are, and its id is that of the oldest leg. */
    @Test
    void shouldMakeOneCallOfLegsLinkedInPairs() {
        final Fed fed = Fed.json(folder, Lines.seen("a", "101", ",'callId':'A'"), Lines.seen("b", "102", ",'linkedTo':'a'"),
            Lines.seen("c", "103", ",'linkedTo':'b'"));
        assertEquals(Set.of("A"), new HashSet<>(fed.status("session", "callId")));
    }

    /** The same where each leg has a call id of its own, as behind a back-to-back user agent. */
    @Test
    void shouldMakeOneCallOfLegsLinkedInPairsThatHaveCallIdsOfTheirOwn() {
        final Fed fed = Fed.json(folder, Lines.seen("a", "101", ",'callId':'A'"), Lines.seen("b", "102", ",'callId':'B','linkedTo':'a'"),
            Lines.seen("c", "103", ",'callId':'C','linkedTo':'b'"));
        assertEquals(Set.of("A"), new HashSet<>(fed.status("session", "callId")));
    }

    /** pains.md E6. One Call-ID that passes a proxy three times is three sessions. */
    @Test
    void shouldKeepPassesApartWhenCallIdIsTheSame() {
        final StringBuilder stream = new StringBuilder();
        for (int pass = 1; pass <= 3; pass++) {
            final String invite = "{\"event\":\"invite\",\"callid\":\"same@h\",\"ftag\":\"t" + pass + "\",\"from\":\"sip:10" + pass
                + "@h\",\"to\":\"sip:109@h\",\"ts\":\"1795624150." + pass + "\"}";
            stream.append(invite.length()).append(':').append(invite).append(',');
        }
        final Fed fed = Fed.of(folder, "kamailio", stream.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(3, new HashSet<>(fed.all("call.initiated", "sessionId")).size());
        assertEquals(Set.of("same@h"), new HashSet<>(fed.all("call.initiated", "callId")));
    }

    /** pains.md E7. An event has one id, whoever gets it: it means the same event to all. */
    @Test
    void shouldGiveAllSubscribersTheSameEventIds() {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), created("102", "1.2", "1.1"), state("102", "1.2", "1.1", 5));
        final Map<Object, Map<String, Object>> all = byId(fed.tail());
        assertEquals(fed.tail().size(), all.size());
        for (final String user : List.of("101", "102")) {
            final Map<Object, Map<String, Object>> part = byId(fed.tail("--user", user));
            assertFalse(part.isEmpty());
            part.forEach((id, event) -> assertEquals(all.get(id), event));
        }
        assertEquals(byId(fed.tail("--user", "102")), byId(fed.tail("--type", "call.delivered", "--user", "102")));
    }

    /** pains.md E8. The old name of the event gives the same. */
    @Test
    void shouldQueueCallWhenEventHasItsOldName() throws IOException {
        final String[] joins = {"Join", "QueueCallerJoin"};
        final List<List<String>> told = new ArrayList<>();
        for (final String join : joins) {
            final Fed fed = Fed.ami(Files.createDirectory(folder.resolve(join)), created("101", "1.1", "1.1"),
                event(join, "Channel: SIP/101-1", "CallerIDNum: 101", "Queue: q", "Position: 1", "Count: 1", "Uniqueid: 1.1"));
            told.add(fed.all("call.queued", "nativeId", "callId", "localUser", "group", "state", "remoteParty"));
        }
        assertEquals(List.of("1.1 1.1 101 q queued null"), told.get(0));
        assertEquals(told.get(1), told.get(0));
    }

    /** pains.md E9. Both forms of the parking event give the same. */
    @Test
    void shouldParkAlikeInBothFormsOfEvent() {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), created("103", "1.3", "1.3"),
            event("ParkedCall", fields("Parkee", "101", "1.1", "1.1", 6), "ParkerDialString: PJSIP/102", "Parkinglot: default",
                "ParkingSpace: 701", "ParkingTimeout: 45"),
            event("ParkedCall", "Exten: 702", "Channel: SIP/103-3", "Parkinglot: default", "From: SIP/102-0001", "Timeout: 45",
                "CallerIDNum: 103", "UniqueID: 1.3"));
        assertEquals(List.of("1.1 parked 102 default/701", "1.3 parked 102 default/702"),
            fed.all("call.parked", "nativeId", "state", "by", "reference"));
    }

    /** pains.md E10. Behind an attended transfer the target's other side is the first caller, not who transferred. */
    @ParameterizedTest
    @CsvSource({"false, ''", "false, 101", "false, 102", "true, 102", "true, 101"})
    void shouldShowFirstCallerToTargetWhateverConnectedLineSaysAroundAnAttendedTransferE10(final boolean isBefore, final String number) {
        final String[] blocks = {created("101", "1.1", "1.1"), created("102", "1.2", "1.1"), state("101", "1.1", "1.1", 6),
            state("102", "1.2", "1.1", 6), created("102", "1.3", "1.3"), created("103", "1.4", "1.3"),
            event("Newstate", fields("", "103", "1.4", "1.3", 6).replace("ConnectedLineNum: <unknown>", "ConnectedLineNum: 102")),
            state("102", "1.3", "1.3", 6), isBefore ? connected(number) : "",
            event("AttendedTransfer", "Result: Success", fields("OrigTransferer", "102", "1.2", "1.1", 6),
                fields("SecondTransferer", "102", "1.3", "1.3", 6), fields("Transferee", "101", "1.1", "1.1", 6),
                fields("TransferTarget", "103", "1.4", "1.3", 6), "DestType: Bridge"),
            isBefore || number.isEmpty() ? "" : connected(number)};
        final Fed fed = Fed.ami(folder, Stream.of(blocks).filter(block -> !block.isEmpty()).toArray(String[]::new));
        assertEquals(List.of("1.1 102 103"), fed.all("call.transferred", "nativeId", "by", "to"));
        assertTrue(fed.status("session", "nativeId", "remoteParty").contains("1.4 101"), fed.status("session", "nativeId", "remoteParty")
            .toString());
    }

    private static String connected(final String number) {
        return event("NewConnectedLine", fields("", "103", "1.4", "1.3", 6).replace("ConnectedLineNum: <unknown>",
            "ConnectedLineNum: " + number).replace("ConnectedLineName: <unknown>", "ConnectedLineName: User " + number));
    }

    private static String callOf(final Fed fed, final String id) {
        return fed.status("session", "nativeId", "callId").stream().filter(line -> line.startsWith(id + ' ')).findFirst().orElseThrow()
            .substring(id.length() + 1);
    }

    private static Map<Object, Map<String, Object>> byId(final List<Map<String, Object>> events) {
        return events.stream().collect(Collectors.toMap(event -> event.get("id"), event -> event));
    }
}
