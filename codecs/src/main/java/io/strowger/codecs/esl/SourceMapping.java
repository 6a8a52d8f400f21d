package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.RegistrationEncoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceStoppingEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;

/**
 * Events about the server itself and the devices of its users, and whatever has no mapping.
 */
final class SourceMapping {
    /** Bytes of a frame that an {@code Other} fact keeps. */
    static final int OTHER_LENGTH = 256;

    private static final byte[] WEB_SOCKET = AsciiText.bytes("transport=ws");

    private final EslFacts facts;
    private final EslFields fields;
    private final SourceBootedEncoder booted = new SourceBootedEncoder();
    private final SourceStoppingEncoder stopping = new SourceStoppingEncoder();
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final OtherEncoder other = new OtherEncoder();

    SourceMapping(final EslFacts facts) {
        this.facts = facts;
        this.fields = facts.fields();
    }

    /** The server's own identity, which changes with each of its starts. */
    void booted() {
        facts.begin(booted);
        booted.uptimeMs(SourceBootedEncoder.uptimeMsNullValue());
        facts.text(EslKey.CORE_UUID);
        facts.end();
    }

    /** The server stops, and says why or not. */
    void stopping(final byte[] bytes, final int offset, final int length) {
        facts.begin(stopping);
        stopping.restart(YesNo.NULL_VAL);
        facts.text(bytes, offset, length);
        facts.end();
    }

    /**
     * A device of a user can be reached, or not any more. Its place is part of its name, so that two devices of a user are two. That of
     * one on a WebSocket is the Call-ID it registers with: when its socket closes, the server tells no contact.
     *
     * @return false when the event does not say whose device.
     */
    boolean registration(final RegistrationAction action) {
        final int user = fields.has(EslKey.FROM_USER) ? EslKey.FROM_USER : EslKey.USER;
        if (!fields.has(user)) {
            return false;
        }
        facts.begin(registration);
        registration.action(action);
        facts.extension(user);
        facts.device(user, fields.has(EslKey.FROM_HOST) ? EslKey.FROM_HOST : EslKey.HOST, place());
        facts.text(EslKey.NETWORK_IP);
        facts.end();
        return true;
    }

    private int place() {
        final boolean isToldByContact = fields.has(EslKey.CONTACT) && fields.find(EslKey.CONTACT, WEB_SOCKET) < 0;
        return isToldByContact || !fields.has(EslKey.REGISTER_CALL_ID) ? EslKey.CONTACT : EslKey.REGISTER_CALL_ID;
    }

    /** A frame that no mapping reads, by a name. */
    void other(
        final byte[] nameBytes, final int nameOffset, final int nameLength, final byte[] bytes, final int offset, final int length) {
        facts.begin(other);
        facts.text(nameBytes, nameOffset, nameLength);
        facts.text(bytes, offset, length, OTHER_LENGTH);
        facts.end();
    }
}
