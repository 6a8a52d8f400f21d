package io.strowger.codecs.kamailio;

import io.strowger.codecs.http.HttpRequest;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;

/**
 * Makes facts from the bytes of the connections of one Kamailio server: evapi netstrings or HTTP posts, told apart by the first byte of
 * each connection.
 *
 * <p>Each fact carries the source sequence (connection, offset behind the message's end, ordinal in the message) and the source time: the
 * message's own {@code ts} where the server's script tells it, else the arrival of the bytes that completed the message.
 */
public final class KamailioTranslator extends StreamTranslator {
    private static final byte[] NETSTRING_MALFORMED = AsciiText.bytes("netstring-malformed");
    private static final byte[] JSON_MALFORMED = AsciiText.bytes("json-malformed");
    private static final byte[] HTTP_MALFORMED = AsciiText.bytes("http-malformed");
    private static final byte[] HTTP_REQUEST = AsciiText.bytes("http-request");
    private static final byte[] BLOCK_TOO_LARGE = AsciiText.bytes("block-too-large");
    private static final byte[] IDENTITY_TOO_LONG = AsciiText.bytes("native-id-too-long");
    private static final byte[] POST = AsciiText.bytes("POST");
    private static final byte[] PUT = AsciiText.bytes("PUT");

    private final KamailioFramer framer;
    private final JsonFields fields;
    private final KamailioFacts facts;
    private final KamailioMapping mapping;
    private final StreamCounters counters;
    private byte[] block;
    private int offset;
    private int length;

    /**
     * A translator for one source, at the start of its connection 0.
     */
    public KamailioTranslator(final KamailioSettings settings) {
        this(settings, new KamailioFramer(settings.maxBlockLength()), KamailioKey.fields());
    }

    private KamailioTranslator(final KamailioSettings settings, final KamailioFramer framer, final JsonFields fields) {
        this(framer, fields, new KamailioFacts(settings, fields), new StreamCounters(KamailioEvent.words()));
    }

    private KamailioTranslator(
        final KamailioFramer framer, final JsonFields fields, final KamailioFacts facts, final StreamCounters counters) {
        super(framer, facts, counters);
        this.framer = framer;
        this.fields = fields;
        this.facts = facts;
        this.counters = counters;
        this.mapping = new KamailioMapping(facts, fields);
    }

    @Override
    protected void translate() {
        counters.add(Counter.BLOCKS);
        if (framer.isHttp()) {
            request(framer.request());
        } else {
            netstring(framer.netstring());
        }
    }

    private void netstring(final NetstringFramer netstring) {
        select(netstring.payload(), 0, netstring.length());
        if (netstring.isMalformed()) {
            refuse(Counter.MALFORMED, NETSTRING_MALFORMED);
        } else if (netstring.isTooLarge()) {
            refuse(Counter.TOO_LARGE, BLOCK_TOO_LARGE);
        } else {
            json();
        }
    }

    private void request(final HttpRequest request) {
        select(request.bytes(), 0, request.shownLength());
        if (request.isMalformed()) {
            refuse(Counter.MALFORMED, HTTP_MALFORMED);
        } else if (request.isTooLarge()) {
            refuse(Counter.TOO_LARGE, BLOCK_TOO_LARGE);
        } else if (!isPost(request) || request.bodyLength() == 0) {
            counters.add(Counter.FOREIGN);
            refuse(Counter.UNKNOWN_EVENTS, HTTP_REQUEST);
        } else {
            select(request.bytes(), request.bodyOffset(), request.bodyLength());
            json();
        }
    }

    private static boolean isPost(final HttpRequest request) {
        return AsciiText.equals(request.bytes(), 0, request.methodLength(), POST)
            || AsciiText.equals(request.bytes(), 0, request.methodLength(), PUT);
    }

    private void json() {
        if (!fields.parse(block, offset, length) || !fields.has(KamailioKey.EVENT)) {
            refuse(Counter.MALFORMED, JSON_MALFORMED);
            return;
        }
        final int number = KamailioEvent.find(
            fields.bytes(), fields.offset(KamailioKey.EVENT), fields.length(KamailioKey.EVENT));
        if (number < 0) {
            counters.add(Counter.UNKNOWN_EVENTS);
            byItsName();
            return;
        }
        counters.addEvent(number);
        final KamailioEvent event = KamailioEvent.event(number);
        if (event.isNoise() || isWithinDialog(event)) {
            counters.add(Counter.NOISE);
        } else {
            known(event);
        }
    }

    /** A request for a new dialog has no To tag yet: with one it is a re-INVITE, in which the parties may have changed places. */
    private boolean isWithinDialog(final KamailioEvent event) {
        return event == KamailioEvent.INVITE && fields.has(KamailioKey.TO_TAG);
    }

    private void known(final KamailioEvent event) {
        start(FactBuffer.WIDE);
        mapping.event(event);
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            start(FactBuffer.TIGHT);
            mapping.event(event);
        }
        if (facts.isIdentityTooLong()) {
            refuse(Counter.IDENTITY_TOO_LONG, IDENTITY_TOO_LONG);
        } else if (facts.isWithoutNativeId()) {
            counters.add(Counter.WITHOUT_NATIVE_ID);
            byItsName();
        }
    }

    private void byItsName() {
        start(FactBuffer.WIDE);
        mapping.other(
            fields.bytes(), fields.offset(KamailioKey.EVENT), fields.length(KamailioKey.EVENT), block, offset, length);
    }

    private void refuse(final Counter counter, final byte[] name) {
        counters.add(counter);
        start(FactBuffer.WIDE, arrivalNs());
        mapping.other(name, 0, name.length, block, offset, length);
    }

    private void select(final byte[] bytes, final int from, final int count) {
        block = bytes;
        offset = from;
        length = count;
    }

    private void start(final int longestText) {
        start(longestText, AsciiText.timeNs(
            fields.bytes(), fields.offset(KamailioKey.TS), fields.length(KamailioKey.TS), arrivalNs()));
    }

    private void start(final int longestText, final long timeNs) {
        facts.start(connection(), position(), timeNs, longestText);
    }
}
