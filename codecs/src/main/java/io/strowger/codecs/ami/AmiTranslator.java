package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.NameTable;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;

/**
 * Makes facts from the bytes of the connections to one Asterisk server.
 *
 * <p>Each fact carries the source sequence (connection, offset behind the block's end, ordinal in the block) and the source time: the
 * block's own {@code Timestamp} where the server adds one, else the arrival of the bytes that completed the block. Empty lines behind a
 * block belong to it; a list that is open when its connection ends stays without an end.
 */
public final class AmiTranslator extends StreamTranslator {
    private static final int HEAD_LENGTH = 64;
    private static final int EVENT_LENGTH = "Event:".length();
    /** The server puts its time behind Event and Privilege; a key of that name further back is somebody else's. */
    private static final int LAST_TIMESTAMP_FIELD = 2;
    private static final byte[] SUCCESS = AsciiText.bytes("success");
    private static final byte[] QUEUE_STATUS = AsciiText.bytes("QUEUESTATUS");

    private final AmiFramer framer;
    private final AmiBlock block;
    private final FactWriter facts;
    private final BlockMapping mapping;
    private final AmiLists lists = new AmiLists();
    private final StreamCounters counters;
    private boolean isFirst = true;
    private boolean beganWithBanner;

    /**
     * A translator for one source, at the start of its connection 0.
     */
    public AmiTranslator(final AmiSettings settings) {
        this(settings, new AmiFramer(settings.bareLineFeedEndsLine(), settings.maxBlockLength()), new FactWriter(settings),
            new StreamCounters(AmiEventNames.names()));
    }

    private AmiTranslator(
        final AmiSettings settings, final AmiFramer framer, final FactWriter facts, final StreamCounters counters) {
        super(framer, facts, counters);
        this.framer = framer;
        this.facts = facts;
        this.counters = counters;
        block = new AmiBlock(settings.bareLineFeedEndsLine());
        mapping = new BlockMapping(facts);
    }

    /**
     * Whether the first block of this connection was the server's banner. If not, the bytes begin in the middle of a stream.
     */
    public boolean beganWithBanner() {
        return beganWithBanner;
    }

    @Override
    protected void forgotten() {
        lists.clear();
        isFirst = true;
        beganWithBanner = false;
    }

    @Override
    protected void translate() {
        final AmiBoundary.Kind kind = framer.kind();
        if (kind == AmiBoundary.Kind.BLANK) {
            return;
        }
        beganWithBanner |= isFirst && kind == AmiBoundary.Kind.BANNER;
        isFirst = false;
        if (kind == AmiBoundary.Kind.BANNER) {
            counters.add(Counter.BANNERS);
            return;
        }
        counters.add(Counter.BLOCKS);
        if (framer.isTooLong()) {
            load(framer.shownLength());
            refuse(Counter.TOO_LARGE, SourceMapping.BLOCK_TOO_LARGE);
            return;
        }
        switch (kind) {
            case EVENT -> event();
            case RESPONSE -> response();
            case FOLLOWS -> counters.add(Counter.RESPONSES);
            default -> text();
        }
    }

    /** A first look at the name alone: most events of a full stream are noise. */
    private void event() {
        final int head = Math.min(framer.shownLength(), HEAD_LENGTH);
        load(head);
        final int nameOffset = block.bytes()[EVENT_LENGTH] == ' ' ? EVENT_LENGTH + 1 : EVENT_LENGTH;
        final int nameLength = block.lineLength(nameOffset);
        final int number = nameOffset + nameLength < head ? AmiEventNames.find(block.bytes(), nameOffset, nameLength) : NameTable.NONE;
        if (number >= 0 && AmiEventNames.event(number) == null) {
            counters.addEvent(number);
            counters.add(Counter.NOISE);
            return;
        }
        load(framer.shownLength());
        named(number, nameOffset, number >= 0 ? nameLength : block.lineLength(nameOffset));
    }

    private void named(final int number, final int nameOffset, final int nameLength) {
        final AmiEvent event = number < 0 ? null : AmiEventNames.event(number);
        if (number >= 0) {
            counters.addEvent(number);
        }
        if (event == AmiEvent.VAR_SET && !block.contains(QUEUE_STATUS)) {
            counters.add(Counter.NOISE);
            return;
        }
        if (nameLength == 0) {
            counters.add(Counter.MALFORMED);
            return;
        }
        block.parse();
        if (block.isCut()) {
            refuse(Counter.TOO_LARGE, SourceMapping.BLOCK_TOO_LARGE);
            return;
        }
        final int actionId = block.find(AmiKey.ACTION_ID);
        final int list = lists.find(block, actionId);
        if (list >= 0 || (event != null && isListItem(event, actionId))) {
            listItem(event, list);
        } else if (event != null) {
            live(event, nameOffset, nameLength);
        } else {
            counters.add(Counter.UNKNOWN_EVENTS);
            start(FactTexts.WIDE);
            mapping.other(nameOffset, nameLength);
        }
    }

    /** A parked call is an event of its own, or stands in a list: there it has an ActionID and no privilege class. */
    private boolean isListItem(final AmiEvent event, final int actionId) {
        return event.isOnlyInLists() || (event == AmiEvent.PARKED && actionId >= 0 && !block.has(AmiKey.PRIVILEGE));
    }

    private void live(final AmiEvent event, final int nameOffset, final int nameLength) {
        start(FactTexts.WIDE);
        if (!mapping.live(event)) {
            counters.add(Counter.NOISE);
            return;
        }
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            start(FactTexts.TIGHT);
            mapping.live(event);
        }
        if (facts.isIdentityTooLong()) {
            refuse(Counter.IDENTITY_TOO_LONG, SourceMapping.IDENTITY_TOO_LONG);
        } else if (facts.isWithoutNativeId()) {
            counters.add(Counter.WITHOUT_NATIVE_ID);
            start(FactTexts.WIDE);
            mapping.other(nameOffset, nameLength);
        }
    }

    private void listItem(final AmiEvent event, final int list) {
        counters.add(Counter.LIST_ITEMS);
        if (list < 0 || event == null) {
            return;
        }
        final ListKind kind = lists.kind(list);
        start(FactTexts.WIDE);
        mapping.listItem(event, kind);
        if (facts.isTooLong()) {
            counters.add(Counter.CUT_TIGHT);
            start(FactTexts.TIGHT);
            mapping.listItem(event, kind);
        }
        if (facts.isIdentityTooLong()) {
            refuse(Counter.IDENTITY_TOO_LONG, SourceMapping.IDENTITY_TOO_LONG);
        } else if (facts.isWithoutNativeId()) {
            counters.add(Counter.WITHOUT_NATIVE_ID);
            facts.discard();
        }
        if (event == AmiEvent.LIST_END || event == AmiEvent.LIST_OTHER_END) {
            lists.close(list);
        }
    }

    private void response() {
        load(framer.shownLength());
        block.parse();
        final int event = block.find(AmiKey.EVENT);
        if (event >= 0 && !block.has(AmiKey.RESPONSE)) {
            final int offset = block.valueOffset(event);
            final int length = block.valueLength(event);
            final int number = AmiEventNames.find(block.bytes(), offset, length);
            if (number >= 0 && AmiEventNames.event(number) == null) {
                counters.addEvent(number);
                counters.add(Counter.NOISE);
            } else {
                named(number, offset, length);
            }
            return;
        }
        counters.add(Counter.RESPONSES);
        if (!block.endsWithEmptyLine()) {
            counters.add(Counter.MALFORMED);
        }
        final int actionId = block.find(AmiKey.ACTION_ID);
        final ListKind kind = AmiLists.announced(block);
        if (kind != null && actionId >= 0 && block.is(AmiKey.RESPONSE, SUCCESS)) {
            openList(actionId, kind);
        }
    }

    private void openList(final int actionId, final ListKind kind) {
        final int length = block.valueLength(actionId);
        if (length == 0 || length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            counters.add(Counter.LISTS_REFUSED);
            return;
        }
        if (!lists.open(block, actionId, kind)) {
            counters.add(Counter.LISTS_REFUSED);
        }
        start(FactTexts.WIDE);
        mapping.listBegin(kind);
    }

    private void text() {
        load(framer.shownLength());
        block.parse();
        counters.add(block.count() > 0 && block.keyLength(0) > 0 ? Counter.MALFORMED : Counter.TEXT_REPLIES);
    }

    private void refuse(final Counter counter, final byte[] name) {
        counters.add(counter);
        start(FactTexts.WIDE);
        mapping.refused(name);
    }

    private void load(final int length) {
        block.load(framer.block(), framer.blockOffset(), length);
    }

    private void start(final int longestText) {
        facts.start(block, connection(), position(), sourceTimeNs(), longestText);
    }

    private long sourceTimeNs() {
        final int field = block.find(AmiKey.TIMESTAMP);
        return field < 0 || field > LAST_TIMESTAMP_FIELD ? arrivalNs()
            : AmiText.timeNs(block.bytes(), block.valueOffset(field), block.valueLength(field), arrivalNs());
    }
}
