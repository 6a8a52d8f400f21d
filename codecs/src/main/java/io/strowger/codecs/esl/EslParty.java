package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;

/**
 * Whose leg an event or a row of a list shows, and who is on its other side. Caller and callee are seen from the call's first leg and
 * change places when a leg is moved: the side that is not the leg's own user is the other one.
 *
 * <p>All spans are {@code offset << 32 | length} in the fields' bytes. One thread.
 */
final class EslParty {
    private static final byte[] LOOPBACK = AsciiText.bytes("loopback/");
    private static final byte[] GATEWAY = AsciiText.bytes("sofia/gateway/");
    private static final byte[] SIP = AsciiText.bytes("sip:");
    private static final byte[] SIPS = AsciiText.bytes("sips:");
    private static final byte[][] NO_NUMBER = {AsciiText.bytes("0000000000"), AsciiText.bytes("unknown")};
    private static final byte[][] NO_NAME = {AsciiText.bytes("outbound call"), AsciiText.bytes("unknown")};

    private final EslFields fields;
    private final int fewestDigits;
    private final int mostDigits;
    private long user;
    private boolean isInbound;
    private boolean isCallerOwn;
    private long callerNumber;
    private long callerName;
    private long calleeNumber;
    private long calleeName;

    EslParty(final EslFields fields, final EslSettings settings) {
        this.fields = fields;
        this.fewestDigits = settings.minExtensionDigits();
        this.mostDigits = settings.maxExtensionDigits();
    }

    /**
     * Looks at a leg.
     *
     * @param inbound    whether the leg came to the server.
     * @param presence   number of the field with the presence, the others likewise.
     * @param callee     number of the callee's number; its name's number follows the caller's way.
     */
    void look(final boolean inbound, final int presence, final int channel, final int caller, final int callee) {
        isInbound = inbound;
        final long named = extension(fields.offset(presence), fields.length(presence));
        user = named != 0 ? named : userOfChannel(channel);
        callerNumber = number(caller);
        callerName = name(caller + 1);
        calleeNumber = number(callee);
        calleeName = name(callee + 1);
        isCallerOwn = inbound;
        if (user != 0 && fields.isSpan(caller, user) != fields.isSpan(callee, user)) {
            isCallerOwn = fields.isSpan(caller, user);
        }
    }

    /** Whether the leg came to the server. */
    boolean isInbound() {
        return isInbound;
    }

    /** The local user of the leg, 0 for none. */
    long user() {
        return user;
    }

    /** The leg's own number. */
    long number() {
        return isCallerOwn ? callerNumber : calleeNumber;
    }

    /** The leg's own name. */
    long name() {
        return isCallerOwn ? callerName : calleeName;
    }

    /** Number of the other side. */
    long remoteNumber() {
        return isCallerOwn ? calleeNumber : callerNumber;
    }

    /** Name of the other side. */
    long remoteName() {
        return isCallerOwn ? calleeName : callerName;
    }

    /** Whether the device is one that the server has made for itself. */
    boolean isPseudo(final int channel) {
        return AsciiText.beginsIgnoringCase(fields.bytes(), fields.offset(channel), fields.length(channel), LOOPBACK);
    }

    /**
     * The extension that a text begins with: all of it, or up to an {@code @}.
     *
     * @return 0 for none.
     */
    long extension(final int offset, final int length) {
        int end = offset;
        while (end < offset + length && fields.bytes()[end] != '@') {
            end++;
        }
        return AsciiText.isExtension(fields.bytes(), offset, end - offset, fewestDigits, mostDigits) ? span(offset, end - offset) : 0;
    }

    /** NAME of {@code sofia/profile/NAME@host}, also behind {@code sip:}. A gateway's number is nobody's extension. */
    private long userOfChannel(final int channel) {
        final byte[] bytes = fields.bytes();
        final int offset = fields.offset(channel);
        final int end = offset + fields.length(channel);
        if (AsciiText.beginsIgnoringCase(bytes, offset, end - offset, GATEWAY) || isPseudo(channel)) {
            return 0;
        }
        int from = offset;
        for (int i = offset; i < end && bytes[i] != '@'; i++) {
            if (bytes[i] == '/') {
                from = i + 1;
            }
        }
        if (AsciiText.beginsIgnoringCase(bytes, from, end - from, SIP)) {
            from += SIP.length;
        } else if (AsciiText.beginsIgnoringCase(bytes, from, end - from, SIPS)) {
            from += SIPS.length;
        }
        return extension(from, end - from);
    }

    /** A field as a number: nothing where it holds the server's word for that. */
    long number(final int field) {
        return without(fields.span(field), NO_NUMBER);
    }

    /** A field as a name: nothing where it holds the server's word for that. */
    long name(final int field) {
        return without(fields.span(field), NO_NAME);
    }

    private long without(final long span, final byte[][] placeholders) {
        for (final byte[] placeholder : placeholders) {
            if (AsciiText.equalsIgnoringCase(fields.bytes(), (int)(span >>> Integer.SIZE), (int)span, placeholder)) {
                return 0;
            }
        }
        return span;
    }

    private static long span(final int offset, final int length) {
        return ((long)offset << Integer.SIZE) | length;
    }
}
