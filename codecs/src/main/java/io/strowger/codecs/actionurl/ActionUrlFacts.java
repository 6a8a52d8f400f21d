package io.strowger.codecs.actionurl;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;
import io.strowger.codecs.translate.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the facts of one request: user and device are the settings', the other side and the call are what the request tells.
 */
final class ActionUrlFacts extends FactBuffer {
    private static final byte SEPARATOR = ':';
    private static final int HEXADECIMAL = 16;
    /** A separator and a source sequence. */
    private static final int SUFFIX_LENGTH = 17;
    private static final int MAX_PREFIX = SignalLayout.MAX_NATIVE_ID_LENGTH - SUFFIX_LENGTH;
    private static final Pattern MADE = Pattern.compile("(.*):([0-7][0-9a-f]{15})", Pattern.DOTALL);

    private final RequestFields fields;
    private final Lines lines;
    private final byte[] user;
    private final byte[] device;
    private int line;
    private long remote;
    private RequestField remoteName;

    ActionUrlFacts(final ActionUrlSettings settings, final RequestFields fields, final Lines lines) {
        super(settings.source(), settings.tenant());
        this.fields = fields;
        this.lines = lines;
        user = settings.user().getBytes(StandardCharsets.UTF_8);
        device = settings.device().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Begins with the facts of a request.
     *
     * @param longestText {@link #WIDE} or {@link #TIGHT}.
     */
    void start(final int connection, final long blockEnd, final long sourceTimeNs, final int longestText) {
        startFacts(connection, blockEnd, sourceTimeNs, longestText);
    }

    /**
     * Finds the other side: the side that is not this device's user. What a phone calls remote is, on some of them, whoever was called.
     *
     * @param event of calls.
     */
    void findRemote(final PhoneEvent event) {
        remote = 0;
        remoteName = null;
        final boolean isIncoming = event == PhoneEvent.INCOMING;
        final boolean isFound = isOther(RequestField.REMOTE, RequestField.REMOTE_NAME)
            || (fields.has(RequestField.REMOTE) && isOther(RequestField.LOCAL, RequestField.LOCAL_NAME))
            || (isIncoming && isOther(RequestField.CALLING, RequestField.CALLING_NAME))
            || isOther(RequestField.CALLED, RequestField.CALLED_NAME)
            || isOther(RequestField.CALLING, RequestField.CALLING_NAME);
        if (!isFound && (fields.has(RequestField.REMOTE) || fields.has(RequestField.REMOTE_NAME))) {
            remote = party(RequestField.REMOTE);
            remoteName = RequestField.REMOTE_NAME;
        }
    }

    /** Whether both sides are told and neither is the user, as on the second line of a device: which one is the other is not known. */
    boolean isEither() {
        return isGuess() && isStranger(RequestField.CALLING) && isStranger(RequestField.CALLED);
    }

    private boolean isGuess() {
        return remoteName == RequestField.CALLING_NAME || remoteName == RequestField.CALLED_NAME;
    }

    /** Forgets the other side where it was only guessed of two: the call knows it better. */
    void forgetGuess() {
        if (isGuess()) {
            remote = 0;
            remoteName = null;
        }
    }

    /** Lays out for the lines what the request tells of its call. */
    void ask() {
        lines.ask(fields.bytes(), fields.offset(RequestField.CALL_ID), fields.length(RequestField.CALL_ID),
            (int)(remote >>> Integer.SIZE), (int)remote);
    }

    /** The call of the facts: one of the lines, or {@link Lines#NONE} for the one with the id in the request. */
    void call(final int newLine) {
        line = newLine;
    }

    /** The eight texts of the leg: nativeId, callId, device, user, number, name, remoteParty, remoteName. */
    void leg() {
        nativeId();
        none();
        literal(device);
        user();
        user();
        none();
        remote();
        if (remoteName == null) {
            none();
        } else {
            text(remoteName);
        }
    }

    /** The leg's id and seven empty texts. */
    void legById() {
        nativeId();
        none(7);
    }

    /** Who is at the device. */
    void user() {
        literal(user);
    }

    /** The device. */
    void device() {
        literal(device);
    }

    /** The other side. */
    void remote() {
        text(fields.bytes(), (int)(remote >>> Integer.SIZE), (int)remote);
    }

    /** Where a call goes to: as told, else the other side. */
    void target() {
        if (fields.has(RequestField.TARGET)) {
            final long party = party(RequestField.TARGET);
            text(fields.bytes(), (int)(party >>> Integer.SIZE), (int)party);
        } else {
            remote();
        }
    }

    /** The id of the leg: the phone's own where the call has one, with its request where that was used before, else one of the device's. */
    void nativeId() {
        if (line == Lines.NONE) {
            nativeIdentity(fields.bytes(), fields.offset(RequestField.CALL_ID), fields.length(RequestField.CALL_ID));
        } else if (!lines.isNamed(line) || (lines.isAgain(line) && lines.callIdLength(line) > MAX_PREFIX)) {
            idOfLine(device, device.length);
        } else if (lines.isAgain(line)) {
            idOfLine(lines.callId(line), lines.callIdLength(line));
        } else {
            nativeIdentity(lines.callId(line), 0, lines.callIdLength(line));
        }
    }

    /**
     * A call goes on that began before; its id tells what it was made of.
     *
     * @param nativeId of the leg.
     * @param other    the other side, or empty.
     */
    void goOn(final String nativeId, final String other, final long beganNs, final boolean isUp) {
        final byte[] id = nativeId.getBytes(StandardCharsets.UTF_8);
        final byte[] party = other.getBytes(StandardCharsets.UTF_8);
        final Matcher made = MADE.matcher(nativeId);
        final long sequence = made.matches() ? Long.parseUnsignedLong(made.group(2), HEXADECIMAL) : -1;
        final boolean isWithoutId = made.matches() && Arrays.equals(device, made.group(1).getBytes(StandardCharsets.UTF_8));
        final int named = isWithoutId ? 0 : sequence < 0 ? id.length : id.length - SUFFIX_LENGTH;
        final byte[] both = Arrays.copyOf(id, id.length + party.length);
        System.arraycopy(party, 0, both, id.length, party.length);
        lines.ask(both, 0, named, id.length, party.length);
        lines.goOn(sequence, beganNs, isUp);
    }

    private void idOfLine(final byte[] prefix, final int length) {
        beginText();
        append(prefix, 0, length);
        append(SEPARATOR);
        appendHex(lines.sequence(line));
        endText();
    }

    private void text(final RequestField field) {
        text(fields.bytes(), fields.offset(field), fields.length(field));
    }

    private boolean isOther(final RequestField field, final RequestField name) {
        if (!isStranger(field)) {
            return false;
        }
        remote = party(field);
        remoteName = name;
        return true;
    }

    private boolean isStranger(final RequestField field) {
        final long party = party(field);
        final int length = (int)party;
        return length > 0 && !AsciiText.equals(fields.bytes(), (int)(party >>> Integer.SIZE), length, user);
    }

    private long party(final RequestField field) {
        return SipUri.party(fields.bytes(), fields.offset(field), fields.length(field));
    }
}
