package io.strowger.bench.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * What must be known of a case beside its figures: how it was set up, or why it has none.
 *
 * @param bench    name on the command line.
 * @param caseName what it is about.
 * @param note     one line.
 */
public record ResultNote(String bench, String caseName, String note) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The note as one JSON object: {@code bench, case, note}.
     *
     * @return one line without its end.
     */
    public String toJson() {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("bench", bench);
            json.writeStringField("case", caseName);
            json.writeStringField("note", note);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The note for a person, its columns those of the results.
     *
     * @return one line without its end.
     */
    public String toText() {
        return String.format(Locale.ROOT, "%-9s %-64s %s", bench, caseName, note);
    }
}
