package io.strowger.ops.ingest;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SourceSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * One run: the files one after the other, each a connection of the same source.
 *
 * <p>What was journaled by an earlier run is translated again and left out, so that the journal ends the same however often the run was
 * broken off.
 */
public final class Ingest {
    private static final long PROGRESS_BYTES = 8L << 20;

    private final IngestSettings settings;
    private final Dialect dialect;
    private final IngestTarget target;
    private final AckPrinter acks;
    private final EpochNanoClock clock;
    private final LongConsumer progress;
    private long nextProgress = PROGRESS_BYTES;
    private long bytesBefore;

    /**
     * A run.
     *
     * @param dialect  of all its files; knows the source and the tenant.
     * @param acks     told of each block when the settings ask for it.
     * @param clock    of streams without recorded times.
     * @param progress told now and then how many bytes were read.
     */
    public Ingest(
        final IngestSettings settings, final Dialect dialect, final IngestTarget target, final AckPrinter acks,
        final EpochNanoClock clock, final LongConsumer progress) {
        this.settings = settings;
        this.dialect = dialect;
        this.target = target;
        this.acks = acks;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Runs to the end of the last file.
     *
     * @return what was counted.
     */
    public IngestReport run() {
        final int source = target.sourceNumber(settings.tenant(), settings.sourceName());
        final FactSink sink = new FactSink(target, settings.acks() ? acks : null, target.lastSourceSequence(source));
        final ConnectionFacts connection = new ConnectionFacts(
            source, settings.tenant(), settings.sourceName(), dialect.name(), settings.coveredBy());
        final List<Path> foreign = new ArrayList<>();
        int number = 0;
        for (final Path path : settings.files()) {
            try (StreamFile file = new StreamFile(path, clock)) {
                final long understoodBefore = dialect.understood();
                read(file, number++, connection, sink);
                if (file.position() > 0 && dialect.understood() == understoodBefore) {
                    foreign.add(path);
                }
                bytesBefore += file.position();
            }
        }
        target.drain();
        sink.checkContinuation();
        return new IngestReport(bytesBefore, sink.taken(), sink.known(), sink.rejected(), dialect.complaints(), List.copyOf(foreign));
    }

    private void read(final StreamFile file, final int number, final ConnectionFacts connection, final FactSink sink) {
        final long firstTimeNs = file.arrivalTimeNs();
        int length = file.next();
        dialect.connected(number);
        connection.connected(number, firstTimeNs, dialect.isEpochKnown(file.buffer(), length), sink);
        sink.acknowledge();
        long lastTimeNs = firstTimeNs;
        while (length > 0) {
            lastTimeNs = file.arrivalTimeNs();
            final int taken = dialect.onBytes(file.buffer(), 0, length, lastTimeNs, sink);
            if (taken < length) {
                throw new IllegalStateException("the translator left " + (length - taken) + " bytes to a sink that takes all");
            }
            sink.acknowledge();
            showProgress(file);
            length = file.next();
        }
        dialect.disconnected();
        if (file.position() > SourceSequence.MAX_BLOCK_END) {
            throw new IllegalStateException("longer than a source sequence can count");
        }
        connection.disconnected(number, file.position(), lastTimeNs, sink);
        sink.acknowledge();
    }

    private void showProgress(final StreamFile file) {
        if (bytesBefore + file.position() >= nextProgress) {
            nextProgress = bytesBefore + file.position() + PROGRESS_BYTES;
            progress.accept(bytesBefore + file.position());
        }
    }
}
