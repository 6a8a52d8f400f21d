package io.strowger.codecs.actionurl;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.http.HttpRequest;
import io.strowger.codecs.http.HttpRequestFramer;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes facts from the HTTP requests of one device, on as many connections as it likes: a phone opens one for each request.
 *
 * <p>Each fact carries the source sequence (connection, offset behind the request's end, ordinal in the request) and as its source time
 * the arrival of the bytes that completed the request: a phone's own clock is not to be trusted.
 */
public final class ActionUrlTranslator extends StreamTranslator {
    private static final byte[] HTTP_MALFORMED = AsciiText.bytes("http-malformed");
    private static final byte[] HTTP_REQUEST = AsciiText.bytes("http-request");
    private static final byte[] XML_MALFORMED = AsciiText.bytes("xml-malformed");
    private static final byte[] BLOCK_TOO_LARGE = AsciiText.bytes("block-too-large");
    private static final byte[] IDENTITY_TOO_LONG = AsciiText.bytes("native-id-too-long");
    private static final byte[] GET = AsciiText.bytes("GET");
    private static final byte[] POST = AsciiText.bytes("POST");
    private static final PhoneEvent[] EVENTS = PhoneEvent.values();

    private final HttpRequestFramer framer;
    private final RequestFields fields;
    private final ActionUrlFacts facts;
    private final StreamCounters counters;
    private final ActionUrlTemplate template;
    private final Lines lines;
    private final QueryReader query;
    private final XmlReader xml;
    private final ActionUrlMapping mapping;
    /** Something has come, or is about to: what was before that is known, as far as it will ever be. */
    private boolean isBegun;

    /**
     * A translator for one device, at the start of its connection 0.
     */
    public ActionUrlTranslator(final ActionUrlSettings settings) {
        this(settings, new HttpRequestFramer(settings.maxBodyLength()), new RequestFields(settings.template()), new Lines());
    }

    private ActionUrlTranslator(
        final ActionUrlSettings settings, final HttpRequestFramer framer, final RequestFields fields, final Lines lines) {
        this(settings, framer, fields, lines, new ActionUrlFacts(settings, fields, lines), new StreamCounters(names()));
    }

    private ActionUrlTranslator(
        final ActionUrlSettings settings, final HttpRequestFramer framer, final RequestFields fields, final Lines lines,
        final ActionUrlFacts facts, final StreamCounters counters) {
        super(framer, facts, counters);
        this.framer = framer;
        this.fields = fields;
        this.facts = facts;
        this.counters = counters;
        this.template = settings.template();
        this.lines = lines;
        this.query = new QueryReader(fields);
        this.xml = new XmlReader(fields);
        this.mapping = new ActionUrlMapping(facts);
    }

    /**
     * A call goes on that a translator before this one has begun: what comes of it next has the same native id. To be said behind the first
     * {@link #connected}, the oldest call first.
     *
     * @param nativeId of the leg, as its facts had it.
     * @param remote   the other side, empty when it is not known.
     * @param beganNs  when it began, in nanoseconds since 1970.
     * @param isUp     whether it is up, else it rings.
     */
    public void goOn(final String nativeId, final String remote, final long beganNs, final boolean isUp) {
        facts.goOn(nativeId, remote, beganNs, isUp);
    }

    /** With a first connection that is not the source's first, each id of a call may have been used. */
    @Override
    protected void forgotten() {
        if (!isBegun && connection() > 0) {
            lines.knowNothing();
        }
        isBegun = true;
    }

    @Override
    protected void translate() {
        isBegun = true;
        counters.add(Counter.BLOCKS);
        final HttpRequest request = framer.request();
        if (request.isMalformed()) {
            refuse(Counter.MALFORMED, HTTP_MALFORMED);
        } else if (request.isTooLarge()) {
            refuse(Counter.TOO_LARGE, BLOCK_TOO_LARGE);
        } else if (!isSent(request) || (template.isXml() && request.bodyLength() == 0)) {
            counters.add(Counter.FOREIGN);
            refuse(Counter.UNKNOWN_EVENTS, HTTP_REQUEST);
        } else if (template.isXml() && !xml.read(request.bytes(), request.bodyOffset(), request.bodyLength())) {
            refuse(Counter.MALFORMED, XML_MALFORMED);
        } else {
            if (!template.isXml()) {
                query.read(request);
            }
            happened();
        }
    }

    /** What only asks (HEAD, OPTIONS) tells nothing. */
    private static boolean isSent(final HttpRequest request) {
        return AsciiText.equals(request.bytes(), 0, request.methodLength(), GET)
            || AsciiText.equals(request.bytes(), 0, request.methodLength(), POST);
    }

    private void happened() {
        PhoneEvent event = template.event(
            fields.bytes(), fields.offset(RequestField.EVENT), fields.length(RequestField.EVENT));
        if (event == PhoneEvent.STATE) {
            event = template.state(fields.bytes(), fields.offset(RequestField.STATE), fields.length(RequestField.STATE));
        }
        if (event == null) {
            counters.add(Counter.UNKNOWN_EVENTS);
            byItsName();
            return;
        }
        count(event);
        if (event == PhoneEvent.NOISE || (event == PhoneEvent.ON_HOOK && !fields.has(RequestField.CALL_ID))) {
            counters.add(Counter.NOISE);
        } else if (fields.length(RequestField.CALL_ID) > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            refuse(Counter.IDENTITY_TOO_LONG, IDENTITY_TOO_LONG);
        } else if (event == PhoneEvent.REGISTERED || event == PhoneEvent.UNREGISTERED) {
            start(FactBuffer.WIDE);
            mapping.event(event);
        } else {
            ofCall(event);
        }
    }

    private void ofCall(final PhoneEvent event) {
        facts.findRemote(event);
        facts.ask();
        final int line = lineOf(event);
        if (line == Lines.NONE && !fields.has(RequestField.CALL_ID)) {
            counters.add(Counter.WITHOUT_NATIVE_ID);
            byItsName();
            return;
        }
        facts.call(line);
        if (line == Lines.NONE) {
            lines.use();
        }
        start(FactBuffer.WIDE);
        mapping.event(event);
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            start(FactBuffer.TIGHT);
            mapping.event(event);
        }
    }

    /** The line of the event's call, and where the call stands behind it. */
    private int lineOf(final PhoneEvent event) {
        final long sequence = SourceSequence.of(connection(), position(), 0);
        if (event == PhoneEvent.INCOMING || event == PhoneEvent.OUTGOING) {
            return lines.begin(sequence, arrivalNs());
        }
        final boolean mayBeOver = event != PhoneEvent.ESTABLISHED && event != PhoneEvent.CONNECTED && event != PhoneEvent.HELD;
        int line = lines.find(mayBeOver);
        if (line == Lines.NONE && facts.isEither()) {
            line = lines.findOfAny(mayBeOver);
        }
        if (line != Lines.NONE) {
            facts.forgetGuess();
        }
        switch (event) {
            case ESTABLISHED, CONNECTED, HELD -> {
                line = line == Lines.NONE ? lines.begin(sequence, arrivalNs()) : line;
                lines.up(line);
            }
            case RESUMED, FORWARDED, TRANSFERRED, TRANSFER_FAILED -> { }
            default -> {
                if (line != Lines.NONE) {
                    lines.over(line);
                }
            }
        }
        return line;
    }

    private void byItsName() {
        final HttpRequest request = framer.request();
        start(FactBuffer.WIDE);
        mapping.other(
            fields.bytes(), fields.offset(RequestField.EVENT), fields.length(RequestField.EVENT), request.bytes(), shownOffset(request),
            shownLength(request));
    }

    private void refuse(final Counter counter, final byte[] name) {
        final HttpRequest request = framer.request();
        counters.add(counter);
        start(FactBuffer.WIDE);
        mapping.other(name, 0, name.length, request.bytes(), shownOffset(request), shownLength(request));
    }

    /** Of a request with XML the XML, else method and target; never a header. */
    private int shownOffset(final HttpRequest request) {
        return isBodyShown(request) ? request.bodyOffset() : 0;
    }

    private int shownLength(final HttpRequest request) {
        return isBodyShown(request) ? request.bodyLength() : request.shownLength();
    }

    private boolean isBodyShown(final HttpRequest request) {
        return template.isXml() && request.bodyLength() > 0;
    }

    private void start(final int longestText) {
        facts.start(connection(), position(), arrivalNs(), longestText);
    }

    private void count(final PhoneEvent event) {
        for (int i = 0; i < EVENTS.length; i++) {
            if (EVENTS[i] == event) {
                counters.addEvent(i);
            }
        }
    }

    private static List<String> names() {
        return Stream.of(EVENTS).map(Enum::name).toList();
    }
}
