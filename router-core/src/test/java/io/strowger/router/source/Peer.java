package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.Durability;
import io.strowger.codecs.sbe.HangUpDecoder;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LogInDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.codecs.sbe.SourceCreditDecoder;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.codecs.sbe.SourceWelcomeDecoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A source on the other side of a connection: makes signals and keeps what it is answered.
 */
final class Peer implements SignalSink {
    static final long NO_SEQUENCE = ActionResultEncoder.sourceSequenceNullValue();

    private static final long TIME_NS = 1_000_000_000L;
    private static final int CAPABILITIES = SignalLayout.HEADER_LENGTH + SourceHelloEncoder.capabilitiesEncodingOffset();

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * SignalLayout.MAX_SIGNAL_LENGTH]);
    final List<RejectReason> rejects = new ArrayList<>();
    /** First bytes of the last signal that was refused, as they came back. */
    byte[] shown = {};
    /** What was refused, in order with what was acknowledged. */
    final List<String> told = new ArrayList<>();
    /** Actions that were brought, by the number that their results name; the template of each. */
    final Map<Long, Integer> actions = new LinkedHashMap<>();
    /** Of which the next hello says that they can be carried out. */
    int capabilities;
    long refused;
    long welcome = Long.MIN_VALUE;
    long acknowledged = Long.MIN_VALUE;
    long credit;
    int acks;
    Durability promised = Durability.ACCEPTED;
    boolean isDeaf;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder read = new MessageHeaderDecoder();

    @Override
    public boolean offer(final DirectBuffer reply, final int offset, final int length) {
        if (isDeaf) {
            return false;
        }
        switch (SignalLayout.templateId(reply, offset)) {
            case SourceWelcomeDecoder.TEMPLATE_ID ->
                welcome = new SourceWelcomeDecoder().wrapAndApplyHeader(reply, offset, read).lastSourceSequence();
            case SourceAckDecoder.TEMPLATE_ID -> {
                final SourceAckDecoder ack = new SourceAckDecoder().wrapAndApplyHeader(reply, offset, read);
                acknowledged = promised == ack.durability() ? ack.acknowledged() : Long.MIN_VALUE;
                acks++;
                told.add("ack " + acknowledged);
            }
            case SourceCreditDecoder.TEMPLATE_ID -> credit = new SourceCreditDecoder().wrapAndApplyHeader(reply, offset, read).upTo();
            case SourceRejectDecoder.TEMPLATE_ID -> {
                final SourceRejectDecoder reject = new SourceRejectDecoder().wrapAndApplyHeader(reply, offset, read);
                rejects.add(reject.reason());
                refused += reject.count();
                reject.skipText();
                shown = new byte[reject.bytesLength()];
                reject.getBytes(shown, 0, shown.length);
                told.add(reject.reason() + " " + reject.rejected());
            }
            case HangUpDecoder.TEMPLATE_ID, LogInDecoder.TEMPLATE_ID -> {
                if (0 != SignalLayout.source(reply, offset)) {
                    throw new AssertionError("the router's own number of the source");
                }
                actions.put(SignalLayout.sourceSequence(reply, offset), SignalLayout.templateId(reply, offset));
            }
            default -> throw new AssertionError("a router does not say " + SignalLayout.templateId(reply, offset));
        }
        return true;
    }

    int hello(final String name) {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(0).sourceTime(TIME_NS).source(77).tenant(77).connection(5).epochKnown(YesNo.YES).dense(YesNo.YES);
        hello.capabilities().clear();
        buffer.putInt(CAPABILITIES, capabilities, ByteOrder.LITTLE_ENDIAN);
        hello.sourceName(name).dialect("sbe").epoch("").coveredBy("");
        return SignalLayout.HEADER_LENGTH + hello.encodedLength();
    }

    int result(final long sequence, final long action, final ActionStatus status, final String text) {
        final ActionResultEncoder result = new ActionResultEncoder().wrapAndApplyHeader(buffer, 0, header);
        result.sourceSequence(sequence).sourceTime(TIME_NS).source(99).tenant(99).action(action).status(status);
        result.nativeId("").clientId("").key("").text(text);
        return SignalLayout.HEADER_LENGTH + result.encodedLength();
    }

    int down(final long sequence) {
        final SourceDownEncoder down = new SourceDownEncoder().wrapAndApplyHeader(buffer, 0, header);
        down.sourceSequence(sequence).sourceTime(TIME_NS + sequence).source(99).tenant(99).connection(5).sourceName("").text("");
        return SignalLayout.HEADER_LENGTH + down.encodedLength();
    }

    int seen(final long sequence, final String nativeId) {
        final LegSeenEncoder leg = new LegSeenEncoder().wrapAndApplyHeader(buffer, 0, header);
        leg.sourceSequence(sequence).sourceTime(TIME_NS + sequence).source(99).tenant(99).legState(LegState.RING).legKind(LegKind.DEVICE)
            .direction(Direction.OUTGOING)
            .nativeId(nativeId).callId(nativeId).device("").user("101").number("").name("").remoteParty("").remoteName("").dialled("")
            .linkedTo("");
        return SignalLayout.HEADER_LENGTH + leg.encodedLength();
    }

    int hangup(final long sequence, final String nativeId) {
        final HangupEncoder leg = new HangupEncoder().wrapAndApplyHeader(buffer, 0, header);
        leg.sourceSequence(sequence).sourceTime(TIME_NS + sequence).source(99).tenant(99).legState(LegState.UP).legKind(LegKind.DEVICE)
            .causeCode((short)16)
            .nativeId(nativeId).callId("").device("").user("").number("").name("").remoteParty("").remoteName("").text("");
        return SignalLayout.HEADER_LENGTH + leg.encodedLength();
    }
}
