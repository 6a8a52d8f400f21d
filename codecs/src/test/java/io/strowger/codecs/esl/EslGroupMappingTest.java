package io.strowger.codecs.esl;

import static io.strowger.codecs.esl.Esl.callee;
import static io.strowger.codecs.esl.Esl.caller;
import static io.strowger.codecs.esl.Esl.custom;
import static io.strowger.codecs.esl.Esl.facts;
import static io.strowger.codecs.esl.Esl.plainEvent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which facts the events of queues, agents, parking, conferences, faxes, messages and devices give.
 */
final class EslGroupMappingTest {
    private static final String CALL_CENTER = "callcenter::info";

    private static Map<String, String> member(final String action, final String... more) {
        final String[] all = new String[more.length + 6];
        final String[] usual = {"CC-Queue", "support@default", "CC-Action", action, "CC-Member-Session-UUID", "a-leg"};
        System.arraycopy(usual, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return custom(CALL_CENTER, plainEvent("CUSTOM", all));
    }

    @Test
    void shouldQueueOfferAndConnect() {
        final FactLog joined = facts(custom(CALL_CENTER, caller("", "CC-Queue", "support@default", "CC-Action", "member-queue-start",
            "CC-Member-Session-UUID", "a-leg", "Answer-State", "answered")));
        assertEquals("Queue JOINED UP a-leg 101 support@default -",
            joined.only().show("action", "legState", "nativeId", "user", "group", "member"));
        assertEquals("Queue OFFERED a-leg support@default 202@h 202", facts(member("agent-offering", "CC-Agent", "202@h")).only()
            .show("action", "nativeId", "group", "member", "memberUser"));
        final FactLog connected = facts(member("bridge-agent-start", "CC-Agent", "202@h", "CC-Agent-UUID", "b-leg"));
        assertEquals("Queue CONNECTED a-leg 202 b-leg 202", connected.facts().get(0)
            .show("action", "nativeId", "memberUser", "memberLeg", "remoteParty"));
        assertEquals("Queue LEFT ANSWERED", connected.facts().get(1).show("action", "reason"));
        assertEquals("Queue NOT_ANSWERED a-leg",
            facts(member("bridge-agent-fail", "CC-Agent", "202@h")).only().show("action", "nativeId"));
    }

    @ParameterizedTest
    @CsvSource({"BREAK_OUT, hangup, ABANDONED", "BREAK_OUT, answered, LEFT", "EXIT_WITH_KEY, answered, LEFT",
        "TIMEOUT, answered, TIMED_OUT", "NO_AGENT_TIMEOUT, answered, TIMED_OUT", "NONE, hangup, ABANDONED"})
    void shouldSayWhyTheCallerLeft(final String why, final String state, final String reason) {
        assertEquals("Queue LEFT " + reason + " a-leg", facts(member("member-queue-end", "CC-Cause", "Cancel", "CC-Cancel-Reason", why,
            "Answer-State", state)).only().show("action", "reason", "nativeId"));
    }

    /** Pains F1: nothing here ends the stay, so it ends with the caller's leg. */
    @Test
    void shouldSayNothingNewWhenAnAnsweredStayEnds() {
        for (final String action : List.of("member-queue-end", "bridge-agent-end", "members-count", "agent-state-change")) {
            assertEquals(List.of(), facts(member(action, "CC-Cause", "Terminated")).templates(), action);
        }
    }

    @ParameterizedTest
    @CsvSource({"Available, ADDED READY", "Available (On Demand), ADDED READY", "On Break, PAUSED", "Logged Out, REMOVED"})
    void shouldSayWhatAnAgentDoes(final String status, final String actions) {
        final FactLog log = facts(custom(CALL_CENTER, plainEvent("", "CC-Agent", "203@h", "CC-Action", "agent-status-change",
            "CC-Agent-Status", status)));
        assertEquals(actions, String.join(" ", log.facts().stream().map(fact -> fact.get("action")).toList()));
        assertEquals("GroupMembership 203 - 203@h", log.facts().get(0).show("user", "group", "device"));
    }

    @Test
    void shouldQueueInAFifo() {
        assertEquals("Queue JOINED a-leg cool", facts(custom("fifo::info", caller("", "FIFO-Name", "cool", "FIFO-Action", "push"))).only()
            .show("action", "nativeId", "group"));
        assertEquals(List.of("CONNECTED", "LEFT"), facts(custom("fifo::info", caller("", "FIFO-Name", "cool", "FIFO-Action",
            "bridge-caller-start"))).facts().stream().map(fact -> fact.get("action")).toList());
        assertEquals("Queue LEFT ABANDONED", facts(custom("fifo::info", caller("", "FIFO-Action", "abort", "Answer-State", "hangup")))
            .only().show("action", "reason"));
        assertEquals("Queue LEFT TIMED_OUT", facts(custom("fifo::info", caller("", "FIFO-Action", "timeout"))).only()
            .show("action", "reason"));
        assertEquals(List.of(), facts(custom("fifo::info", caller("", "FIFO-Action", "pre-dial"))).templates());
    }

    /** FreeSWITCH mod_fifo.c: a caller whose consumer hangs up behind caller_pop goes back and is pushed again. */
    @Test
    void shouldLetACallerWaitInAFifoUntilHeIsBridged() {
        assertEquals(List.of(), facts(custom("fifo::info", caller("", "FIFO-Name", "cool", "FIFO-Action", "caller_pop"))).templates());
    }

    @Test
    void shouldParkAndUnpark() {
        final String[] place = {"Valet-Lot-Name", "lot1", "Valet-Extension", "701", "variable_sip_h_Referred-By", "<sip:102@h>"};
        final Map<String, String> parked = custom("valet_parking::info", caller("", place));
        parked.put("Action", "hold");
        assertEquals("Park PARKED a-leg lot1 701 102", facts(parked).only().show("action", "nativeId", "lot", "space", "by"));
        parked.put("Action", "bridge");
        parked.put("Bridge-To-UUID", "c-leg");
        assertEquals("Park RETRIEVED a-leg c-leg", facts(parked).only().show("action", "nativeId", "peerLeg"));
        parked.put("Action", "exit");
        assertEquals("Park TIMED_OUT", facts(parked).only().show("action"));
        parked.put("Answer-State", "hangup");
        assertEquals("Park GIVEN_UP", facts(parked).only().show("action"));
        assertEquals(List.of(), facts(caller("CHANNEL_PARK")).templates(), "waits for commands: that is no parking place");
    }

    @Test
    void shouldJoinAndLeaveAConference() {
        assertEquals("Conference JOINED a-leg 400", facts(custom("conference::maintenance", caller("", "Action", "add-member",
            "Conference-Name", "400"))).only().show("action", "nativeId", "conference"));
        assertEquals("Conference LEFT a-leg 400", facts(custom("conference::maintenance", caller("", "Action", "del-member",
            "Conference-Name", "400"))).only().show("action", "nativeId", "conference"));
        assertEquals(List.of(), facts(custom("conference::maintenance", caller("", "Action", "start-talking"))).templates());
    }

    @Test
    void shouldEndAFax() {
        assertEquals("Fax COMPLETED OUTGOING 3 fax:b-leg a-leg 102 101 +4930 /f.tif OK",
            facts(custom("spandsp::txfaxresult", callee("", "fax-success", "1", "fax-document-transferred-pages", "3",
                "fax-remote-station-id", "+4930", "fax-result-text", "OK", "variable_fax_filename", "/f.tif"))).only()
                .show("action", "direction", "pages", "nativeId", "callId", "user", "remoteParty", "remoteName", "reference", "text"));
        assertEquals("Fax FAILED INCOMING", facts(custom("spandsp::rxfaxresult", caller("", "fax-success", "0"))).only()
            .show("action", "direction"));
    }

    /** FreeSWITCH switch_loadable_module.c, do_chat_send: whether the message could be delivered stands in its event. */
    @Test
    void shouldNotTellThatAMessageWasReceivedWhenItCouldNotBeDelivered() {
        assertEquals("Message OUTGOING", facts(plainEvent("MESSAGE", "from", "101@h", "to", "102@h", "Delivery-Failure", "true",
            "_body", "Hello")).only().show("direction"));
        assertEquals(2, facts(plainEvent("MESSAGE", "from", "101@h", "to", "102@h", "Delivery-Failure", "false", "_body", "Hello"))
            .facts().size());
    }

    /** FreeSWITCH sofia_presence.c, sofia_presence_handle_sip_i_message: the type is what the phone sends (RFC 3994, RFC 5438). */
    @ParameterizedTest
    @ValueSource(strings = {"application/im-iscomposing+xml", "message/imdn+xml"})
    void shouldTellNoMessageWhenSomebodyTypesOrHasRead(final String type) {
        assertEquals(List.of(), facts(plainEvent("MESSAGE", "from", "101@h", "to", "102@h", "type", type, "_body", "<x/>")).templates());
    }

    @Test
    void shouldTellAMessageOnBothSidesThatAreUsers() {
        final FactLog log = facts(plainEvent("MESSAGE", "from", "101@h", "to", "102@h", "_body", "Hello"));
        assertEquals(List.of("Message OUTGOING 101 102 Hello", "Message INCOMING 102 101 Hello"),
            log.facts().stream().map(fact -> fact.show("direction", "user", "remoteParty", "text")).toList());
        assertEquals("Message INCOMING 102 +4930", facts(plainEvent("MESSAGE", "from", "+4930@h", "to", "102@h")).only()
            .show("direction", "user", "remoteParty"));
    }

    @Test
    void shouldNameTheDevicesOfAUser() {
        final FactLog in = facts(custom("sofia::register", plainEvent("", "from-user", "101", "from-host", "h", "contact",
            "\"\" <sip:101@10.0.0.1:6101;fs_nat=yes>", "network-ip", "10.0.0.1")));
        assertEquals("Registration REGISTERED 101 101@h/sip:101@10.0.0.1:6101 10.0.0.1",
            in.only().show("action", "user", "device", "address"));
        final FactLog out = facts(custom("sofia::expire", plainEvent("", "user", "101", "host", "h", "contact",
            "\"\" <sip:101@10.0.0.1:6101>")));
        assertEquals("Registration UNREGISTERED 101 101@h/sip:101@10.0.0.1:6101", out.only().show("action", "user", "device"));
        assertEquals(List.of(), facts(custom("sofia::register_failure", plainEvent("", "from-user", "101"))).templates());
    }

    /** FreeSWITCH sofia.c, nua_i_media_error: a socket that closes is told with its Call-ID and no contact; RFC 7118 for the contact's. */
    @Test
    void shouldNameADeviceOnAWebSocketTheSameWhenItsSocketCloses() {
        final FactLog in = facts(custom("sofia::register", plainEvent("", "from-user", "101", "from-host", "h", "contact",
            "\"\" <sip:k2@x1.invalid;transport=ws;fs_nat=yes>", "call-id", "m7n8")));
        final FactLog closed = facts(custom("sofia::unregister", plainEvent("", "from-user", "101", "from-host", "h", "call-id", "m7n8",
            "rpid", "unknown", "reason", "socket-disconnection")));
        final FactLog expired = facts(custom("sofia::expire", plainEvent("", "user", "101", "host", "h", "contact",
            "\"\" <sip:k2@x1.invalid;transport=ws;fs_nat=yes>", "call-id", "m7n8")));
        assertEquals("Registration REGISTERED 101 101@h/m7n8", in.only().show("action", "user", "device"));
        assertEquals("Registration UNREGISTERED 101 101@h/m7n8", closed.only().show("action", "user", "device"));
        assertEquals("Registration UNREGISTERED 101 101@h/m7n8", expired.only().show("action", "user", "device"));
        final FactLog phone = facts(custom("sofia::register", plainEvent("", "from-user", "101", "from-host", "h", "contact",
            "\"\" <sip:101@10.0.0.1:6101>", "call-id", "m7n8")));
        assertEquals("Registration 101@h/sip:101@10.0.0.1:6101", phone.only().show("device"));
    }
}
