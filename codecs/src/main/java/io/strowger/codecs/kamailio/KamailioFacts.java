package io.strowger.codecs.kamailio;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;
import io.strowger.codecs.translate.SipUri;

/**
 * Writes the facts of one event, and their texts from the event's fields.
 *
 * <pre>
 *   native id of a leg:   Call-ID ; tag of the caller ; party of the leg          75f4a0@10.0.0.1;44a3c4a8;101
 *   without tags:         Call-ID ; party of the leg                              75f4a0@10.0.0.1;101
 *   callee of a call to oneself:  the same and ;2                                 75f4a0@10.0.0.1;44a3c4a8;101;2
 * </pre>
 */
final class KamailioFacts extends FactBuffer {
    private static final byte SEPARATOR = ';';
    private static final byte SECOND = '2';

    private final JsonFields fields;
    private final KamailioSettings settings;
    private long from;
    private long to;

    /**
     * Facts of one source.
     *
     * @param fields that texts are taken from.
     */
    KamailioFacts(final KamailioSettings settings, final JsonFields fields) {
        super(settings.source(), settings.tenant());
        this.settings = settings;
        this.fields = fields;
    }

    /**
     * Begins with the facts of an event.
     *
     * @param longestText {@link #WIDE} or {@link #TIGHT}.
     */
    void start(final int connection, final long blockEnd, final long sourceTimeNs, final int longestText) {
        startFacts(connection, blockEnd, sourceTimeNs, longestText);
        from = party(KamailioKey.FROM);
        to = party(KamailioKey.TO);
    }

    /** Whether the event names a call and both its parties; if not, {@link #isWithoutNativeId}. */
    boolean namesCall() {
        final boolean isNamed = fields.has(KamailioKey.CALL_ID) && length(from) > 0 && length(to) > 0;
        if (!isNamed) {
            missNativeId();
        }
        return isNamed;
    }

    /** Whether both parties are the same. */
    boolean isCallToOneself() {
        return length(from) == length(to) && sameBytes();
    }

    /** The eight texts of the caller's leg: nativeId, callId, device, user, number, name, remoteParty, remoteName. */
    void caller() {
        id(KamailioKey.FROM_TAG, from, false);
        field(KamailioKey.CALL_ID);
        text(KamailioKey.FROM);
        user(from);
        span(from);
        name();
        span(to);
        none();
    }

    /** The same of the callee's leg. */
    void callee() {
        id(KamailioKey.FROM_TAG, to, isCallToOneself());
        field(KamailioKey.CALL_ID);
        text(KamailioKey.TO);
        user(to);
        span(to);
        none();
        span(from);
        name();
    }

    /**
     * The leg of whoever sent a request within a dialog, in whom only the tags tell caller from callee.
     *
     * @param asCallee whether the sender is taken for the callee: then the To tag is the caller's.
     */
    void sender(final boolean asCallee) {
        id(asCallee ? KamailioKey.TO_TAG : KamailioKey.FROM_TAG, from, asCallee && isCallToOneself());
    }

    /** The caller's leg as the peer of another: peerLeg, peerCallId, peerUser, peerNumber, peerName. */
    void callerAsPeer() {
        id(KamailioKey.FROM_TAG, from, false);
        field(KamailioKey.CALL_ID);
        user(from);
        span(from);
        name();
    }

    /** The mix of media of the dialog: what both legs' ids begin with. */
    void bridgeId() {
        beginText();
        appendIdentity(fields.bytes(), fields.offset(KamailioKey.CALL_ID), fields.length(KamailioKey.CALL_ID));
        if (fields.has(KamailioKey.FROM_TAG)) {
            append(SEPARATOR);
            appendIdentity(fields.bytes(), fields.offset(KamailioKey.FROM_TAG), fields.length(KamailioKey.FROM_TAG));
        }
        endId();
    }

    /** The caller's party. */
    void from() {
        span(from);
    }

    /** The callee's party. */
    void to() {
        span(to);
    }

    /** The user of the caller's party, empty when it is no extension. */
    void fromUser() {
        user(from);
    }

    /** The user of the callee's party, empty when it is no extension. */
    void toUser() {
        user(to);
    }

    boolean isFromUser() {
        return isUser(from);
    }

    boolean isToUser() {
        return isUser(to);
    }

    /** A native id of the Call-ID and a party: of a message, which has no legs. */
    void messageId(final boolean ofReceiver) {
        id(-1, ofReceiver ? to : from, ofReceiver && isCallToOneself());
    }

    /** The party of the request's address, else that of To: what was dialled. */
    void dialled() {
        final long dialled = party(KamailioKey.RURI);
        span(length(dialled) > 0 ? dialled : to);
    }

    /** A field as a text. */
    void text(final int field) {
        text(fields.bytes(), fields.offset(field), fields.length(field));
    }

    /**
     * A field as a text that may be long.
     *
     * @param longest in bytes.
     */
    void text(final int field, final int longest) {
        text(fields.bytes(), fields.offset(field), fields.length(field), longest);
    }

    /** The caller's name without the quotation marks and escapes of SIP. */
    void name() {
        final byte[] bytes = fields.bytes();
        int at = fields.offset(KamailioKey.FROM_NAME);
        int end = at + fields.length(KamailioKey.FROM_NAME);
        if (end - at < 2 || bytes[at] != '"' || bytes[end - 1] != '"') {
            text(KamailioKey.FROM_NAME);
            return;
        }
        at++;
        end--;
        beginText();
        while (at < end && textLength() < textLimit()) {
            if (bytes[at] == '\\' && at + 1 < end) {
                at++;
            }
            append(bytes[at++]);
        }
        while (at < end && (bytes[at] & 0xC0) == 0x80 && textLength() > 0) {
            at--;
            takeBack(1);
        }
        endText();
    }

    private void field(final int field) {
        identity(fields.bytes(), fields.offset(field), fields.length(field));
    }

    private void id(final int tagField, final long party, final boolean isSecond) {
        beginText();
        appendIdentity(fields.bytes(), fields.offset(KamailioKey.CALL_ID), fields.length(KamailioKey.CALL_ID));
        append(SEPARATOR);
        if (tagField >= 0 && fields.has(tagField)) {
            appendIdentity(fields.bytes(), fields.offset(tagField), fields.length(tagField));
            append(SEPARATOR);
        }
        appendIdentity(fields.bytes(), offset(party), length(party));
        if (isSecond) {
            append(SEPARATOR);
            append(SECOND);
        }
        endId();
    }

    /** Separators are not counted against the limit while the id is put together. */
    private void endId() {
        if (textLength() > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            spoilIdentity();
        }
        endText();
    }

    private void user(final long party) {
        if (isUser(party)) {
            span(party);
        } else {
            none();
        }
    }

    private boolean isUser(final long party) {
        return AsciiText.isExtension(
            fields.bytes(), offset(party), length(party), settings.minExtensionDigits(), settings.maxExtensionDigits());
    }

    private void span(final long party) {
        text(fields.bytes(), offset(party), length(party));
    }

    private long party(final int field) {
        return SipUri.party(fields.bytes(), fields.offset(field), fields.length(field));
    }

    private boolean sameBytes() {
        for (int i = 0; i < length(from); i++) {
            if (fields.bytes()[offset(from) + i] != fields.bytes()[offset(to) + i]) {
                return false;
            }
        }
        return true;
    }

    private static int offset(final long span) {
        return (int)(span >>> Integer.SIZE);
    }

    private static int length(final long span) {
        return (int)span;
    }
}
