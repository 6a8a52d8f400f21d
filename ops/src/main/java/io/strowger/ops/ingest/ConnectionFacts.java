package io.strowger.ops.ingest;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts of a connection itself: it came, it went. They follow from a file's start and end, never from the process that reads it, so
 * that a run that was killed and resumed leaves the records of an undisturbed one.
 */
final class ConnectionFacts {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceHelloEncoder hello = new SourceHelloEncoder();
    private final SourceDownEncoder down = new SourceDownEncoder();
    private final int source;
    private final int tenant;
    private final byte[] sourceName;
    private final byte[] dialect;

    ConnectionFacts(final int source, final int tenant, final String sourceName, final String dialect) {
        this.source = source;
        this.tenant = tenant;
        this.sourceName = sourceName.getBytes(StandardCharsets.UTF_8);
        this.dialect = dialect.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The connection has come.
     *
     * @param epochKnown false when the stream will tell since when its source runs.
     */
    void connected(final int connection, final long timeNs, final boolean epochKnown, final SignalSink sink) {
        hello.wrapAndApplyHeader(buffer, 0, header)
            .sourceSequence(SourceSequence.of(connection, 0, 0)).sourceTime(timeNs).source(source).tenant(tenant)
            .connection(connection)
            .epochKnown(epochKnown ? YesNo.YES : YesNo.NO);
        hello.capabilities().clear();
        hello.putSourceName(sourceName, 0, sourceName.length).putDialect(dialect, 0, dialect.length).putEpoch(dialect, 0, 0);
        sink.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength());
    }

    /**
     * The connection has gone.
     *
     * @param length bytes that came on it.
     */
    void disconnected(final int connection, final long length, final long timeNs, final SignalSink sink) {
        down.wrapAndApplyHeader(buffer, 0, header)
            .sourceSequence(SourceSequence.of(connection, length, SourceSequence.MAX_ORDINAL)).sourceTime(timeNs)
            .source(source).tenant(tenant)
            .connection(connection)
            .putSourceName(sourceName, 0, sourceName.length).putText(dialect, 0, 0);
        sink.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + down.encodedLength());
    }
}
