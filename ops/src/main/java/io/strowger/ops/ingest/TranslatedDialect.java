package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * What a translator of a stream reads that tells nothing of its source's start.
 */
public final class TranslatedDialect implements Dialect {
    private final String name;
    private final StreamTranslator translator;

    /**
     * A stream of one source.
     *
     * @param name       of the dialect.
     * @param translator of the source's bytes.
     */
    public TranslatedDialect(final String name, final StreamTranslator translator) {
        this.name = name;
        this.translator = translator;
    }

    @Override
    public String name() {
        return name;
    }

    /** Neither a proxy's script nor a phone says since when it runs: it counts as one and the same run of its source. */
    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        return true;
    }

    @Override
    public void connected(final int connection) {
        translator.connected(connection);
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        return translator.onBytes(bytes, offset, length, arrivalTimeNs, sink);
    }

    @Override
    public void disconnected() {
        translator.disconnected();
    }

    @Override
    public Map<String, Long> complaints() {
        return StreamComplaints.of(translator.counters());
    }
}
