package io.strowger.ops.connector;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.StreamTranslator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * What comes on connections of events, into the router: the connection's own facts, and those of its bytes. On the connector's thread;
 * {@link #understood()} on any.
 */
final class EventTraffic implements Traffic {
    private static final int BLOCK_END_BITS = 34;

    private final RouterWay way;
    private final ConnectionFacts facts;
    private final StreamTranslator translator;
    /** Null but for ESL. */
    private final EslTranslator lister;
    private final boolean isEpochKnown;
    private int connection;
    private long next;
    private long length;

    /**
     * Before the first connection.
     *
     * @param source       number of the source.
     * @param last         source sequence that the journal has of it, -1 for none.
     * @param capabilities what its connection of commands carries out, 0 without one.
     */
    EventTraffic(final ConnectorSettings settings, final RouterWay way, final int source, final long last, final int capabilities) {
        this.way = way;
        this.next = SourceSequence.nextConnection(last);
        this.facts = new ConnectionFacts(source, settings.tenant(), settings.sourceName(), settings.dialect().word())
            .capabilities(capabilities);
        this.translator = translator(settings, source);
        this.lister = translator instanceof EslTranslator esl ? esl : null;
        // a proxy never says since when it runs: it counts as one and the same run of it
        this.isEpochKnown = ConnectorDialect.KAMAILIO == settings.dialect();
    }

    private static StreamTranslator translator(final ConnectorSettings settings, final int source) {
        final int fewest = settings.fewestDigits();
        final int most = settings.mostDigits();
        return switch (settings.dialect()) {
            case AMI -> new AmiTranslator(AmiSettings.of(source, settings.tenant()).withExtensionDigits(fewest, most));
            case ESL -> new EslTranslator(EslSettings.of(source, settings.tenant()).withExtensionDigits(fewest, most));
            case KAMAILIO -> new KamailioTranslator(KamailioSettings.of(source, settings.tenant()).withExtensionDigits(fewest, most));
        };
    }

    @Override
    public void up() {
        if (next > SourceSequence.MAX_CONNECTION) {
            throw new IllegalStateException("the source has used all its connections: give it another name");
        }
        connection = (int)next;
        // used from here on, whatever becomes of it
        next = connection + 1L;
        length = 0;
        translator.connected(connection);
        // a way always takes
        facts.connected(connection, SystemEpochNanoClock.INSTANCE.nanoTime(), isEpochKnown, way.sink());
        way.move();
    }

    @Override
    public void onBytes(final DirectBuffer bytes, final int count) {
        final int taken = translator.onBytes(bytes, 0, count, SystemEpochNanoClock.INSTANCE.nanoTime(), way.sink());
        if (taken != count) {
            throw new IllegalStateException("the translator left " + (count - taken) + " bytes to a way that takes all");
        }
        length += count;
        way.move();
    }

    @Override
    public void asks(final ListKind kind) {
        if (null != lister) {
            lister.asked(kind);
        }
    }

    @Override
    public void down() {
        // what a long connection has counted on in the numbers of the next ones is theirs no more
        next = connection + 1L + (length >>> BLOCK_END_BITS);
        facts.disconnected(connection, length, SystemEpochNanoClock.INSTANCE.nanoTime(), way.sink());
        way.move();
        translator.disconnected();
    }

    /** How many blocks were of the dialect, over all connections; a moment old for another thread. */
    long understood() {
        return translator.counters().understood();
    }
}
