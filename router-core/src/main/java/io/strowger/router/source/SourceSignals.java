package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The signals of a connection as they go into the router: those of the source with what the grant says in place of what they say, and
 * those of the connection itself, which have no number: the source does not know yet where to go on when it says hello.
 *
 * <p>One thread.
 */
final class SourceSignals {
    private static final byte[] NOTHING = new byte[0];
    private static final int CAPABILITIES = SignalLayout.HEADER_LENGTH + SourceHelloEncoder.capabilitiesEncodingOffset();

    private static final int RESULT_ACTION = SignalLayout.HEADER_LENGTH + ActionResultDecoder.actionEncodingOffset();

    private final byte[] name;
    private final byte[] coveredBy;
    private final int tenant;
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.forSources());
    private final UnsafeBuffer helloBuffer = new UnsafeBuffer(new byte[4 * SignalLayout.MAX_TEXT_LENGTH + 256]);
    private final UnsafeBuffer downBuffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder readHeader = new MessageHeaderDecoder();
    private final SourceHelloDecoder said = new SourceHelloDecoder();
    private final SourceHelloEncoder hello = new SourceHelloEncoder();
    private final SourceDownEncoder down = new SourceDownEncoder();
    private final int connection;
    private int source;

    /**
     * Signals of a connection.
     *
     * @param connection its number, of no other connection of the router.
     */
    SourceSignals(final SourceGrant grant, final int connection) {
        this.connection = connection;
        name = grant.name().getBytes(StandardCharsets.UTF_8);
        coveredBy = null == grant.coveredBy() ? null : grant.coveredBy().getBytes(StandardCharsets.UTF_8);
        tenant = grant.tenant();
    }

    /** The number that the signals get. */
    void source(final int number) {
        source = number;
        helloBuffer.putInt(SignalLayout.SOURCE_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a signal with this source sequence is numbered. */
    boolean isNumber(final long sourceSequence) {
        return noNumber() != sourceSequence;
    }

    /** In place of the source sequence of what has none. */
    long noNumber() {
        return SourceHelloDecoder.sourceSequenceNullValue();
    }

    /** Why a signal can't come in, 0 when it can. */
    int check(final UnsafeBuffer signal, final int length) {
        return walk.check(signal, 0, length);
    }

    /** Writes the grant's values over those of a signal. */
    void stamp(final UnsafeBuffer signal) {
        signal.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        signal.putInt(SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a signal is the result of an action. */
    boolean isResult(final UnsafeBuffer signal) {
        return ActionResultDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, 0);
    }

    /** Writes the sequence of the action over the number by which the source knows it, in a result that can come in. */
    void nameAction(final UnsafeBuffer signal, final ActionNumbers numbers) {
        final long number = signal.getLong(RESULT_ACTION, ByteOrder.LITTLE_ENDIAN);
        signal.putLong(RESULT_ACTION, numbers.sequence(number), ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether the hello declares that the source carries out any action. */
    boolean carriesActions() {
        return 0 != helloBuffer.getInt(CAPABILITIES);
    }

    /**
     * Makes the hello of the connection from the source's own.
     *
     * @return 0, or the code of a {@link RejectReason}: it is none, malformed, or of another name than the grant's.
     */
    int hello(final UnsafeBuffer signal, final int length) {
        if (SourceHelloDecoder.TEMPLATE_ID != SignalLayout.templateId(signal, 0)) {
            return RejectReason.UNKNOWN_SOURCE.value();
        }
        final int reason = walk.check(signal, 0, length);
        if (0 != reason) {
            return reason;
        }
        said.wrapAndApplyHeader(signal, 0, readHeader);
        hello.wrapAndApplyHeader(helloBuffer, 0, header)
            .sourceSequence(SourceHelloEncoder.sourceSequenceNullValue()).sourceTime(said.sourceTime()).source(0).tenant(tenant)
            .connection(connection).epochKnown(said.epochKnown()).dense(said.dense());
        helloBuffer.putInt(CAPABILITIES, signal.getInt(CAPABILITIES));
        final byte[] itsName = bytes(said.sourceNameLength());
        said.getSourceName(itsName, 0, itsName.length);
        if (!Arrays.equals(name, itsName)) {
            return RejectReason.NOT_ALLOWED.value();
        }
        final byte[] dialect = bytes(said.dialectLength());
        said.getDialect(dialect, 0, dialect.length);
        final byte[] epoch = bytes(said.epochLength());
        said.getEpoch(epoch, 0, epoch.length);
        final byte[] itsCover = bytes(said.coveredByLength());
        said.getCoveredBy(itsCover, 0, itsCover.length);
        final byte[] cover = null == coveredBy ? itsCover : coveredBy;
        hello.putSourceName(name, 0, name.length).putDialect(dialect, 0, dialect.length).putEpoch(epoch, 0, epoch.length)
            .putCoveredBy(cover, 0, cover.length);
        return helloLength() > SignalLayout.MAX_SIGNAL_LENGTH ? RejectReason.TOO_LONG.value() : 0;
    }

    UnsafeBuffer helloBuffer() {
        return helloBuffer;
    }

    int helloLength() {
        return MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength();
    }

    /** Makes the signal that the connection has gone. */
    UnsafeBuffer down(final String reason, final long timeNs, final long sequence) {
        final byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        down.wrapAndApplyHeader(downBuffer, 0, header)
            .sourceSequence(sequence).sourceTime(timeNs).source(source)
            .tenant(tenant).connection(connection)
            .putSourceName(name, 0, name.length).putText(text, 0, Math.min(text.length, SignalLayout.MAX_NATIVE_ID_LENGTH));
        return downBuffer;
    }

    int downLength() {
        return MessageHeaderEncoder.ENCODED_LENGTH + down.encodedLength();
    }

    private static byte[] bytes(final int length) {
        return 0 == length ? NOTHING : new byte[length];
    }
}
