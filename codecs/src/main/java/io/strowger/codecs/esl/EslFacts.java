package io.strowger.codecs.esl;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;

/**
 * Writes the facts of one event, and their texts from the event's fields.
 */
final class EslFacts extends FactBuffer {
    private static final int LEG_TEXTS = 8;
    private static final byte[] INBOUND = AsciiText.bytes("inbound");
    private static final byte[] ANSWERED = AsciiText.bytes("answered");
    private static final byte[] HANGUP = AsciiText.bytes("hangup");
    private static final byte BETWEEN = '~';
    private static final int PART_LENGTH = 60;

    private final EslFields fields;
    private final EslParty party;

    /**
     * Facts of one source.
     *
     * @param fields that texts are taken from.
     */
    EslFacts(final EslSettings settings, final EslFields fields) {
        super(settings.source(), settings.tenant());
        this.fields = fields;
        this.party = new EslParty(fields, settings);
    }

    /** The fields that texts are taken from. */
    EslFields fields() {
        return fields;
    }

    /** Whose leg the event shows. */
    EslParty party() {
        return party;
    }

    /**
     * Begins with the facts of an event.
     *
     * @param longestText {@link #WIDE} or {@link #TIGHT}.
     */
    void start(final int connection, final long blockEnd, final long sourceTimeNs, final int longestText) {
        startFacts(connection, blockEnd, sourceTimeNs, longestText);
        party.look(fields.is(EslKey.CALL_DIRECTION, INBOUND), EslKey.PRESENCE_ID, EslKey.CHANNEL_NAME, EslKey.CALLER_NUMBER,
            EslKey.CALLEE_NUMBER);
    }

    /** Begins with facts that show no leg. */
    void startPlain(final int connection, final long blockEnd, final long sourceTimeNs, final int longestText) {
        startFacts(connection, blockEnd, sourceTimeNs, longestText);
    }

    /** Up where the event shows the leg as answered, else null. */
    LegState legState() {
        return fields.is(EslKey.ANSWER_STATE, ANSWERED) ? LegState.UP : LegState.NULL_VAL;
    }

    /** Whether the event shows the leg as ended. */
    boolean isHungUp() {
        return fields.is(EslKey.ANSWER_STATE, HANGUP);
    }

    LegKind legKind() {
        return party.isPseudo(EslKey.CHANNEL_NAME) ? LegKind.PSEUDO : LegKind.DEVICE;
    }

    LegKind otherLegKind() {
        return party.isPseudo(EslKey.OTHER_LEG_CHANNEL) ? LegKind.PSEUDO : LegKind.DEVICE;
    }

    /** Whether the leg says that it belongs to the call of another. */
    boolean isOfAnotherCall() {
        return fields.has(EslKey.CALL_UUID) && !fields.areEqual(EslKey.CALL_UUID, EslKey.UNIQUE_ID);
    }

    /**
     * The eight texts of the event's leg: nativeId, callId, device, user, number, name, remoteParty, remoteName. The call id only where it
     * is another's: a leg shows its own where it does not know one yet or any more.
     */
    void leg() {
        leg(isOfAnotherCall());
    }

    /**
     * The same.
     *
     * @param withCall whether the call id is told.
     */
    void leg(final boolean withCall) {
        leg(withCall, party.remoteNumber(), party.remoteName());
    }

    /**
     * The same with what the server has told the leg's device of the other side.
     *
     * @param number of the field with the other side's number.
     * @param name   of the field with its name.
     */
    void legThatMeets(final int number, final int name) {
        leg(isOfAnotherCall(), party.number(number), party.name(name));
    }

    /** The same without call id and other side: at a leg's end the call id is its own, and the other side the first one. */
    void legAtItsEnd() {
        leg(false, 0, 0);
    }

    private void leg(final boolean withCall, final long remoteNumber, final long remoteName) {
        nativeId(EslKey.UNIQUE_ID);
        if (withCall) {
            id(EslKey.CALL_UUID);
        } else {
            none();
        }
        text(EslKey.CHANNEL_NAME);
        span(party.user());
        span(party.number());
        span(party.name());
        span(remoteNumber);
        span(remoteName);
    }

    /** The eight texts of a leg of which only the native id is known. */
    void onlyNativeId(final int field) {
        nativeId(field);
        none(LEG_TEXTS - 1);
    }

    /** The eight texts of a leg of which only the native id and who is on the other side are known. */
    void nativeIdAndRemote(final int field, final long remote) {
        nativeId(field);
        none(LEG_TEXTS - 3);
        span(remote);
        none();
    }

    /** An identity that the fact must have. */
    void nativeId(final int field) {
        nativeIdentity(fields.bytes(), fields.offset(field), fields.length(field));
    }

    /** An identity, or nothing. */
    void id(final int field) {
        identity(fields.bytes(), fields.offset(field), fields.length(field));
    }

    /** Id of what two legs are in together. */
    void idOfTwo(final int first, final int second) {
        beginText();
        appendIdentity(fields.bytes(), fields.offset(first), fields.length(first));
        append(BETWEEN);
        appendIdentity(fields.bytes(), fields.offset(second), fields.length(second));
        if (textLength() > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            spoilIdentity();
        }
        endText();
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

    /** A span of the fields' bytes as a text. */
    void span(final long span) {
        text(fields.bytes(), (int)(span >>> Integer.SIZE), (int)span);
    }

    /** The extension that a field begins with, or nothing. */
    void extension(final int field) {
        span(party.extension(fields.offset(field), fields.length(field)));
    }

    /** An identity of a prefix and a field; a field without a value is no identity. */
    void prefixed(final byte[] prefix, final int field) {
        if (!fields.has(field)) {
            missNativeId();
        }
        beginText();
        append(prefix, 0, prefix.length);
        appendIdentity(fields.bytes(), fields.offset(field), fields.length(field));
        endText();
    }

    /** A device's name: {@code user@host/place}, the place without its parameters. */
    void device(final int user, final int host, final int place) {
        final byte[] bytes = fields.bytes();
        int from = fields.offset(place);
        final int end = from + fields.length(place);
        for (int i = from; i < end; i++) {
            if (bytes[i] == '<') {
                from = i + 1;
            }
        }
        int to = from;
        while (to < end && bytes[to] != '>' && bytes[to] != ';') {
            to++;
        }
        beginText();
        append(bytes, fields.offset(user), Math.min(PART_LENGTH, fields.length(user)));
        append((byte)'@');
        append(bytes, fields.offset(host), Math.min(PART_LENGTH, fields.length(host)));
        append((byte)'/');
        append(bytes, from, Math.min(2 * PART_LENGTH, to - from));
        endText();
    }
}
