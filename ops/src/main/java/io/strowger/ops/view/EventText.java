package io.strowger.ops.view;

import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import io.strowger.codecs.json.EventTypeNames;
import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.sbe.AuditDecoder;
import io.strowger.codecs.sbe.AuditKind;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.Reason;
import io.strowger.ops.console.Printable;
import io.strowger.router.record.RecordLayout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * An event as one aligned line. One thread.
 *
 * <pre>
 *   sequence  time (UTC)               type              user       remote            state, what happened, call
 *         42  2026-11-25 16:29:56.513  call.established  102     &lt;- 101 Ann           connected  call 1795624150.0
 * </pre>
 */
public final class EventText {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long NANOS = 1_000_000_000L;

    private final EventFields fields = new EventFields();
    private final SignalView signal = new SignalView(SignalCatalog.current());
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AuditDecoder audit = new AuditDecoder();
    private final StringBuilder line = new StringBuilder(256);

    /**
     * Writes the line of an event.
     *
     * @param offset of the SBE header of an {@code Event}.
     * @return without a line end.
     */
    public String line(final long sequence, final DirectBuffer buffer, final int offset) {
        fields.wrap(buffer, offset);
        final EventDecoder event = fields.fixed();
        line.setLength(0);
        pad(Long.toString(sequence), 9, true);
        line.append("  ").append(time(event.sourceTime())).append("  ");
        pad(type(event.eventType()), 22, false);
        line.append(' ');
        parties(event);
        state(event);
        details(event);
        detail("call ", fields.text(EventFields.CALL_ID));
        return line.toString().stripTrailing();
    }

    /**
     * Writes what happened without where and when it stands.
     *
     * @param offset of the SBE header of an {@code Event}.
     * @return parties, type and details, without a line end.
     */
    public String story(final DirectBuffer buffer, final int offset) {
        fields.wrap(buffer, offset);
        final EventDecoder event = fields.fixed();
        line.setLength(0);
        parties(event);
        pad(type(event.eventType()), 22, false);
        details(event);
        return line.toString().stripTrailing();
    }

    /**
     * Writes the line of a record that changed nothing.
     *
     * @param buffer holds the record.
     * @param record offset of it.
     * @return without a line end.
     */
    public String signalLine(final DirectBuffer buffer, final int record) {
        signal.wrap(buffer, record + RecordLayout.SIGNAL_OFFSET, RecordLayout.signalLength(buffer, record));
        line.setLength(0);
        pad(Long.toString(RecordLayout.sequence(buffer, record)), 9, true);
        line.append("  ").append(time(SignalLine.timeNs(buffer, record))).append("  ");
        final String reason = SignalLine.reason(buffer, record);
        pad("(" + SignalLine.outcome(RecordLayout.outcome(buffer, record)) + (null == reason ? "" : ": " + reason) + ")", 22, false);
        line.append(' ').append(signal.template().name());
        if (signal.template().hasNativeId()) {
            line.append(' ').append(Printable.of(signal.text(0)));
        } else if (AuditDecoder.TEMPLATE_ID == signal.template().id()) {
            audit(buffer, record + RecordLayout.SIGNAL_OFFSET);
        }
        return line.toString().stripTrailing();
    }

    /** What was done at a gate, how often, by whom, and from where. */
    private void audit(final DirectBuffer buffer, final int offset) {
        audit.wrapAndApplyHeader(buffer, offset, header);
        final AuditKind kind = audit.kind();
        line.append(' ');
        detail("", JsonNames.kebab(kind.name()));
        detail("", audit.count() > 1 ? audit.count() + " times" : "");
        detail("client ", audit.clientId());
        detail("from ", audit.address());
        detail("", audit.text());
    }

    /**
     * A source or journal time for people.
     *
     * @param timeNs nanoseconds since 1970.
     * @return UTC, to the millisecond.
     */
    public static String time(final long timeNs) {
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS), Math.floorMod(timeNs, NANOS)));
    }

    /**
     * A span for people.
     *
     * @param spanMs milliseconds.
     */
    public static String seconds(final long spanMs) {
        return String.format(Locale.ROOT, "%.2f s", spanMs / 1000.0);
    }

    private static String type(final EventType type) {
        final String name = EventTypeNames.name(type.value() & 0xFF);
        return null == name ? "(later type)" : name;
    }

    private String who() {
        final String user = fields.text(EventFields.LOCAL_USER);
        if (!user.isEmpty()) {
            return user;
        }
        return fields.text(EventFields.NATIVE_ID).isEmpty() ? fields.text(EventFields.SOURCE_NAME)
            : nobody(Media.CALL == fields.fixed().media());
    }

    /** Who stands where a session has no local user: a call without one is of a trunk, of a chat or a fax nothing is known. */
    static String nobody(final boolean isCall) {
        return isCall ? "(trunk)" : "(no user)";
    }

    private void parties(final EventDecoder event) {
        pad(who(), 12, false);
        line.append(event.direction() == Direction.INCOMING ? "<- " : event.direction() == Direction.OUTGOING ? "-> " : "   ");
        pad(join(" ", fields.text(EventFields.REMOTE_PARTY), fields.text(EventFields.REMOTE_NAME)), 20, false);
        line.append(' ');
    }

    private void state(final EventDecoder event) {
        final boolean isOver = ConnectionState.NULL_STATE == event.state();
        if (!isOver && ConnectionState.NULL_VAL != event.state() && ConnectionState.SBE_UNKNOWN != event.state()) {
            detail("", JsonNames.kebab(event.state().name()));
        }
    }

    private void details(final EventDecoder event) {
        detail("group ", fields.text(EventFields.GROUP));
        if (EventType.ACTION_RESULT == event.eventType()) {
            action(event);
            return;
        }
        if (Cause.NULL_VAL != event.cause() && Cause.SBE_UNKNOWN != event.cause()) {
            detail("", JsonNames.kebab(event.cause().name())
                + (EventDecoder.causeCodeNullValue() == event.causeCode() ? "" : " (" + event.causeCode() + ")"));
        }
        if (Reason.NULL_VAL != event.reason() && Reason.SBE_UNKNOWN != event.reason()) {
            detail("", JsonNames.kebab(event.reason().name()));
        }
        duration(event);
        if (0 != event.talkMs()) {
            span("talked ", event.talkMs(), EventDecoder.talkMsNullValue());
        }
        span("waited ", event.waitMs(), EventDecoder.waitMsNullValue());
        detail("by ", fields.text(EventFields.BY));
        detail("from ", fields.text(EventFields.FROM));
        detail("to ", fields.text(EventFields.TO));
        detail("at ", fields.text(EventFields.REFERENCE));
        detail("", fields.text(EventFields.TEXT));
    }

    private void action(final EventDecoder event) {
        detail("", JsonNames.kebab(event.action().name()));
        detail("", JsonNames.kebab(event.actionStatus().name()));
        detail("client ", fields.text(EventFields.BY));
        detail("key ", fields.text(EventFields.REFERENCE));
        detail("", fields.text(EventFields.TEXT));
    }

    private void duration(final EventDecoder event) {
        if (0 == event.durationMs() && Media.CALL == event.media()) {
            detail("", "not answered");
        } else {
            span(EventType.CALL_CLEARED == event.eventType() ? "up " : "lasted ", event.durationMs(), EventDecoder.durationMsNullValue());
        }
    }

    private void span(final String name, final long spanMs, final long none) {
        if (none != spanMs) {
            detail(name, seconds(spanMs));
        }
    }

    private void detail(final String name, final String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append(Printable.of(value)).append(' ');
        }
    }

    private void pad(final String text, final int width, final boolean right) {
        final String shown = Printable.of(text);
        final String space = " ".repeat(Math.max(0, width - shown.length()));
        line.append(right ? space : "").append(shown).append(right ? "" : space);
    }

    private static String join(final String glue, final String left, final String right) {
        return left.isEmpty() || right.isEmpty() ? left + right : left + glue + right;
    }
}
