package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.agrona.DirectBuffer;

/**
 * Events and signals as JSON lines: UTF-8, one object a line, each line ended by one line feed.
 *
 * <p>For one thread. Output is kept back until it fills a buffer, {@link #flush()} or {@link #close()}.
 */
public final class JsonLines implements AutoCloseable {
    private final EventJson eventJson = new EventJson();
    private final SignalJson signalJson = new SignalJson();
    private final JsonGenerator out;

    /**
     * Lines for an output.
     *
     * @param output is left open by {@link #close()}.
     * @throws IOException when the output fails.
     */
    public JsonLines(final OutputStream output) throws IOException {
        out = new JsonFactory().createGenerator(output, JsonEncoding.UTF8);
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        out.setRootValueSeparator(null);
    }

    /**
     * Writes an event; see {@link EventJson#write(JsonGenerator, long, boolean, DirectBuffer, int, int)}.
     *
     * @param sequence of its record.
     * @param derived  whether that is a derived record.
     * @throws IOException when the output fails.
     */
    public void event(final long sequence, final boolean derived, final DirectBuffer buffer, final int offset, final int length)
        throws IOException {
        eventJson.write(out, sequence, derived, buffer, offset, length);
        out.writeRaw('\n');
    }

    /**
     * Writes a signal; see {@link SignalJson#write(JsonGenerator, DirectBuffer, int, int)}.
     *
     * @throws IOException when the output fails.
     */
    public void signal(final DirectBuffer buffer, final int offset, final int length) throws IOException {
        signalJson.write(out, buffer, offset, length);
        out.writeRaw('\n');
    }

    /**
     * Hands everything written so far to the output, and flushes it.
     *
     * @throws IOException when the output fails.
     */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
