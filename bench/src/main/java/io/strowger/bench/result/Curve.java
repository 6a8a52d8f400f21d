package io.strowger.bench.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * All waits of a case at a rate, for a curve over the percentiles.
 *
 * @param bench    name on the command line.
 * @param part     of the benchmark.
 * @param caseName what exactly was measured.
 * @param rate     messages a second that were asked for.
 * @param isMissed whether the rate was missed.
 * @param waitsNs  of all rounds together, nanoseconds.
 */
public record Curve(String bench, String part, String caseName, int rate, boolean isMissed, Histogram waitsNs) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The curve as one JSON object: {@code bench, part, case, rate, missed, histogram}; the last one compressed as HdrHistogram does it, in
     * base 64.
     *
     * @return one line without its end.
     */
    public String toJson() {
        final StringWriter text = new StringWriter();
        final ByteBuffer bytes = ByteBuffer.allocate(waitsNs.getNeededByteBufferCapacity());
        final int length = waitsNs.encodeIntoCompressedByteBuffer(bytes, Deflater.BEST_COMPRESSION);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("bench", bench);
            json.writeStringField("part", part);
            json.writeStringField("case", caseName);
            json.writeNumberField("rate", rate);
            json.writeBooleanField("missed", isMissed);
            json.writeStringField("histogram", Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length)));
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
     * @return the curve.
     * @throws IllegalArgumentException when the line is no such object.
     */
    public static Curve parse(final String line) {
        final Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (JsonToken.START_OBJECT != json.nextToken()) {
                throw new IllegalArgumentException("not a curve: " + line);
            }
            while (JsonToken.FIELD_NAME == json.nextToken()) {
                final String name = json.currentName();
                json.nextToken();
                texts.put(name, json.getText());
            }
            if (!texts.keySet().containsAll(Arrays.asList("bench", "part", "case", "rate", "missed", "histogram"))) {
                throw new IllegalArgumentException("not a curve: " + line);
            }
            final ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(texts.get("histogram")));
            return new Curve(texts.get("bench"), texts.get("part"), texts.get("case"), Integer.parseInt(texts.get("rate")),
                Boolean.parseBoolean(texts.get("missed")), Histogram.decodeFromCompressedByteBuffer(bytes, 0));
        } catch (final IOException | DataFormatException | BufferUnderflowException e) {
            throw new IllegalArgumentException("not a curve: " + line, e);
        }
    }
}
