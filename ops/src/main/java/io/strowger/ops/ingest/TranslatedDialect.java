package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What a translator of a stream reads.
 */
public class TranslatedDialect implements Dialect {
    private final String name;
    private final StreamTranslator translator;
    private final StreamComplaints complaints;
    private final boolean isEpochKnown;

    /**
     * A stream of one source that never says since when it runs, as a proxy's script or a phone: it counts as one and the same run of it.
     *
     * @param name       of the dialect.
     * @param translator of the source's bytes.
     */
    public TranslatedDialect(final String name, final StreamTranslator translator) {
        this(name, translator, StreamComplaints.OF_MESSAGES, true);
    }

    /**
     * A stream of one source.
     *
     * @param complaints   how it is said what could not be understood.
     * @param isEpochKnown whether the stream tells nothing of its source's start.
     */
    TranslatedDialect(
        final String name, final StreamTranslator translator, final StreamComplaints complaints, final boolean isEpochKnown) {
        this.name = name;
        this.translator = translator;
        this.complaints = complaints;
        this.isEpochKnown = isEpochKnown;
    }

    /**
     * What a FreeSWITCH event socket sends, plain or JSON. Every event names the run of its server, also in a stream cut from the middle.
     *
     * @param source its number.
     * @param tenant whose it is.
     * @return a stream of one source.
     */
    public static TranslatedDialect esl(final int source, final int tenant) {
        return new TranslatedDialect("esl", new EslTranslator(EslSettings.of(source, tenant)), StreamComplaints.OF_MESSAGES, false);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        return isEpochKnown;
    }

    @Override
    public final void connected(final int connection) {
        translator.connected(connection);
    }

    @Override
    public final int onBytes(
        final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        return translator.onBytes(bytes, offset, length, arrivalTimeNs, sink);
    }

    @Override
    public final void disconnected() {
        translator.disconnected();
    }

    @Override
    public final long understood() {
        return translator.counters().understood();
    }

    @Override
    public final List<BadPlace> badPlaces() {
        return complaints.places(translator.badBlocks());
    }

    @Override
    public final List<String> complaints() {
        return complaints.of(translator.counters());
    }
}
