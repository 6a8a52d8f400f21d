package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import io.strowger.codecs.catalog.TemplateDescriptor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Any signal as one JSON object, and back: a CloudEvents 1.0 envelope around every field of the template.
 *
 * <pre>
 *   {"specversion":"1.0",
 *    "id":"4503599627370496",            the source sequence
 *    "source":"/pbx-1",                  the source's name where the signal has it, else its number
 *    "type":"signal.leg-seen",           the template; of an event of a known type that type: "call.established"
 *    "subject":"102",                    user, else group, else native id, else the source
 *    "time":"2026-11-25T16:29:56.513Z",  the source time
 *    "data":{"sourceSequence":4503599627370496,"sourceTime":"2026-11-25T16:29:56.513Z","source":1,"tenant":1,"legState":"ringing",...}}
 * </pre>
 *
 * <p>Writing never fails for what a field holds: unknown codes are numbers, malformed UTF-8 becomes U+FFFD. Reading is strict: unknown or
 * repeated members, wrong types and sizes are refused with their place. What is missing in {@code data} is null, empty or 0, but the
 * envelope fills in the source sequence (a decimal {@code id}), the source time ({@code time}) and the source ({@code "/7"}); an
 * envelope that contradicts {@code data} is refused.
 *
 * <p>For one thread. Allocates.
 */
public final class SignalJson {
    /** Longest event or snapshot item in bytes; every other signal ends at {@link io.strowger.codecs.SignalLayout#MAX_SIGNAL_LENGTH}. */
    public static final int MAX_EVENT_LENGTH = 4096;

    private final Map<Integer, TemplateJson> templates = new HashMap<>();
    private final FieldJson fieldJson;
    private final SignalView view;
    private final SignalJsonReader reader;
    private final JsonFactory factory = new JsonFactory();

    /**
     * A view by the schema this program was built with.
     */
    public SignalJson() {
        this(SignalCatalog.current());
    }

    /**
     * A view by another schema.
     */
    public SignalJson(final SignalCatalog catalog) {
        for (final TemplateDescriptor template : catalog.templates()) {
            templates.put(template.id(), new TemplateJson(template));
        }
        fieldJson = new FieldJson(catalog);
        view = new SignalView(catalog);
        reader = new SignalJsonReader(catalog, templates.values(), fieldJson);
    }

    /**
     * Writes a signal as one object.
     *
     * @param out    is left open and not flushed.
     * @param buffer holds the signal.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @throws IOException              when the output fails.
     * @throws IllegalArgumentException when the bytes are no signal of a known template.
     */
    public void write(final JsonGenerator out, final DirectBuffer buffer, final int offset, final int length) throws IOException {
        view.wrap(buffer, offset, length);
        final TemplateJson json = templates.get(view.template().id());
        final List<FieldDescriptor> fields = view.template().fields();
        final String source = source(json, fields);
        out.writeStartObject();
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", Long.toString(view.value(fields.get(SignalJsonReader.SOURCE_SEQUENCE))));
        out.writeStringField("source", '/' + source);
        out.writeStringField("type", type(json, fields));
        out.writeStringField("subject", subject(json, source));
        out.writeStringField("time", Rfc3339.format(view.value(fields.get(SignalJsonReader.SOURCE_TIME))));
        out.writeObjectFieldStart("data");
        for (final FieldDescriptor field : fields) {
            out.writeFieldName(field.name());
            fieldJson.write(out, field.type(), view.value(field));
        }
        for (int i = 0; i < view.template().texts().size(); i++) {
            out.writeStringField(view.template().texts().get(i).name(), view.text(i));
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /**
     * Writes a signal as one object.
     *
     * @return the JSON text, without a line end in or behind it.
     * @throws IllegalArgumentException when the bytes are no signal of a known template.
     */
    public String write(final DirectBuffer buffer, final int offset, final int length) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            write(out, buffer, offset, length);
        } catch (final IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return text.toString();
    }

    /**
     * Reads a signal.
     *
     * @param json   exactly one object, white space around it allowed.
     * @param target gets the signal; has {@link #MAX_EVENT_LENGTH} bytes from the offset on.
     * @param offset where its SBE header goes.
     * @return the length of the signal in bytes.
     * @throws JsonSignalException when the text is no signal; then the target is as it was.
     */
    public int read(final String json, final MutableDirectBuffer target, final int offset) throws JsonSignalException {
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length, target, offset);
    }

    /**
     * Reads a signal.
     *
     * @param json   holds exactly one object in UTF-8, white space around it allowed.
     * @param from   its first byte.
     * @param length of it in bytes.
     * @param target gets the signal; has {@link #MAX_EVENT_LENGTH} bytes from the offset on.
     * @param offset where its SBE header goes.
     * @return the length of the signal in bytes.
     * @throws JsonSignalException when the text is no signal; then the target is as it was.
     */
    public int read(final byte[] json, final int from, final int length, final MutableDirectBuffer target, final int offset)
        throws JsonSignalException {
        return reader.read(json, from, length).write(target, offset);
    }

    private String source(final TemplateJson json, final List<FieldDescriptor> fields) {
        final String name = view.text(json.sourceName());
        return name.isEmpty() ? Long.toString(view.value(fields.get(SignalJsonReader.SOURCE))) : name;
    }

    private String type(final TemplateJson json, final List<FieldDescriptor> fields) {
        final String name = json.eventType() < 0 ? null : EventTypeNames.name((int)view.value(fields.get(json.eventType())));
        return null == name ? json.type() : name;
    }

    private String subject(final TemplateJson json, final String source) {
        for (final int index : json.subjects()) {
            if (view.textLength(index) > 0) {
                return view.text(index);
            }
        }
        return source;
    }
}
