package io.strowger.persistence;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.Reason;
import io.strowger.router.journal.Journal;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.EventKeys;
import io.strowger.router.record.Outcome;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The block that the journal's format is explained with: a leg is up, and so its call is established. Always the same bytes. */
public final class SampleBlock {
    /** Source time of the fact. */
    public static final long SOURCE_TIME_NS = 1_795_624_196_513_000_000L;

    /** Journal time of the record. */
    public static final long JOURNAL_TIME_NS = 1_795_624_196_513_250_000L;

    private static final String CALL_ID = "1795624196.20";
    private static final int SIGNAL_SIZE = 512;

    private SampleBlock() {
    }

    /**
     * Appends it as the first block of a journal.
     */
    public static void append(final Journal journal) {
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[SIGNAL_SIZE]);
        final BlockWriter writer = new BlockWriter(SIGNAL_SIZE);
        writer.beginInput(signal, 0, signal(signal), JOURNAL_TIME_NS);
        writer.beginEvent();
        final byte[] user = "102".getBytes(StandardCharsets.US_ASCII);
        writer.endEvent(event(writer.buffer(), writer.eventOffset()), 1,
            EventKeys.user(1, new UnsafeBuffer(user), 0, user.length), EventKeys.NONE);
        writer.endInput(Outcome.APPLIED);
        if (!journal.append(writer.buffer(), 0, writer.finish())) {
            throw new AssertionError("no room");
        }
    }

    private static int signal(final UnsafeBuffer buffer) {
        final LegStateEncoder fact = new LegStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sourceSequence(7).sourceTime(SOURCE_TIME_NS).source(1).tenant(1).legState(LegState.UP).legKind(LegKind.DEVICE)
            .nativeId("1795624196.21").callId(CALL_ID).device("PJSIP/102").user("102").number("").name("").remoteParty("").remoteName("");
        return MessageHeaderEncoder.ENCODED_LENGTH + fact.encodedLength();
    }

    private static int event(final MutableDirectBuffer buffer, final int offset) {
        final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .sourceSequence(7).sourceTime(SOURCE_TIME_NS).source(1).tenant(1).epoch(1_795_620_000_000_000_000L)
            .durationMs(EventDecoder.durationMsNullValue()).talkMs(EventDecoder.talkMsNullValue()).waitMs(EventDecoder.waitMsNullValue())
            .causeCode(EventDecoder.causeCodeNullValue()).eventType(EventType.CALL_ESTABLISHED).media(Media.CALL)
            .direction(Direction.INCOMING).state(ConnectionState.CONNECTED).cause(Cause.NULL_VAL).reason(Reason.NULL_VAL)
            .action(ActionKind.NULL_VAL).actionStatus(ActionStatus.NULL_VAL);
        event.flags().clear();
        event.nativeId("1795624196.21").callId(CALL_ID).localUser("102").remoteParty("101").remoteName("Ann").group("").sourceName("pbx-1")
            .by("").from("").to("").reference("").text("");
        return MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength();
    }
}
