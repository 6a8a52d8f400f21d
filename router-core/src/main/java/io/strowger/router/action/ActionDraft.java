package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.ClientGrantDecoder;
import io.strowger.codecs.sbe.ClientGrantEncoder;
import io.strowger.codecs.sbe.GenerateCallEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SendFaxDecoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A signal of one client as it goes into the router: written field by field, or taken from bytes that the application brings. Tenant and
 * client id are the grant's, whatever those say; there is no source and no source sequence; the deadline is always set.
 *
 * <p>One thread. From bytes nothing is allocated.
 */
final class ActionDraft {
    /** More than a signal may have: what is too long is refused like any other's, never cut to fit. */
    private static final int ROOM = 16 * 1024;
    private static final int ONE_TOO_LONG = SignalLayout.MAX_TEXT_LENGTH + 1;
    private static final int CAPABILITIES = SignalLayout.HEADER_LENGTH + ClientGrantEncoder.actionsEncodingOffset();
    private static final byte[] NOTHING = new byte[0];
    private static final AdmissionWalk WALK = new AdmissionWalk(TemplateSet.forApplications());

    private final byte[] clientId;
    private final int tenant;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ROOM]);
    private final UnsafeBuffer brought = new UnsafeBuffer(new byte[2 * SignalLayout.MAX_SIGNAL_LENGTH]);
    private int length;

    /** A draft of nothing yet. */
    ActionDraft(final ActionGrant grant, final byte[] clientId) {
        this.tenant = grant.tenant();
        this.clientId = clientId;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** The signal that says what the client may ask for. */
    void grant(final ActionGrant grant, final long nowNs) {
        grant(grant.actions(), grant.users().getBytes(StandardCharsets.UTF_8), grant.groups().getBytes(StandardCharsets.UTF_8), YesNo.NO,
            nowNs);
    }

    /** The signal that says that it may ask for nothing any more. */
    void revocation(final long nowNs) {
        grant(0, NOTHING, NOTHING, YesNo.YES, nowNs);
    }

    private void grant(final int actions, final byte[] users, final byte[] groups, final YesNo revoked, final long nowNs) {
        final ClientGrantEncoder encoder = new ClientGrantEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sourceSequence(ClientGrantEncoder.sourceSequenceNullValue()).sourceTime(nowNs).source(0).tenant(tenant)
            .revoked(revoked)
            .putClientId(clientId, 0, clientId.length).putUsers(users, 0, users.length).putGroups(groups, 0, groups.length);
        buffer.putInt(CAPABILITIES, actions, ByteOrder.LITTLE_ENDIAN);
        length = SignalLayout.HEADER_LENGTH + encoder.encodedLength();
    }

    /**
     * Begins an action; its texts follow in the order of the schema, the client id in its place.
     *
     * @param blockLength of the template.
     */
    ActionDraft begin(final int template, final int blockLength) {
        buffer.putShort(SignalLayout.BLOCK_LENGTH_OFFSET, (short)blockLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(SignalLayout.TEMPLATE_ID_OFFSET, (short)template, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(SignalLayout.SCHEMA_ID_OFFSET, (short)GenerateCallEncoder.SCHEMA_ID, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(SignalLayout.VERSION_OFFSET, (short)GenerateCallEncoder.SCHEMA_VERSION, ByteOrder.LITTLE_ENDIAN);
        length = SignalLayout.HEADER_LENGTH + blockLength;
        return this;
    }

    /** Sets a byte of the block. */
    ActionDraft put(final int index, final int value) {
        buffer.putByte(SignalLayout.HEADER_LENGTH + index, (byte)value);
        return this;
    }

    /** Sets an i16 of the block. */
    ActionDraft putShort(final int index, final int value) {
        buffer.putShort(SignalLayout.HEADER_LENGTH + index, (short)value, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Client id and key, which stand together in each action. */
    ActionDraft key(final String key) {
        bytes(clientId, 0, clientId.length);
        return text(key);
    }

    /** The next text. */
    ActionDraft text(final String text) {
        if (null == text) {
            bytes(clientId, 0, 0);
        } else {
            final byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            bytes(encoded, 0, Math.min(encoded.length, ONE_TOO_LONG));
        }
        return this;
    }

    /**
     * Writes what every action has, behind the last text.
     *
     * @param deadlineNs in nanoseconds since 1970.
     */
    void end(final long nowNs, final long deadlineNs) {
        stamp(buffer, nowNs);
        buffer.putLong(ActionTemplates.DEADLINE_OFFSET, deadlineNs, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The same with a deadline from now on.
     *
     * @param timeoutNs of all but a fax, which takes minutes: it has {@link ActionGrant#FAX_TIMEOUTS} times that.
     */
    void endWithin(final long nowNs, final long timeoutNs) {
        final boolean isFax = SendFaxDecoder.TEMPLATE_ID == SignalLayout.templateId(buffer, 0);
        end(nowNs, nowNs + (isFax ? ActionGrant.FAX_TIMEOUTS * timeoutNs : timeoutNs));
    }

    /**
     * Takes the action over that an application brings. What is none is taken as it is, for a refusal that shows it.
     *
     * @param timeoutNs makes the deadline where the application gives none, see {@link #endWithin}.
     */
    void take(final DirectBuffer signal, final int offset, final int signalLength, final long nowNs, final long timeoutNs) {
        final int kept = Math.max(0, Math.min(signalLength, brought.capacity()));
        brought.putBytes(0, signal, offset, kept);
        if (AdmissionWalk.ADMITTED != WALK.check(brought, 0, kept) || !ActionTemplates.isAction(SignalLayout.templateId(brought, 0))) {
            takeAsItIs(kept, signalLength, nowNs);
            return;
        }
        final int block = SignalLayout.varDataOffset(brought, 0);
        buffer.putBytes(0, brought, 0, block);
        length = block;
        copyTexts(block, kept, ActionTemplates.clientText(SignalLayout.templateId(brought, 0)));
        final long said = brought.getLong(ActionTemplates.DEADLINE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (ActionFields.isStated(said)) {
            end(nowNs, said);
        } else {
            endWithin(nowNs, timeoutNs);
        }
    }

    private void takeAsItIs(final int kept, final int signalLength, final long nowNs) {
        buffer.putBytes(0, brought, 0, kept);
        length = signalLength;
        if (kept >= SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH) {
            stamp(buffer, nowNs);
        }
    }

    private void copyTexts(final int from, final int end, final int client) {
        int at = from;
        for (int text = 0; at < end; text++) {
            final int textLength = SignalLayout.textLength(brought, at);
            if (text == client) {
                bytes(clientId, 0, clientId.length);
            } else {
                buffer.putBytes(length, brought, at, Short.BYTES + textLength);
                length += Short.BYTES + textLength;
            }
            at += Short.BYTES + textLength;
        }
    }

    private void stamp(final UnsafeBuffer signal, final long nowNs) {
        signal.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ClientGrantDecoder.sourceSequenceNullValue(), ByteOrder.LITTLE_ENDIAN);
        signal.putLong(SignalLayout.SOURCE_TIME_OFFSET, nowNs, ByteOrder.LITTLE_ENDIAN);
        signal.putInt(SignalLayout.SOURCE_OFFSET, 0, ByteOrder.LITTLE_ENDIAN);
        signal.putInt(SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
    }

    private void bytes(final byte[] text, final int from, final int textLength) {
        buffer.putShort(length, (short)textLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(length + Short.BYTES, text, from, textLength);
        length += Short.BYTES + textLength;
    }
}
