package io.strowger.bench.load;

import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.BridgeEncoder;
import io.strowger.codecs.sbe.BridgeKind;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Hand-made facts. */
final class Facts {
    static final String CALLER = "1795624196.20";
    static final String CALLEE = "1795624196.21";
    static final String BRIDGE = "f0e1d2c3-0001-4a4b-8c8d-112233445566";

    private Facts() {
    }

    static byte[] legSeen(final String nativeId, final String callId, final LegKind kind) {
        final byte[] bytes = new byte[1024];
        final LegSeenEncoder fact = new LegSeenEncoder();
        fact.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
            .sourceSequence(7).sourceTime(8).source(9).tenant(9).legState(LegState.RING).legKind(kind)
            .direction(Direction.NULL_VAL)
            .nativeId(nativeId).callId(callId).device("PJSIP/101-00000001").user("101").number("101").name("Ann")
            .remoteParty("102").remoteName("").dialled("102").linkedTo("");
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + fact.encodedLength());
    }

    static byte[] bridged(final String nativeId, final String callId) {
        final byte[] bytes = new byte[1024];
        final BridgeEncoder fact = new BridgeEncoder();
        fact.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
            .sourceSequence(7).sourceTime(8).source(9).tenant(9).legState(LegState.UP).legKind(LegKind.DEVICE)
            .action(BridgeAction.ENTER).bridgeKind(BridgeKind.MIXING).members(1)
            .nativeId(nativeId).callId(callId).device("").user("").number("").name("").remoteParty("").remoteName("").bridgeId(BRIDGE);
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + fact.encodedLength());
    }

    static byte[] hangup(final String nativeId, final String callId) {
        final byte[] bytes = new byte[1024];
        final HangupEncoder fact = new HangupEncoder();
        fact.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
            .sourceSequence(7).sourceTime(8).source(9).tenant(9).legState(LegState.UP).legKind(LegKind.DEVICE).causeCode((short)16)
            .nativeId(nativeId).callId(callId).device("").user("").number("").name("").remoteParty("").remoteName("").text("");
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + fact.encodedLength());
    }

    /** A call of two legs: both seen, both in a bridge, both gone. */
    static List<byte[]> call() {
        return List.of(legSeen(CALLER, CALLER, LegKind.DEVICE), legSeen(CALLEE, CALLER, LegKind.DEVICE), bridged(CALLER, CALLER),
            bridged(CALLEE, CALLER), hangup(CALLER, CALLER), hangup(CALLEE, CALLER));
    }
}
