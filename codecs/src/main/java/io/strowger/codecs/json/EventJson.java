package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.EventDecoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * An event as applications and operators see it: one CloudEvents 1.0 object.
 *
 * <pre>
 *   {"specversion":"1.0","id":"42","source":"/pbx-1","type":"call.established","subject":"102","time":"2026-11-25T16:29:56.513Z",
 *    "data":{"sequence":42,"tenant":1,"kind":"session","media":"call","sessionId":"5f2a...","nativeId":"...","callId":"...",
 *            "localUser":"102","remoteParty":"101","remoteName":"Ann","direction":"incoming","state":"connected","group":null,
 *            "durationMs":null,"cause":null,"causeCode":null,"reason":null,"derived":false}}
 * </pre>
 *
 * <p>These members of {@code data} are always there, null when the event does not say. Behind them stand, only when the event says them,
 * {@code talkMs}, {@code waitMs}, {@code by}, {@code from}, {@code to}, {@code reference}, {@code text} and {@code flags}; of
 * {@code action.result} in their place {@code action}, {@code status}, {@code clientId}, {@code key} and {@code text}. A state of
 * {@code "null"} is CSTA's state of an ended session. The subject is the local user, else the group, else the native id, else the source;
 * of {@code source.*} always the source. An event type of a later schema is {@code unknown.} and its code, of kind null.
 *
 * <p>For one thread. Allocates.
 */
public final class EventJson {
    private static final String[] SAID_NUMBERS = {"talkMs", "waitMs"};
    private static final String[] SAID_TEXTS = {"by", "from", "to", "reference", "text"};
    private static final String SESSION = "session";
    private static final String SOURCE = "source";
    private static final String ACTION = "action";

    private final FieldJson fieldJson;
    private final SignalView view;
    private final Map<String, FieldDescriptor> fields = new HashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final SessionId sessionId = new SessionId();
    private final JsonFactory factory = new JsonFactory();
    private final int nativeId;
    private final int sourceName;
    private final int[] subjects;

    /**
     * A writer by the schema this program was built with.
     */
    public EventJson() {
        final SignalCatalog catalog = SignalCatalog.current();
        fieldJson = new FieldJson(catalog);
        view = new SignalView(catalog);
        final TemplateDescriptor event = catalog.template(EventDecoder.TEMPLATE_ID);
        event.fields().forEach(field -> fields.put(field.name(), field));
        event.texts().forEach(text -> texts.put(text.name(), event.textIndex(text.name())));
        nativeId = texts.get("nativeId");
        sourceName = texts.get("sourceName");
        subjects = new int[] {texts.get("localUser"), texts.get("group"), nativeId};
    }

    /**
     * Writes an event as one object.
     *
     * @param out      is left open and not flushed.
     * @param sequence of the event's record.
     * @param derived  whether that is a derived record.
     * @param buffer   holds the SBE {@code Event} message.
     * @param offset   of its header.
     * @param length   of the whole message.
     * @throws IOException              when the output fails.
     * @throws IllegalArgumentException when the bytes are no event.
     */
    public void write(final JsonGenerator out, final long sequence, final boolean derived, final DirectBuffer buffer, final int offset,
                      final int length) throws IOException {
        write(out, Long.toString(sequence), sequence, derived, buffer, offset, length);
    }

    private void write(final JsonGenerator out, final String id, final long sequence, final boolean derived, final DirectBuffer buffer,
                       final int offset, final int length) throws IOException {
        view.wrap(buffer, offset, length);
        if (EventDecoder.TEMPLATE_ID != view.template().id()) {
            throw new IllegalArgumentException("not an event: " + view.template().name());
        }
        final int code = (int)value("eventType");
        final String name = EventTypeNames.name(code);
        final String kind = EventTypeNames.kind(code);
        out.writeStartObject();
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", id);
        out.writeStringField(SOURCE, '/' + view.text(sourceName));
        out.writeStringField("type", null == name ? "unknown." + code : name);
        out.writeStringField("subject", subject(kind));
        out.writeStringField("time", Rfc3339.format(value("sourceTime")));
        out.writeObjectFieldStart("data");
        out.writeNumberField("sequence", sequence);
        writeField(out, "tenant");
        out.writeStringField("kind", kind);
        writeSession(out, SESSION.equals(kind));
        out.writeBooleanField("derived", derived);
        if (ACTION.equals(kind)) {
            writeAction(out);
        } else {
            writeSaid(out);
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /**
     * Writes an event as one object.
     *
     * @return the JSON text, without a line end in or behind it.
     * @throws IllegalArgumentException when the bytes are no event.
     */
    public String write(final long sequence, final boolean derived, final DirectBuffer buffer, final int offset, final int length) {
        return write(Long.toString(sequence), sequence, derived, buffer, offset, length);
    }

    /**
     * Writes an event as one object for who may not know its position: under another id, and counted otherwise.
     *
     * @param id       of the event, as a token of its position.
     * @param sequence in the stream that it is written to.
     * @return as {@link #write(long, boolean, DirectBuffer, int, int)}.
     * @throws IllegalArgumentException when the bytes are no event.
     */
    public String write(final String id, final long sequence, final boolean derived, final DirectBuffer buffer, final int offset,
                        final int length) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            write(out, id, sequence, derived, buffer, offset, length);
        } catch (final IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return text.toString();
    }

    private String subject(final String kind) {
        if (!SOURCE.equals(kind)) {
            for (final int index : subjects) {
                if (view.textLength(index) > 0) {
                    return view.text(index);
                }
            }
        }
        return view.text(sourceName);
    }

    private void writeSession(final JsonGenerator out, final boolean session) throws IOException {
        if (session) {
            writeField(out, "media");
        } else {
            out.writeNullField("media");
        }
        out.writeStringField("sessionId", session && view.textLength(nativeId) > 0
            ? sessionId.of(view.textBytes(sourceName), value("epoch"), view.textBytes(nativeId)) : null);
        writeText(out, "nativeId");
        writeText(out, "callId");
        writeText(out, "localUser");
        writeText(out, "remoteParty");
        writeText(out, "remoteName");
        writeField(out, "direction");
        writeField(out, "state");
        writeText(out, "group");
        writeField(out, "durationMs");
        writeField(out, "cause");
        writeField(out, "causeCode");
        writeField(out, "reason");
    }

    private void writeSaid(final JsonGenerator out) throws IOException {
        for (final String name : SAID_NUMBERS) {
            if (!fields.get(name).type().isNull(value(name))) {
                writeField(out, name);
            }
        }
        for (final String name : SAID_TEXTS) {
            if (view.textLength(texts.get(name)) > 0) {
                writeText(out, name);
            }
        }
        if (0 != value("flags")) {
            writeField(out, "flags");
        }
    }

    /** Who asked for what, and what became of it. */
    private void writeAction(final JsonGenerator out) throws IOException {
        writeField(out, ACTION);
        writeField(out, "actionStatus", "status");
        out.writeStringField("clientId", view.text(texts.get("by")));
        out.writeStringField("key", view.text(texts.get("reference")));
        if (view.textLength(texts.get("text")) > 0) {
            writeText(out, "text");
        }
    }

    private void writeField(final JsonGenerator out, final String name) throws IOException {
        writeField(out, name, name);
    }

    private void writeField(final JsonGenerator out, final String name, final String member) throws IOException {
        final FieldDescriptor field = fields.get(name);
        out.writeFieldName(member);
        fieldJson.write(out, field.type(), view.value(field));
    }

    private void writeText(final JsonGenerator out, final String name) throws IOException {
        final int index = texts.get(name);
        out.writeStringField(name, 0 == view.textLength(index) ? null : view.text(index));
    }

    private long value(final String name) {
        return view.value(fields.get(name));
    }
}
