package io.strowger.bench.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One result: a case of a benchmark, its spread, and how it compares with its yardstick of the same run.
 *
 * @param bench     name on the command line.
 * @param caseName  what exactly was measured.
 * @param spread    over the rounds.
 * @param unit      of the spread, such as {@code ns/op}, {@code MB/s}, {@code signals/s}.
 * @param yardstick case it is compared with, or null.
 * @param ratio     its median divided by the yardstick's, 0 without one.
 */
public record ResultLine(String bench, String caseName, Spread spread, String unit, String yardstick, double ratio) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A result that is compared with nothing.
     *
     * @param bench    name on the command line.
     * @param caseName what exactly was measured.
     * @param spread   over the rounds.
     * @param unit     of the spread.
     * @return the line.
     */
    public static ResultLine alone(final String bench, final String caseName, final Spread spread, final String unit) {
        return new ResultLine(bench, caseName, spread, unit, null, 0);
    }

    /**
     * This result beside a yardstick of the same unit.
     *
     * @param other result of the yardstick.
     * @return the line with its ratio.
     * @throws IllegalArgumentException when the units differ.
     */
    public ResultLine beside(final ResultLine other) {
        if (!unit.equals(other.unit)) {
            throw new IllegalArgumentException(caseName + " is in " + unit + ", its yardstick in " + other.unit);
        }
        return new ResultLine(bench, caseName, spread, unit, other.caseName, spread.median() / other.spread.median());
    }

    /**
     * The line as one JSON object: {@code bench, case, median, min, max, unit, yardstick, ratio}; the last two null without a yardstick.
     *
     * @return one line without its end.
     */
    public String toJson() {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("bench", bench);
            json.writeStringField("case", caseName);
            json.writeFieldName("median");
            json.writeNumber(rounded(spread.median()));
            json.writeFieldName("min");
            json.writeNumber(rounded(spread.min()));
            json.writeFieldName("max");
            json.writeNumber(rounded(spread.max()));
            json.writeStringField("unit", unit);
            json.writeStringField("yardstick", yardstick);
            json.writeFieldName("ratio");
            if (null == yardstick) {
                json.writeNull();
            } else {
                json.writeNumber(rounded(ratio));
            }
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param line one JSON object.
     * @return the result.
     * @throws IllegalArgumentException when the line is no such object.
     */
    public static ResultLine parse(final String line) {
        final Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (JsonToken.START_OBJECT != json.nextToken()) {
                throw new IllegalArgumentException("not a result line: " + line);
            }
            while (JsonToken.FIELD_NAME == json.nextToken()) {
                final String name = json.currentName();
                final JsonToken value = json.nextToken();
                texts.put(name, JsonToken.VALUE_NULL == value ? null : json.getText());
            }
        } catch (final IOException e) {
            throw new IllegalArgumentException("not a result line: " + line, e);
        }
        final Spread spread = new Spread(number(texts, "median"), number(texts, "min"), number(texts, "max"));
        final String yardstick = texts.get("yardstick");
        final double ratio = null == yardstick ? 0 : number(texts, "ratio");
        return new ResultLine(texts.get("bench"), texts.get("case"), spread, texts.get("unit"), yardstick, ratio);
    }

    /**
     * The line for a person, in columns.
     *
     * @return one line without its end.
     */
    public String toText() {
        final String figures = String.format(Locale.ROOT, "%-9s %-64s %14s [%s .. %s] %s", bench, caseName,
            figure(spread.median()), figure(spread.min()), figure(spread.max()), unit);
        return null == yardstick ? figures : figures + String.format(Locale.ROOT, "  = %.2f x %s", ratio, yardstick);
    }

    private static double number(final Map<String, String> texts, final String name) {
        final String text = texts.get(name);
        if (null == text) {
            throw new IllegalArgumentException("a result line without " + name);
        }
        return Double.parseDouble(text);
    }

    private static String rounded(final double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%.0f" : "%.4f", value);
    }

    private static String figure(final double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.2f", value);
    }
}
