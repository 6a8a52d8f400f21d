package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;
import io.strowger.codecs.translate.NameTable;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.Arrays;

/**
 * Makes facts from the bytes of the event socket connections to one FreeSWITCH server: plain and JSON events, and the lists that somebody
 * has asked for.
 *
 * <p>Each fact carries the source sequence (connection, offset behind the frame's end, ordinal in the frame; the items of a list stand at
 * their rows) and the source time: the event's own {@code Event-Date-Timestamp}, else the arrival of the bytes that completed the frame.
 * In front of the first event of a connection that names its server stands the server's identity, and again when that changes.
 */
public final class EslTranslator extends StreamTranslator {
    private static final int MAX_IDENTITY = 256;
    private static final long NS_PER_US = 1_000;
    private static final long MOST_US = Long.MAX_VALUE / NS_PER_US;
    private static final byte[] PLAIN_NAME = AsciiText.bytes("Event-Name: ");
    private static final byte[] JSON_NAME = AsciiText.bytes("{\"Event-Name\":\"");
    private static final byte[] STOPS = AsciiText.bytes("shut");
    private static final byte[] FRAME_MALFORMED = AsciiText.bytes("frame-malformed");
    private static final byte[] EVENT_MALFORMED = AsciiText.bytes("event-malformed");
    private static final byte[] FRAME_TOO_LARGE = AsciiText.bytes("frame-too-large");
    private static final byte[] IDENTITY_TOO_LONG = AsciiText.bytes("native-id-too-long");
    private static final byte[] EVENT_XML = AsciiText.bytes("text/event-xml");

    private final EslFramer framer;
    private final EslFields fields;
    private final EslFacts facts;
    private final EventMapping mapping;
    private final SourceMapping sources;
    private final ShowRows rows = new ShowRows();
    private final ListMapping lists;
    private final StreamCounters counters;
    private final JsonScanner json = new JsonScanner();
    private final byte[] identity = new byte[MAX_IDENTITY];
    private int identityLength;
    private ListKind asked = ListKind.STATES;
    private boolean isListing;
    private boolean isLegsDue;
    private boolean isLegsBegun;
    private boolean isLegsOpen;

    /**
     * A translator for one source, at the start of its connection 0.
     */
    public EslTranslator(final EslSettings settings) {
        this(settings, new EslFramer(settings.maxFrameLength()), new EslFields(EslKey.names()));
    }

    private EslTranslator(final EslSettings settings, final EslFramer framer, final EslFields fields) {
        this(settings, framer, fields, new EslFacts(settings, fields), new StreamCounters(EslEventNames.names()));
    }

    private EslTranslator(
        final EslSettings settings, final EslFramer framer, final EslFields fields, final EslFacts facts, final StreamCounters counters) {
        super(framer, facts, counters);
        this.framer = framer;
        this.fields = fields;
        this.facts = facts;
        this.counters = counters;
        this.sources = new SourceMapping(facts);
        this.mapping = new EventMapping(facts, sources);
        this.lists = new ListMapping(facts, rows.row(), settings);
    }

    /**
     * Says which list this side has asked for last. Only of a list without rows is it not to be seen: until something else is said, such a
     * list is taken for one of pairs, which ends nothing.
     *
     * <p>A list of legs begins where it is asked for: in front of the first event behind that, else where it stands. The server makes it
     * from a database that it writes some 200 ms behind its events, so that a leg of such an event may not be in it. What began just before
     * the question may not be in it either.
     *
     * @param kind LEGS for {@code show channels}, STATES for {@code show calls}.
     */
    public void asked(final ListKind kind) {
        asked = kind;
        isLegsDue = kind == ListKind.LEGS;
        // one that began for an earlier question, and whose answer was no list, is not this one
        isLegsOpen &= !isLegsDue;
    }

    @Override
    protected void forgotten() {
        identityLength = 0;
        isListing = false;
        isLegsDue = false;
        isLegsBegun = false;
        isLegsOpen = false;
    }

    @Override
    protected void translate() {
        counters.add(Counter.BLOCKS);
        if (framer.isTooLong()) {
            refuse(Counter.TOO_LARGE, FRAME_TOO_LARGE);
        } else if (framer.isMalformed()) {
            refuse(Counter.MALFORMED, FRAME_MALFORMED);
        } else {
            frame();
        }
    }

    /** The next row of a list that is being told, or its end. */
    @Override
    protected boolean translateMore() {
        if (!isListing) {
            return false;
        }
        if (!rows.next()) {
            isListing = false;
            facts.startPlain(connection(), position(), arrivalNs(), FactBuffer.WIDE);
            if (rows.isWhole()) {
                lists.end();
            } else {
                counters.add(Counter.MALFORMED);
            }
            return true;
        }
        final long rowPlace = bodyPlace() + rows.rowStart() - framer.bodyOffset() + 1;
        facts.startPlain(connection(), rowPlace, arrivalNs(), FactBuffer.WIDE);
        lists.row(arrivalNs());
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            facts.startPlain(connection(), rowPlace, arrivalNs(), FactBuffer.TIGHT);
            lists.row(arrivalNs());
        }
        if (facts.isIdentityTooLong()) {
            counters.add(Counter.IDENTITY_TOO_LONG);
            facts.discard();
        }
        lists.told(facts.pending());
        return true;
    }

    private void frame() {
        switch (framer.kind()) {
            case EVENT_PLAIN -> plain(framer.bodyOffset(), framer.bodyLength());
            case EVENT_JSON -> json(framer.bodyOffset(), framer.bodyLength());
            case EVENT_XML -> refuse(Counter.UNKNOWN_EVENTS, EVENT_XML);
            case API_RESPONSE -> list();
            case DISCONNECT_NOTICE -> notice();
            case COMMAND_REPLY -> {
                if (framer.isEventInHeaders()) {
                    plain(0, framer.bodyOffset());
                }
            }
            case AUTH_REQUEST, RUDE_REJECTION, LOG_DATA -> { }
            default -> refuse(Counter.MALFORMED, FRAME_MALFORMED);
        }
    }

    private void plain(final int offset, final int length) {
        if (isNoise(offset, length, PLAIN_NAME, (byte)'\n')) {
            return;
        }
        final boolean isGood = PlainScanner.parse(fields, framer.bytes(), offset, length, EslKey.BODY, EslKey.CONTENT_LENGTH);
        parsed(isGood, offset, length);
    }

    private void json(final int offset, final int length) {
        if (isNoise(offset, length, JSON_NAME, (byte)'"')) {
            return;
        }
        parsed(json.parse(fields, framer.bytes(), offset, offset + length) > 0, offset, length);
    }

    /** A first look at the name alone, once the server is known: most events of a full stream are noise. */
    private boolean isNoise(final int offset, final int length, final byte[] before, final byte behind) {
        final byte[] bytes = framer.bytes();
        if (identityLength == 0 || !AsciiText.equals(bytes, offset, Math.min(length, before.length), before)) {
            return false;
        }
        final int from = offset + before.length;
        int to = from;
        while (to < offset + length && to - from <= NameTable.MAX_NAME_LENGTH && bytes[to] != behind && bytes[to] != '\r') {
            to++;
        }
        final int number = EslEventNames.find(bytes, from, to - from);
        if (number < 0 || EslEventNames.event(number) != null) {
            return false;
        }
        counters.addEvent(number);
        counters.add(Counter.NOISE);
        return true;
    }

    private void parsed(final boolean isGood, final int offset, final int length) {
        if (!isGood || !fields.has(EslKey.EVENT_NAME)) {
            refuse(Counter.MALFORMED, EVENT_MALFORMED);
            return;
        }
        int name = EslKey.EVENT_NAME;
        int number = EslEventNames.find(fields.bytes(), fields.offset(name), fields.length(name));
        if (number >= 0 && EslEventNames.event(number) == EslEvent.CUSTOM && fields.has(EslKey.EVENT_SUBCLASS)) {
            name = EslKey.EVENT_SUBCLASS;
            number = EslEventNames.find(fields.bytes(), fields.offset(name), fields.length(name));
        }
        if (number >= 0) {
            counters.addEvent(number);
        }
        final EslEvent event = number < 0 ? EslEvent.CUSTOM : EslEventNames.event(number);
        if (event == EslEvent.CUSTOM) {
            counters.add(Counter.UNKNOWN_EVENTS);
            byItsName(name, offset, length);
        } else {
            known(event, name, offset, length);
        }
        rememberServer();
        isLegsDue &= !isLegsBegun;
        isLegsOpen |= isLegsBegun;
        isLegsBegun = false;
    }

    private void known(final EslEvent event, final int name, final int offset, final int length) {
        start(FactBuffer.WIDE);
        if (event == null || !mapping.event(event)) {
            counters.add(Counter.NOISE);
            return;
        }
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            start(FactBuffer.TIGHT);
            mapping.event(event);
        }
        if (facts.isIdentityTooLong()) {
            refuse(Counter.IDENTITY_TOO_LONG, IDENTITY_TOO_LONG);
        } else if (facts.isWithoutNativeId()) {
            counters.add(Counter.WITHOUT_NATIVE_ID);
            byItsName(name, offset, length);
        }
    }

    private void byItsName(final int name, final int offset, final int length) {
        start(FactBuffer.WIDE);
        sources.other(fields.bytes(), fields.offset(name), fields.length(name), framer.bytes(), offset, length);
    }

    private void refuse(final Counter counter, final byte[] name) {
        counters.add(counter);
        isLegsBegun = false;
        final boolean hasBody = framer.bodyLength() > 0;
        facts.startPlain(connection(), position(), arrivalNs(), FactBuffer.WIDE);
        sources.other(name, 0, name.length, framer.bytes(), hasBody ? framer.bodyOffset() : 0,
            hasBody ? framer.bodyLength() : framer.bodyOffset());
    }

    /** Begins with the facts of the parsed event: its server's identity first, where that is new, and a list of legs that is due. */
    private void start(final int longestText) {
        final long us = fields.number(EslKey.EVENT_TIME, -1);
        facts.start(connection(), position(), us < 0 || us > MOST_US ? arrivalNs() : us * NS_PER_US, longestText);
        if (isNewServer()) {
            sources.booted();
        }
        if (isLegsDue) {
            lists.begin(ListKind.LEGS);
            isLegsBegun = true;
        }
    }

    private boolean isNewServer() {
        final int length = fields.length(EslKey.CORE_UUID);
        final int offset = fields.offset(EslKey.CORE_UUID);
        return length > 0 && length <= MAX_IDENTITY && !Arrays.equals(fields.bytes(), offset, offset + length, identity, 0, identityLength);
    }

    private void rememberServer() {
        if (isNewServer()) {
            identityLength = fields.length(EslKey.CORE_UUID);
            System.arraycopy(fields.bytes(), fields.offset(EslKey.CORE_UUID), identity, 0, identityLength);
        }
    }

    private void list() {
        if (!rows.begin(framer.bytes(), framer.bodyOffset(), framer.bodyLength())) {
            return;
        }
        isListing = true;
        final ListKind kind = rows.isEmpty() ? asked : rows.hasPairs() ? ListKind.STATES : ListKind.LEGS;
        if (kind != ListKind.LEGS || !isLegsOpen) {
            facts.startPlain(connection(), bodyPlace(), arrivalNs(), FactBuffer.WIDE);
            lists.begin(kind);
        }
        isLegsDue &= kind != ListKind.LEGS;
        isLegsOpen = false;
    }

    /** Offset in the connection of the body's first byte. */
    private long bodyPlace() {
        return position() - framer.sentBodyLength();
    }

    /** The server says good-bye to who has asked for it, too: only a server that shuts down stops. */
    private void notice() {
        final int offset = framer.bodyOffset();
        for (int i = offset; i + STOPS.length <= offset + framer.bodyLength(); i++) {
            if (AsciiText.beginsIgnoringCase(framer.bytes(), i, STOPS.length, STOPS)) {
                facts.startPlain(connection(), position(), arrivalNs(), FactBuffer.WIDE);
                sources.stopping(framer.bytes(), offset, framer.bodyLength());
                return;
            }
        }
    }
}
