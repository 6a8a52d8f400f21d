package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FactTemplateTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * SignalLayout.MAX_SIGNAL_LENGTH]);
    private final Map<String, Integer> ordinals = new HashMap<>();

    @Test
    void shouldGiveEachLegOfEachCallItsOwnId() {
        final FactTemplate template = FactTemplate.of(Facts.legSeen(Facts.CALLEE, Facts.CALLER, LegKind.DEVICE), ordinals);
        final LegSeenDecoder first = said(template, 0);
        assertEquals("1795624196.100000000", first.nativeId());
        assertEquals("1795624196.100000001", first.callId());
        final LegSeenDecoder other = said(template, 3);
        assertEquals("1795624196.100000048", other.nativeId());
        assertEquals("1795624196.100000049", other.callId());
    }

    @Test
    void shouldGiveTheSameIdWhereTheFactsHaveTheSame() {
        final FactTemplate template = FactTemplate.of(Facts.legSeen(Facts.CALLER, Facts.CALLER, LegKind.DEVICE), ordinals);
        final LegSeenDecoder leg = said(template, 5);
        assertEquals(leg.nativeId(), leg.callId());
    }

    @Test
    void shouldKeepEveryOtherFieldAsItWas() {
        final FactTemplate template = FactTemplate.of(Facts.legSeen(Facts.CALLEE, Facts.CALLER, LegKind.DEVICE), ordinals);
        final LegSeenDecoder leg = said(template, 1);
        leg.nativeId();
        leg.callId();
        assertEquals("PJSIP/101-00000001", leg.device());
        assertEquals("101", leg.user());
        assertEquals("101", leg.number());
        assertEquals("Ann", leg.name());
        assertEquals("102", leg.remoteParty());
        assertEquals("", leg.remoteName());
        assertEquals("102", leg.dialled());
        assertEquals("", leg.linkedTo());
    }

    @Test
    void shouldSetSequenceTimeSourceAndTenant() {
        final FactTemplate template = FactTemplate.of(Facts.legSeen(Facts.CALLEE, Facts.CALLER, LegKind.DEVICE), ordinals);
        template.write(buffer, 64, 1, 4711, 4712);
        assertEquals(4711, SignalLayout.sourceSequence(buffer, 64));
        assertEquals(4712, SignalLayout.sourceTime(buffer, 64));
        assertEquals(Traffic.SOURCE, SignalLayout.source(buffer, 64));
        assertEquals(Traffic.TENANT, SignalLayout.tenant(buffer, 64));
    }

    @Test
    void shouldGiveEachCallItsOwnBridge() {
        final FactTemplate template = FactTemplate.of(Facts.bridged(Facts.CALLER, Facts.CALLER), ordinals);
        final String first = bridge(template, 1);
        assertEquals("00000001" + Facts.BRIDGE.substring(8), first);
        assertNotEquals(first, bridge(template, 2));
    }

    @Test
    void shouldStayWithinNineDigitsWhenTheNumberIsTheLast() {
        final FactTemplate template = FactTemplate.of(Facts.legSeen(Facts.CALLER, Facts.CALLER, LegKind.DEVICE), ordinals);
        assertEquals("1795624196.996000000", said(template, FactTemplate.MAX_CALLS).nativeId());
    }

    private LegSeenDecoder said(final FactTemplate template, final int call) {
        template.write(buffer, 0, call, 1, 1);
        final LegSeenDecoder leg = new LegSeenDecoder();
        leg.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        return leg;
    }

    private String bridge(final FactTemplate template, final int call) {
        template.write(buffer, 0, call, 1, 1);
        final BridgeDecoder fact = new BridgeDecoder();
        fact.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        fact.skipNativeId();
        fact.skipCallId();
        fact.skipDevice();
        fact.skipUser();
        fact.skipNumber();
        fact.skipName();
        fact.skipRemoteParty();
        fact.skipRemoteName();
        return fact.bridgeId();
    }
}
