package io.strowger.ops.gateway.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects that applications send, read strictly: what two readers could understand in two ways is refused. */
public final class JsonText {
    private static final int DEEPEST = 8;
    private static final int LONGEST_NUMBER = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(LONGEST_NUMBER).build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private JsonText() {
    }

    /**
     * Reads one.
     *
     * @throws Problem when it is none, has a member twice or half a surrogate pair, or when something follows it.
     */
    public static JsonObject parse(final String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (JsonToken.START_OBJECT != parser.nextToken()) {
                throw none();
            }
            final JsonObject object = new JsonObject(object(parser));
            if (null != parser.nextToken()) {
                throw Problem.badRequest("one JSON object is wanted, and nothing behind it");
            }
            return object;
        } catch (final IOException e) {
            throw none();
        }
    }

    /**
     * Bytes as text.
     *
     * @return null when they are not UTF-8.
     */
    public static String utf8(final Buffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString();
        } catch (final CharacterCodingException e) {
            return null;
        }
    }

    private static Map<String, Object> object(final JsonParser parser) throws IOException {
        final Map<String, Object> members = new LinkedHashMap<>();
        while (JsonToken.END_OBJECT != parser.nextToken()) {
            final String name = whole(parser.currentName());
            parser.nextToken();
            if (members.containsKey(name)) {
                throw Problem.badRequest("a member stands twice: " + name.replaceAll("\\p{Cntrl}", "?"));
            }
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> list(final JsonParser parser) throws IOException {
        final List<Object> values = new ArrayList<>();
        while (JsonToken.END_ARRAY != parser.nextToken()) {
            values.add(value(parser));
        }
        return values;
    }

    private static Object value(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> whole(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw none();
        };
    }

    /** Escapes can write what no UTF-8 could: two of those would be the same text further on. */
    private static String whole(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw Problem.badRequest("half a surrogate pair is no character");
            }
        }
        return text;
    }

    private static Problem none() {
        return Problem.badRequest("one JSON object is wanted");
    }
}
