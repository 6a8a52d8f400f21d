package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.FieldType;
import io.strowger.codecs.catalog.TemplateDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/**
 * Reads the value a parser stands at as one field of {@code data}. Immutable.
 */
final class DataValues {
    private final FieldJson fieldJson;

    DataValues(final FieldJson fieldJson) {
        this.fieldJson = fieldJson;
    }

    /** A failure at the token the parser stands at. */
    static JsonSignalException failure(final JsonParser parser, final String path, final String reason) {
        final JsonLocation at = parser.currentTokenLocation();
        return new JsonSignalException(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), path, reason);
    }

    /** The number to write for a fixed field. */
    long number(final JsonParser parser, final FieldDescriptor field) throws IOException, JsonSignalException {
        final FieldType type = field.type();
        final String path = "data." + field.name();
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            if (!type.optional()) {
                throw failure(parser, path, "cannot be null");
            }
            return type.nullValue();
        }
        return switch (type.kind()) {
            case NUMBER -> integer(parser, path, type.primitive().min(), type.primitive().max(), type);
            case TIME -> instant(parser, path);
            case ENUM -> code(parser, path, type, type.primitive().max());
            case SET -> set(parser, path, type);
        };
    }

    /** The bytes to write for a text. */
    byte[] text(final JsonParser parser, final TemplateDescriptor template, final int index) throws IOException, JsonSignalException {
        final String path = "data." + template.texts().get(index).name();
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return new byte[0];
        }
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw failure(parser, path, "a string is wanted");
        }
        final int most = 0 == index && template.hasNativeId() ? SignalLayout.MAX_NATIVE_ID_LENGTH : SignalLayout.MAX_TEXT_LENGTH;
        try {
            final ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(parser.getText()));
            if (utf8.remaining() > most) {
                throw failure(parser, path, "has " + utf8.remaining() + " bytes, at most " + most + " are allowed");
            }
            final byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (final CharacterCodingException e) {
            throw failure(parser, path, "half a surrogate pair is no character");
        }
    }

    private static long integer(final JsonParser parser, final String path, final long min, final long max, final FieldType type)
        throws IOException, JsonSignalException {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            throw failure(parser, path, "an integer is wanted");
        }
        final boolean fits = JsonParser.NumberType.BIG_INTEGER != parser.getNumberType();
        if (!fits || parser.getLongValue() < min || parser.getLongValue() > max) {
            throw failure(parser, path, "not from " + min + " to " + max);
        }
        if (type.isNull(parser.getLongValue())) {
            throw failure(parser, path, "this number stands for null");
        }
        return parser.getLongValue();
    }

    private static long instant(final JsonParser parser, final String path) throws IOException, JsonSignalException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw failure(parser, path, "an RFC 3339 instant is wanted");
        }
        try {
            return Rfc3339.parse(parser.getText());
        } catch (final DateTimeException e) {
            throw failure(parser, path, "no RFC 3339 instant of the years 1677 to 2262");
        }
    }

    private long code(final JsonParser parser, final String path, final FieldType type, final long max)
        throws IOException, JsonSignalException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return integer(parser, path, 0, max, type);
        }
        final CodeNames names = fieldJson.names(type.codes());
        final Integer code = names.code(parser.getText());
        if (null == code) {
            throw failure(parser, path, "no such " + JsonNames.kebab(type.codes().name()) + ", only " + names.all());
        }
        return code;
    }

    private long set(final JsonParser parser, final String path, final FieldType type) throws IOException, JsonSignalException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw failure(parser, path, "an array of names is wanted");
        }
        long bits = 0;
        final long last = type.primitive().size() * (long)Byte.SIZE - 1;
        while (JsonToken.END_ARRAY != parser.nextToken()) {
            bits |= 1L << code(parser, path, type, last);
        }
        return bits;
    }
}
