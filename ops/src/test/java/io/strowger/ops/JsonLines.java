package io.strowger.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON objects, one a line, as maps: a reader made apart from the writer under test.
 */
public final class JsonLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLines() {
    }

    /**
     * Parses lines.
     *
     * @throws AssertionError at the first line that is no JSON object.
     */
    public static List<Map<String, Object>> parse(final List<String> lines) {
        final List<Map<String, Object>> objects = new ArrayList<>();
        for (final String line : lines) {
            try (JsonParser parser = FACTORY.createParser(line)) {
                if (JsonToken.START_OBJECT != parser.nextToken()) {
                    throw new AssertionError("no JSON object: " + line);
                }
                objects.add(object(parser));
                if (null != parser.nextToken()) {
                    throw new AssertionError("more than one JSON object: " + line);
                }
            } catch (final IOException e) {
                throw new AssertionError("no JSON: " + line, e);
            }
        }
        return objects;
    }

    private static Map<String, Object> object(final JsonParser parser) throws IOException {
        final Map<String, Object> fields = new LinkedHashMap<>();
        while (JsonToken.END_OBJECT != parser.nextToken()) {
            final String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static Object value(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<Object> array(final JsonParser parser) throws IOException {
        final List<Object> values = new ArrayList<>();
        while (JsonToken.END_ARRAY != parser.nextToken()) {
            values.add(value(parser));
        }
        return values;
    }
}
