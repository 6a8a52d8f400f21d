package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.ami.AmiCounters.Counter;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.NameTable;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Makes facts from the bytes of the connections to one Asterisk server.
 *
 * <pre>
 *   connected(0)   onBytes onBytes onBytes ...   disconnected()   connected(1)   onBytes ...
 * </pre>
 *
 * <p>Each fact carries the source sequence (connection, offset behind the block's end, ordinal in the block) and the source time: the
 * block's own {@code Timestamp} where the server adds one, else the arrival of the bytes that completed the block. The facts depend on the
 * bytes and those arrival times only, never on the pieces the bytes came in.
 *
 * <p>The facts of a block are held until the sink has taken them all, in order; a block is not begun before the one in front of it is done.
 * One thread; allocates nothing once the longest block has been met.
 */
public final class AmiTranslator {
    private static final int HEAD_LENGTH = 64;
    private static final int EVENT_LENGTH = "Event:".length();
    /** The server puts its time behind Event and Privilege; a key of that name further back is somebody else's. */
    private static final int LAST_TIMESTAMP_FIELD = 2;
    private static final byte[] SUCCESS = "success".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUEUE_STATUS = "QUEUESTATUS".getBytes(StandardCharsets.US_ASCII);

    private final AmiFramer framer;
    private final AmiBlock block;
    private final FactWriter facts;
    private final BlockMapping mapping;
    private final AmiLists lists = new AmiLists();
    private final AmiCounters counters = new AmiCounters();

    private int connection;
    private long position;
    private boolean isFirst = true;
    private boolean beganWithBanner;
    /** Bytes that the framer has already and the caller will bring again. */
    private int owed;
    private long arrivalTimeNs;

    /**
     * A translator for one source, at the start of its connection 0.
     */
    public AmiTranslator(final AmiSettings settings) {
        framer = new AmiFramer(settings.bareLineFeedEndsLine(), settings.maxBlockLength());
        block = new AmiBlock(settings.bareLineFeedEndsLine());
        facts = new FactWriter(settings);
        mapping = new BlockMapping(facts);
    }

    /**
     * A connection begins: what is left of the one before is forgotten.
     *
     * @param connectionNumber of the connection, from 0 to {@link SourceSequence#MAX_CONNECTION}, greater than the one before.
     * @throws IllegalArgumentException when the number is out of its range.
     */
    public void connected(final int connectionNumber) {
        if (connectionNumber < 0 || connectionNumber > SourceSequence.MAX_CONNECTION) {
            throw new IllegalArgumentException("connection " + connectionNumber + " is not from 0 to " + SourceSequence.MAX_CONNECTION);
        }
        connection = connectionNumber;
        forget();
    }

    /**
     * The connection ends. A half block is counted, never translated; open lists stay without an end.
     *
     * @throws IllegalStateException when the sink has not taken all facts: bytes that {@link #onBytes} did not take must be brought again
     *                               first.
     */
    public void disconnected() {
        if (facts.pending() > 0) {
            throw new IllegalStateException(facts.pending() + " facts are not taken yet");
        }
        if (framer.unfinished() > 0) {
            counters.add(Counter.UNFINISHED);
        }
        forget();
    }

    /**
     * Translates the next bytes of the connection.
     *
     * @param bytes     hold them; they are the caller's again when this returns.
     * @param offset    of the first byte.
     * @param length    how many, may be 0.
     * @param arrivalNs when they arrived, in nanoseconds since 1970.
     * @param sink      takes the facts.
     * @return how many bytes were taken. Fewer than {@code length} only when the sink refused a fact: when it has room, bring the rest
     *         again, and only the rest; it goes on with the refused fact.
     */
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalNs, final SignalSink sink) {
        if (!offer(sink)) {
            return 0;
        }
        final int again = Math.min(owed, length);
        owed -= again;
        arrivalTimeNs = arrivalNs;
        final int end = offset + length;
        int at = offset + again;
        while (at < end) {
            final int taken = framer.frame(bytes, at, end - at);
            at += taken;
            if (framer.isReady()) {
                position += framer.streamLength();
                translate();
                if (!offer(sink)) {
                    owed = taken;
                    return at - taken - offset;
                }
            }
        }
        return length;
    }

    /**
     * How much of this connection is framed: the offset behind the last complete block, empty lines behind it included.
     *
     * @return bytes from the connection's start.
     */
    public long position() {
        return position;
    }

    /**
     * Whether the first block of this connection was the server's banner. If not, the bytes begin in the middle of a stream.
     */
    public boolean beganWithBanner() {
        return beganWithBanner;
    }

    /**
     * What has been seen so far, over all connections.
     */
    public AmiCounters counters() {
        return counters;
    }

    private void forget() {
        framer.reset();
        facts.discard();
        lists.clear();
        position = 0;
        owed = 0;
        isFirst = true;
        beganWithBanner = false;
    }

    private boolean offer(final SignalSink sink) {
        final int before = facts.pending();
        if (before == 0) {
            return true;
        }
        final boolean isTaken = facts.offer(sink);
        counters.add(Counter.FACTS, before - facts.pending());
        return isTaken;
    }

    private void translate() {
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
        facts.start(block, connection, position, sourceTimeNs(), longestText);
    }

    private long sourceTimeNs() {
        final int field = block.find(AmiKey.TIMESTAMP);
        return field < 0 || field > LAST_TIMESTAMP_FIELD ? arrivalTimeNs
            : AmiText.timeNs(block.bytes(), block.valueOffset(field), block.valueLength(field), arrivalTimeNs);
    }
}
