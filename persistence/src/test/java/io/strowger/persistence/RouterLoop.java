package io.strowger.persistence;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.Durability;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.codecs.sbe.SourceCreditDecoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.SourceWelcomeDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.source.SourceConnection;
import io.strowger.router.source.SourceGrant;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The process that gets killed: a router, and a source that writes to its output each number that was acknowledged to it.
 */
final class RouterLoop {
    /** Name of the source. */
    static final String SOURCE = "gateway";

    private static final long TIME_NS = 1_000_000_000L;
    private static final int LEGS = 1_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder read = new MessageHeaderDecoder();
    private final DataOutputStream acks = new DataOutputStream(System.out);
    private final Durability durability;
    private long sent = -1;
    private long arrived = 1;
    private long credit;

    private RouterLoop(final Durability durability) {
        this.durability = durability;
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments directory of the journal; then what an acknowledgement promises, by its name.
     */
    public static void main(final String[] arguments) {
        new RouterLoop(Durability.valueOf(arguments[1])).run(Path.of(arguments[0]));
    }

    static RouterContext context(final ChronicleJournal journal) {
        return new RouterContext().journal(journal).sessionCapacity(2 * LEGS).userCapacity(64).groupCapacity(64).sourceCapacity(64)
            .blockSizeLimit(1024).slotLength(1024);
    }

    static ChronicleJournalContext files(final Path directory) {
        return new ChronicleJournalContext().directory(directory).blockSize(4 << 20).reserveBytes(1 << 20);
    }

    private void run(final Path directory) {
        final io.strowger.router.journal.Durability promised = io.strowger.router.journal.Durability.valueOf(durability.name());
        try (ChronicleJournal journal = ChronicleJournal.open(files(directory));
            Router router = Router.launch(context(journal).threadingMode(ThreadingMode.SHARED).durability(promised)
                .visibility(promised))) {
            final SourceConnection connection = router.openSource(SourceGrant.of(SOURCE, 1), this::onReply);
            connection.onSignal(buffer, 0, hello());
            while (!router.isClosed()) {
                while (sent >= 0 && arrived < credit) {
                    arrived++;
                    sent++;
                    connection.onSignal(buffer, 0, seen(sent));
                }
                if (0 == connection.poll()) {
                    Thread.yield();
                }
            }
        }
    }

    private boolean onReply(final DirectBuffer reply, final int offset, final int length) {
        switch (SignalLayout.templateId(reply, offset)) {
            case SourceWelcomeDecoder.TEMPLATE_ID ->
                sent = Math.max(0, new SourceWelcomeDecoder().wrapAndApplyHeader(reply, offset, read).lastSourceSequence());
            case SourceCreditDecoder.TEMPLATE_ID -> credit = new SourceCreditDecoder().wrapAndApplyHeader(reply, offset, read).upTo();
            case SourceAckDecoder.TEMPLATE_ID -> {
                final SourceAckDecoder ack = new SourceAckDecoder().wrapAndApplyHeader(reply, offset, read);
                if (durability == ack.durability()) {
                    write(ack.acknowledged());
                }
            }
            default -> throw new IllegalStateException("the router says " + SignalLayout.templateId(reply, offset));
        }
        return true;
    }

    private void write(final long acknowledged) {
        try {
            acks.writeLong(acknowledged);
            acks.flush();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private int hello() {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(SourceHelloEncoder.sourceSequenceNullValue()).sourceTime(TIME_NS).source(0).tenant(1).connection(1)
            .epochKnown(YesNo.YES).dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName(SOURCE).dialect("sbe").epoch("").coveredBy("");
        return SignalLayout.HEADER_LENGTH + hello.encodedLength();
    }

    /** The same legs again and again: what is shown of them is journaled each time. */
    private int seen(final long sequence) {
        final LegSeenEncoder leg = new LegSeenEncoder().wrapAndApplyHeader(buffer, 0, header);
        leg.sourceSequence(sequence).sourceTime(TIME_NS + sequence).source(0).tenant(1).legState(LegState.RING).legKind(LegKind.DEVICE)
            .direction(Direction.OUTGOING).nativeId("leg" + sequence % LEGS).callId("call" + sequence % LEGS).device("").user("101")
            .number("").name("").remoteParty("").remoteName("").dialled("").linkedTo("");
        return SignalLayout.HEADER_LENGTH + leg.encodedLength();
    }
}
