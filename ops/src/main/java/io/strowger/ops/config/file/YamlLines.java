package io.strowger.ops.config.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * In which line of a YAML text a value stands, by its JSON pointer.
 */
final class YamlLines {
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * Reads where everything is.
     *
     * @throws IOException when it is no YAML.
     */
    YamlLines(final YAMLFactory factory, final String text) throws IOException {
        lines.put("", 1);
        try (JsonParser parser = factory.createParser(text)) {
            for (JsonToken token = parser.nextToken(); null != token; token = parser.nextToken()) {
                final boolean isEnd = JsonToken.END_OBJECT == token || JsonToken.END_ARRAY == token;
                if (!isEnd) {
                    lines.putIfAbsent(parser.getParsingContext().pathAsPointer().toString(), parser.currentTokenLocation().getLineNr());
                }
            }
        }
    }

    /**
     * The line.
     *
     * @param pointer of a value; of one that is not there: the line of the nearest thing around it.
     * @return from 1.
     */
    int of(final String pointer) {
        String place = pointer;
        while (!lines.containsKey(place)) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return lines.get(place);
    }
}
