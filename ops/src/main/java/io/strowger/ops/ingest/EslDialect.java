package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * What a FreeSWITCH event socket sends, plain or JSON.
 */
public final class EslDialect implements Dialect {
    private final Dialect translated;

    /**
     * A stream of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public EslDialect(final int source, final int tenant) {
        translated = new TranslatedDialect("esl", new EslTranslator(EslSettings.of(source, tenant)));
    }

    @Override
    public String name() {
        return translated.name();
    }

    /** Every event names the run of its server, also in a stream cut from the middle. */
    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        return false;
    }

    @Override
    public void connected(final int connection) {
        translated.connected(connection);
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        return translated.onBytes(bytes, offset, length, arrivalTimeNs, sink);
    }

    @Override
    public void disconnected() {
        translated.disconnected();
    }

    @Override
    public Map<String, Long> complaints() {
        return translated.complaints();
    }
}
