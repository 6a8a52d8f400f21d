package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import java.util.List;
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
        assertEquals("Dial - END NO_ANSWER 1.1 101 DEVICE",
            log.only().show("nativeId", "phase", "status", "peerLeg", "peerUser", "peerKind"));
    }
}
