package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalWriter;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads JSON objects into signals. One thread, one text at a time.
 */
final class SignalJsonReader {
    /** The fields all templates begin with, by their place. */
    static final int SOURCE_SEQUENCE = 0;
    static final int SOURCE_TIME = 1;
    static final int SOURCE = 2;

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}");
    private static final String DATA = "data";

    /** Far above what a signal needs, far below what hurts. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
        .maxNestingDepth(8).maxNumberLength(32).maxNameLength(64).maxStringLength(8 * SignalLayout.MAX_TEXT_LENGTH).build();

    /** Names come from outside: none is kept beyond its text. */
    private final JsonFactory factory = JsonFactory.builder().streamReadConstraints(LIMITS)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private final Map<String, TemplateJson> byType = new HashMap<>();
    private final TemplateJson event;
    private final SignalWriter writer;
    private final DataValues values;
    private final Set<String> attributes = new HashSet<>();
    private JsonParser parser;
    private TemplateJson template;
    private boolean[] given;
    private long[] numbers;
    private EventType namedEvent;
    private Long id;
    private Long time;
    private Long source;

    SignalJsonReader(final SignalCatalog catalog, final Collection<TemplateJson> templates, final FieldJson fieldJson) {
        TemplateJson eventTemplate = null;
        for (final TemplateJson each : templates) {
            byType.put(each.type(), each);
            eventTemplate = each.eventType() < 0 ? eventTemplate : each;
        }
        event = eventTemplate;
        writer = new SignalWriter(catalog);
        values = new DataValues(fieldJson);
    }

    /**
     * Reads one object.
     *
     * @return the writer that holds the signal, ready to write.
     */
    SignalWriter read(final byte[] json, final int from, final int length) throws JsonSignalException {
        attributes.clear();
        template = null;
        namedEvent = null;
        id = null;
        time = null;
        source = null;
        try (JsonParser open = factory.createParser(json, from, length)) {
            parser = open;
            if (JsonToken.START_OBJECT != parser.nextToken()) {
                throw fail("", "one object is wanted");
            }
            for (JsonToken token = parser.nextToken(); JsonToken.FIELD_NAME == token; token = parser.nextToken()) {
                readAttribute(json, from, length);
            }
            if (null != parser.nextToken()) {
                throw fail("", "there is more behind the object");
            }
            complete();
            return writer;
        } catch (final JsonProcessingException e) {
            final JsonLocation at = e.getLocation();
            throw null == at ? new JsonSignalException(1, 1, "", e.getOriginalMessage())
                : new JsonSignalException(at.getLineNr(), at.getColumnNr(), "", e.getOriginalMessage());
        } catch (final IOException e) {
            throw new JsonSignalException(1, 1, "", "no UTF-8: " + e.getMessage());
        }
    }

    private void readAttribute(final byte[] json, final int from, final int length) throws IOException, JsonSignalException {
        final String name = parser.currentName();
        if (!attributes.add(name)) {
            throw fail(name, "given twice");
        }
        if (DATA.equals(name)) {
            if (null == template) {
                findType(json, from, length);
            }
            readData();
            return;
        }
        final JsonToken token = parser.nextToken();
        if (JsonToken.VALUE_NULL == token && !"specversion".equals(name) && !"type".equals(name)) {
            requireKnown(name);
            return;
        }
        if (JsonToken.VALUE_STRING != token) {
            requireKnown(name);
            throw fail(name, "a string is wanted");
        }
        readAttribute(name, parser.getText());
    }

    private void readAttribute(final String name, final String value) throws IOException, JsonSignalException {
        switch (name) {
            case "specversion" -> require("1.0".equals(value), name, "only 1.0 is known");
            case "datacontenttype" -> require("application/json".equals(value), name, "only application/json is known");
            case "type" -> resolve(value);
            case "id" -> id = decimal(value);
            case "source" -> source = value.startsWith("/") ? decimal(value.substring(1)) : null;
            case "time" -> time = instant(value);
            default -> requireKnown(name);
        }
    }

    /** Members may come in any order: when data comes before the type, the type is looked up ahead, in a second pass. */
    private void findType(final byte[] json, final int from, final int length) throws IOException, JsonSignalException {
        final JsonParser main = parser;
        try (JsonParser ahead = factory.createParser(json, from, length)) {
            parser = ahead;
            ahead.nextToken();
            while (JsonToken.FIELD_NAME == ahead.nextToken()) {
                final boolean found = "type".equals(ahead.currentName());
                if (JsonToken.VALUE_STRING == ahead.nextToken() && found) {
                    resolve(ahead.getText());
                    break;
                }
                ahead.skipChildren();
            }
        }
        parser = main;
        require(null != template, "type", "is missing");
    }

    private void resolve(final String type) throws JsonSignalException {
        if (null != template) {
            return;
        }
        namedEvent = EventTypeNames.type(type);
        template = null == namedEvent ? byType.get(type) : event;
        require(null != template, "type", "no such type");
        writer.begin(template.template());
        given = new boolean[template.template().fields().size() + template.template().texts().size()];
        numbers = new long[template.template().fields().size()];
    }

    private void readData() throws IOException, JsonSignalException {
        final JsonToken token = parser.nextToken();
        if (JsonToken.VALUE_NULL == token) {
            return;
        }
        require(JsonToken.START_OBJECT == token, DATA, "an object is wanted");
        while (JsonToken.FIELD_NAME == parser.nextToken()) {
            final String name = parser.currentName();
            final Integer member = template.member(name);
            require(null != member, DATA + '.' + name, template.type() + " has no such field");
            require(!given[member], DATA + '.' + name, "given twice");
            given[member] = true;
            parser.nextToken();
            readMember(member);
        }
    }

    private void readMember(final int member) throws IOException, JsonSignalException {
        final TemplateDescriptor descriptor = template.template();
        final int fields = descriptor.fields().size();
        if (member < fields) {
            final FieldDescriptor field = descriptor.fields().get(member);
            final long value = values.number(parser, field);
            numbers[member] = value;
            writer.value(member, value);
        } else {
            writer.text(member - fields, values.text(parser, descriptor, member - fields));
        }
    }

    private void complete() throws JsonSignalException {
        require(attributes.contains("specversion"), "specversion", "is missing");
        require(null != template, "type", "is missing");
        fill(SOURCE_SEQUENCE, id, "id");
        fill(SOURCE_TIME, time, "time");
        if (null != source && !given[SOURCE]) {
            require(source >= Integer.MIN_VALUE && source <= Integer.MAX_VALUE, "source", "no number of a source");
            writer.value(SOURCE, source);
        }
        if (null != namedEvent) {
            fill(template.eventType(), (long)namedEvent.value(), "type");
        }
        final int templateId = template.template().id();
        final int most = EventDecoder.TEMPLATE_ID == templateId || SnapshotItemDecoder.TEMPLATE_ID == templateId
            ? SignalJson.MAX_EVENT_LENGTH : SignalLayout.MAX_SIGNAL_LENGTH;
        require(writer.length() <= most, DATA, "the signal would have " + writer.length() + " bytes, at most " + most + " are allowed");
    }

    /** What the envelope says of a field of data counts when data does not say it, and must agree when it does. */
    private void fill(final int member, final Long value, final String attribute) throws JsonSignalException {
        if (null == value) {
            return;
        }
        final FieldDescriptor field = template.template().fields().get(member);
        require(!given[member] || numbers[member] == value, attribute, "contradicts data." + field.name());
        writer.value(member, value);
    }

    private long instant(final String value) throws JsonSignalException {
        try {
            return Rfc3339.parse(value);
        } catch (final DateTimeException e) {
            throw fail("time", "no RFC 3339 instant of the years 1677 to 2262");
        }
    }

    private static Long decimal(final String value) {
        try {
            return DECIMAL.matcher(value).matches() ? Long.valueOf(value) : null;
        } catch (final NumberFormatException e) {
            return null;
        }
    }

    private void requireKnown(final String name) throws JsonSignalException {
        switch (name) {
            case "id", "source", "subject", "time", "datacontenttype", "type", "specversion" -> {
            }
            default -> throw fail(name, "no such member of a signal");
        }
    }

    private void require(final boolean condition, final String path, final String reason) throws JsonSignalException {
        if (!condition) {
            throw fail(path, reason);
        }
    }

    private JsonSignalException fail(final String path, final String reason) {
        return DataValues.failure(parser, path, reason);
    }
}
