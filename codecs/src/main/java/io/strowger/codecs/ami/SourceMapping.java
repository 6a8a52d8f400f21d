package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.FaxAction;
import io.strowger.codecs.sbe.FaxEncoder;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageEncoder;
import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.RegistrationEncoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceStoppingEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;

/**
 * Events about the source itself, its devices, faxes and messages, and whatever has no mapping.
 */
final class SourceMapping {
    /** Bytes of a block that an {@code Other} fact keeps. */
    static final int OTHER_LENGTH = 256;

    /** Name of the {@code Other} fact in place of a block with an identity that is too long. */
    static final byte[] IDENTITY_TOO_LONG = AsciiText.bytes("native-id-too-long");
    /** Name of the {@code Other} fact in place of a block that is too large. */
    static final byte[] BLOCK_TOO_LARGE = AsciiText.bytes("block-too-large");

    private static final byte[] TRUE = AsciiText.bytes("true");
    private static final byte[] REGISTERED = AsciiText.bytes("registered");
    private static final byte[] REACHABLE = AsciiText.bytes("reachable");
    private static final byte[] LAGGED = AsciiText.bytes("lagged");
    private static final byte[] UNREGISTERED = AsciiText.bytes("unregistered");
    private static final byte[] UNREACHABLE = AsciiText.bytes("unreachable");
    private static final byte[] SEND = AsciiText.bytes("send");
    private static final byte[] GATEWAY = AsciiText.bytes("gateway");
    private static final byte[] FAX_ID = AsciiText.bytes("fax:");
    private static final byte[] SMS_ID = AsciiText.bytes("sms:");
    private static final long MS_PER_SECOND = 1000;

    private final FactWriter facts;
    private final SourceBootedEncoder booted = new SourceBootedEncoder();
    private final SourceStoppingEncoder stopping = new SourceStoppingEncoder();
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final FaxEncoder fax = new FaxEncoder();
    private final MessageEncoder message = new MessageEncoder();
    private final OtherEncoder other = new OtherEncoder();

    SourceMapping(final FactWriter facts) {
        this.facts = facts;
    }

    /** The uptime gives the boot instant; a name of its own is an identity. */
    void booted() {
        final long uptime = facts.block().number(AmiKey.UPTIME, -1);
        final boolean isKnown = uptime >= 0 && uptime < Long.MAX_VALUE / MS_PER_SECOND;
        facts.begin(booted);
        booted.uptimeMs(isKnown ? uptime * MS_PER_SECOND : SourceBootedEncoder.uptimeMsNullValue());
        facts.text(facts.block().find(AmiKey.SYSTEM_NAME));
        facts.end();
    }

    void stopping() {
        facts.begin(stopping);
        stopping.restart(facts.block().is(AmiKey.RESTART, TRUE) ? YesNo.YES : YesNo.NO);
        facts.text(facts.block().find(AmiKey.SHUTDOWN));
        facts.end();
    }

    /**
     * A device can be reached or not; a lagging one can. Any other status says neither.
     *
     * @return whether there is a fact.
     */
    boolean registration() {
        final AmiBlock block = facts.block();
        final boolean isThere = block.is(AmiKey.PEER_STATUS, REGISTERED) || block.is(AmiKey.PEER_STATUS, REACHABLE)
            || block.is(AmiKey.PEER_STATUS, LAGGED);
        if (!isThere && !block.is(AmiKey.PEER_STATUS, UNREGISTERED) && !block.is(AmiKey.PEER_STATUS, UNREACHABLE)) {
            return false;
        }
        facts.begin(registration);
        registration.action(isThere ? RegistrationAction.REGISTERED : RegistrationAction.UNREGISTERED);
        facts.user(block.find(AmiKey.PEER));
        facts.text(block.find(AmiKey.PEER));
        facts.text(block.find(AmiKey.ADDRESS));
        facts.end();
        return true;
    }

    /** A fax is over. No page went over the line: it failed; the event has no better word for it. */
    void faxEnd(final Direction direction) {
        final long pages = facts.block().number(AmiKey.PAGES, -1);
        fax(pages == 0 ? FaxAction.FAILED : FaxAction.COMPLETED, direction, pages, -1);
    }

    /**
     * Progress of a fax: the first one is its start. A gateway only passes on what others send, and never says that it is over.
     *
     * @return whether there is a fact.
     */
    boolean faxStatus() {
        if (facts.block().is(AmiKey.OPERATION, GATEWAY)) {
            return false;
        }
        final boolean isSent = facts.block().begins(AmiKey.OPERATION, SEND);
        fax(FaxAction.STARTED, isSent ? Direction.OUTGOING : Direction.INCOMING, -1, facts.block().find(AmiKey.STATUS));
        return true;
    }

    /** The driver gives a message no id, so its place in the stream is the id. Only the first line is the text. */
    void sms() {
        final AmiBlock block = facts.block();
        facts.begin(message);
        message.media(Media.SMS).direction(Direction.INCOMING);
        facts.idOfSequence(SMS_ID);
        facts.none();
        facts.text(block.find(AmiKey.FROM));
        facts.none();
        facts.text(block.find(AmiKey.MESSAGE_LINE_0), SignalLayout.MAX_TEXT_LENGTH);
        facts.none();
        facts.end();
    }

    /** An event without a mapping, by its own name. */
    void other(final int nameOffset, final int nameLength) {
        facts.begin(other);
        facts.raw(nameOffset, Math.min(nameLength, FactTexts.WIDE));
        facts.blockText(OTHER_LENGTH);
        facts.end();
    }

    /** A block that could not be translated, by what is wrong with it. */
    void refused(final byte[] name) {
        facts.begin(other);
        facts.literal(name);
        facts.blockText(OTHER_LENGTH);
        facts.end();
    }

    private void fax(final FaxAction action, final Direction direction, final long pages, final int text) {
        final AmiBlock block = facts.block();
        facts.begin(fax);
        fax.action(action).direction(direction)
            .pages(pages < 0 || pages > Integer.MAX_VALUE ? FaxEncoder.pagesNullValue() : (int)pages);
        facts.nativeIdBehind(FAX_ID, block.find(AmiKey.UNIQUEID));
        facts.id(block.find(AmiKey.LINKEDID));
        facts.user(block.find(AmiKey.CHANNEL));
        facts.text(block.find(AmiKey.REMOTE_STATION));
        facts.none();
        facts.text(block.find(AmiKey.FILE_NAME));
        facts.text(text);
        facts.end();
    }
}
