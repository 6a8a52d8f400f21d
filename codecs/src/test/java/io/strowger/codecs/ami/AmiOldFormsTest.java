package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import org.junit.jupiter.api.Test;

/**
 * What Asterisk 1.8 to 11 says in another way than the versions behind them: its legs show no Linkedid.
 */
final class AmiOldFormsTest {
    /** apps/app_dial.c, senddialendevent: the end of all dialled legs at once names the caller alone; how it ended is the caller's. */
    @Test
    void shouldTellTheCallerHowDiallingEndedThoughNoDialledLegIsNamed() {
        final FactLog log = Ami.translate("""
            Event: Dial
            Privilege: call,all
            SubEvent: End
            Channel: SIP/101-00000001
            UniqueID: 1.1
            DialStatus: NOANSWER

            """);
        assertEquals("Dial 1.1 101 END NO_ANSWER -", log.only().show("nativeId", "user", "phase", "status", "peerLeg"));
    }

    /** apps/app_queue.c, join_queue: "unknown" without the brackets that the word has elsewhere. */
    @Test
    void shouldTakeTheQueuesOwnWordForNoPartyAsNothing() {
        final FactLog log = Ami.translate("""
            Event: Join
            Privilege: call,all
            Channel: SIP/101-00000001
            CallerIDNum: 101
            CallerIDName: unknown
            ConnectedLineNum: unknown
            ConnectedLineName: unknown
            Queue: support
            Position: 1
            Count: 1
            Uniqueid: 1.1

            """);
        assertEquals("Queue 1.1 101 - - - support", log.only().show("nativeId", "number", "name", "remoteParty", "remoteName", "group"));
    }

    /** A newer server writes its word for nothing in brackets: a caller may call himself unknown. */
    @Test
    void shouldKeepACallerWhoCallsHimselfUnknown() {
        assertEquals("unknown",
            Ami.translate("Event: Newstate\nUniqueid: 1.1\nCallerIDName: unknown\nLinkedid: 1.1\n\n").only().get("name"));
    }
}
