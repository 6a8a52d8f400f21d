package io.strowger.codecs;

import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts of a connection itself: it came, it went. Every source begins with the first: a router takes no fact of a source that has
 * not said hello.
 *
 * <p>Their source sequences are the least and the greatest of the connection, so that a stream that is read again gives the same ones:
 * numbers with holes, and said to be. One thread; allocates nothing after construction.
 */
public final class ConnectionFacts {
    private static final int CAPABILITIES = SignalLayout.HEADER_LENGTH + SourceHelloEncoder.capabilitiesEncodingOffset();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceHelloEncoder hello = new SourceHelloEncoder();
    private final SourceDownEncoder down = new SourceDownEncoder();
    private final int source;
    private final int tenant;
    private final byte[] sourceName;
    private final byte[] dialect;
    private final byte[] coveredBy;
    private int capabilities;

    /**
     * For the connections of one source.
     *
     * @param source     its number, as the router gave it.
     * @param tenant     whose it is.
     * @param sourceName its name, 1 to 160 bytes in UTF-8.
     * @param dialect    what it speaks: ami, kamailio, action-url, jsonl, sbe.
     */
    public ConnectionFacts(final int source, final int tenant, final String sourceName, final String dialect) {
        this(source, tenant, sourceName, dialect, "");
    }

    /**
     * For the connections of one source, a device whose user another source speaks for while that one is up.
     *
     * @param coveredBy name of the other source, empty for none.
     */
    public ConnectionFacts(final int source, final int tenant, final String sourceName, final String dialect, final String coveredBy) {
        this.source = source;
        this.tenant = tenant;
        this.sourceName = sourceName.getBytes(StandardCharsets.UTF_8);
        this.dialect = dialect.getBytes(StandardCharsets.UTF_8);
        this.coveredBy = coveredBy.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What the source can carry out, said with every hello from now on; nothing at first.
     *
     * @param set {@code Capabilities} of the schema, a bit for each action.
     * @return this.
     */
    public ConnectionFacts capabilities(final int set) {
        capabilities = set;
        return this;
    }

    /**
     * The connection has come.
     *
     * @param connection number of the connection, from 0.
     * @param timeNs     when, in nanoseconds since 1970.
     * @param epochKnown false when the stream will tell since when its source runs.
     * @return false when the sink has no room now: call again.
     */
    public boolean connected(final int connection, final long timeNs, final boolean epochKnown, final SignalSink sink) {
        hello.wrapAndApplyHeader(buffer, 0, header)
            .sourceSequence(SourceSequence.of(connection, 0, 0)).sourceTime(timeNs).source(source).tenant(tenant)
            .connection(connection)
            .epochKnown(epochKnown ? YesNo.YES : YesNo.NO)
            .dense(YesNo.NO);
        buffer.putInt(CAPABILITIES, capabilities, ByteOrder.LITTLE_ENDIAN);
        hello.putSourceName(sourceName, 0, sourceName.length).putDialect(dialect, 0, dialect.length).putEpoch(dialect, 0, 0)
            .putCoveredBy(coveredBy, 0, coveredBy.length);
        return sink.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength());
    }

    /**
     * The connection has gone.
     *
     * @param connection number of the connection, from 0.
     * @param length     bytes that came on it.
     * @param timeNs     when, in nanoseconds since 1970.
     * @return false when the sink has no room now: call again.
     */
    public boolean disconnected(final int connection, final long length, final long timeNs, final SignalSink sink) {
        down.wrapAndApplyHeader(buffer, 0, header)
            .sourceSequence(SourceSequence.of(connection, length, SourceSequence.MAX_ORDINAL)).sourceTime(timeNs)
            .source(source).tenant(tenant)
            .connection(connection)
            .putSourceName(sourceName, 0, sourceName.length).putText(dialect, 0, 0);
        return sink.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + down.encodedLength());
    }
}
