package io.strowger.persistence.tail;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordLayout;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * One record of the journal, where it stands: a signal, what became of it, and the event it led to, if any.
 *
 * <p>A flyweight over the mapped file: good while the handler runs, never to be kept. One thread. Allocates nothing but the strings that
 * are asked for.
 */
public final class TailRecord {
    private static final int TEXTS = EventText.values().length;

    private final EventDecoder event = new EventDecoder();
    private final int[] textOffsets = new int[TEXTS];
    private DirectBuffer buffer;
    private int record;
    private boolean isTextsFound;

    TailRecord() {
    }

    TailRecord wrap(final DirectBuffer newBuffer, final int newRecord) {
        buffer = newBuffer;
        record = newRecord;
        isTextsFound = false;
        return this;
    }

    /** The record's place in the journal, from 1, for ever its own. */
    public long sequence() {
        return RecordLayout.sequence(buffer, record);
    }

    /**
     * What the record is.
     *
     * @return {@link RecordLayout#INPUT}, {@link RecordLayout#DERIVED} or {@link RecordLayout#CONTINUE}.
     */
    public int type() {
        return RecordLayout.type(buffer, record);
    }

    /** Whether the router made the record itself, instead of a source. */
    public boolean isDerived() {
        return RecordLayout.INPUT != type();
    }

    /**
     * What became of the signal.
     *
     * @return null for an outcome of a later version.
     */
    public Outcome outcome() {
        return Outcome.of(RecordLayout.outcome(buffer, record));
    }

    /** Journal time in nanoseconds since 1970: never goes back. */
    public long journalTimeNs() {
        return RecordLayout.journalTime(buffer, record);
    }

    /** Source time in nanoseconds since 1970; the smallest long when there is none. */
    public long sourceTimeNs() {
        return SignalLayout.sourceTime(buffer, message());
    }

    /** Number of the tenant. */
    public int tenant() {
        return SignalLayout.tenant(buffer, message());
    }

    /** Number the router gave to the source; its name is {@link EventText#SOURCE_NAME} of an event. */
    public int source() {
        return SignalLayout.source(buffer, message());
    }

    /** Whether the record holds an event. Those without changed nothing that anybody is told of. */
    public boolean hasEvent() {
        return 0 != eventLength();
    }

    /**
     * Type of the event.
     *
     * @return null when there is none; {@code SBE_UNKNOWN} for a type of a later schema.
     */
    public EventType eventType() {
        return hasEvent() ? event().eventType() : null;
    }

    /**
     * The event's fixed fields: duration, direction, state, cause and the rest.
     *
     * @return a flyweight, good as long as this; its texts must be read in their order, or by {@link #text}.
     * @throws IllegalStateException when the record has no event.
     */
    public EventDecoder event() {
        final int offset = checkedEventOffset();
        return event.wrap(buffer, offset + SignalLayout.HEADER_LENGTH, SignalLayout.blockLength(buffer, offset),
            SignalLayout.version(buffer, offset));
    }

    /**
     * A text of the event, as a new string.
     *
     * @return empty when the event does not say.
     * @throws IllegalStateException when the record has no event.
     */
    public String text(final EventText text) {
        final byte[] bytes = new byte[textLength(text)];
        buffer.getBytes(textOffset(text), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Where a text of the event begins in {@link #buffer()}.
     *
     * @throws IllegalStateException when the record has no event.
     */
    public int textOffset(final EventText text) {
        if (!isTextsFound) {
            findTexts();
        }
        return textOffsets[text.index()];
    }

    /**
     * Length of a text of the event.
     *
     * @return bytes, 0 when the event does not say.
     * @throws IllegalStateException when the record has no event.
     */
    public int textLength(final EventText text) {
        return SignalLayout.textLength(buffer, textOffset(text) - Short.BYTES);
    }

    /** What the bytes of the record stand in. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the record begins in {@link #buffer()}, for the methods of {@link RecordLayout}. */
    public int offset() {
        return record;
    }

    /** Length of the record in bytes, padding included. */
    public int length() {
        return RecordLayout.length(buffer, record);
    }

    /** Where the signal, an SBE message, begins in {@link #buffer()}. */
    public int signalOffset() {
        return record + RecordLayout.SIGNAL_OFFSET;
    }

    /** Length of the signal in bytes, 0 for a derived record: its signal is that of the input before it. */
    public int signalLength() {
        return RecordLayout.signalLength(buffer, record);
    }

    /** Where the event, an SBE message, begins in {@link #buffer()} when there is one. */
    public int eventOffset() {
        return RecordLayout.eventOffset(buffer, record);
    }

    /** Length of the event in bytes, 0 when there is none. */
    public int eventLength() {
        return RecordLayout.eventLength(buffer, record);
    }

    /** The event, else the signal: every record has one of them, and both begin alike. */
    private int message() {
        return hasEvent() ? eventOffset() : signalOffset();
    }

    private int checkedEventOffset() {
        if (!hasEvent()) {
            throw new IllegalStateException("record " + sequence() + " has no event");
        }
        return eventOffset();
    }

    private void findTexts() {
        int at = SignalLayout.varDataOffset(buffer, checkedEventOffset());
        for (int i = 0; i < TEXTS; i++) {
            textOffsets[i] = at + Short.BYTES;
            at = textOffsets[i] + SignalLayout.textLength(buffer, at);
        }
        isTextsFound = true;
    }
}
