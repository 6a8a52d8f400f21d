package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.codecs.SignalLayout;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The bare journal: each signal appended to a Chronicle queue as one excerpt, by the fastest way there is for that, on one thread.
 *
 * <p>Check: a tailer reads as many excerpts as were appended, and the last one holds the last signal.
 */
public final class ChronicleContender implements Contender {
    private static final long BLOCK_BYTES = 256L << 20;

    private final Path folder;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final PointerBytesStore signal = new PointerBytesStore();

    /**
     * An empty queue.
     *
     * @param folder for its files.
     */
    public ChronicleContender(final Path folder) {
        this.folder = folder;
        queue = SingleChronicleQueueBuilder.single(folder.toString())
            .rollCycle(LargeRollCycles.LARGE_DAILY).blockSize(BLOCK_BYTES).build();
        appender = queue.createAppender();
        tailer = queue.createTailer();
    }

    @Override
    public String name() {
        return "bare Chronicle, one excerpt a signal";
    }

    @Override
    public String settings() {
        return "blocks of " + (BLOCK_BYTES >> 20) + " MiB, one thread, roll cycle LARGE_DAILY, bytes written at their address";
    }

    @Override
    public void run(final SignalPool pool) {
        append(pool, 0, pool.count());
    }

    /**
     * Appends some signals of the pool.
     *
     * @param first place of the first of them.
     * @param count how many, which stand one behind the other.
     * @return the place behind the last of them.
     */
    int append(final SignalPool pool, final int first, final int count) {
        final long address = pool.buffer().addressOffset();
        int place = first;
        for (int i = 0; i < count; i++) {
            signal.set(address + pool.signal(place), pool.length(place));
            appender.writeBytes(signal);
            place = pool.next(place);
        }
        return place;
    }

    /**
     * Sees that the queue holds what was appended, without reading all of it: it has an index for so many excerpts, and the last of them is
     * the last signal.
     *
     * @param count        of all signals that were appended.
     * @param lastSequence source sequence of the last one.
     * @throws IllegalStateException when it does not.
     */
    void check(final long count, final long lastSequence) {
        final long lastIndex = queue.lastIndex();
        final long excerpts = queue.countExcerpts(queue.firstIndex(), lastIndex) + 1;
        long last = -1;
        if (tailer.moveToIndex(lastIndex)) {
            try (DocumentContext excerpt = tailer.readingDocument()) {
                last = sequence(excerpt);
            }
        }
        if (excerpts != count || last != lastSequence) {
            throw new IllegalStateException("the bare queue has " + excerpts + " of " + count + " signals");
        }
    }

    private static long sequence(final DocumentContext excerpt) {
        final Bytes<?> bytes = excerpt.wire().bytes();
        return bytes.readLong(bytes.readPosition() + SignalLayout.SOURCE_SEQUENCE_OFFSET);
    }

    @Override
    public void settle(final SignalPool pool) {
        long last = -1;
        int read = 0;
        for (boolean present = true; present;) {
            try (DocumentContext excerpt = tailer.readingDocument()) {
                present = excerpt.isPresent();
                if (present) {
                    last = sequence(excerpt);
                    read++;
                }
            }
        }
        if (read != pool.count() || last != lastSequence(pool)) {
            throw new IllegalStateException("the bare queue has " + read + " of " + pool.count() + " signals");
        }
        DiskFiles.force(folder);
    }

    @Override
    public void close() {
        tailer.close();
        appender.close();
        queue.close();
    }

    /**
     * Source sequence of the last signal in a pool.
     *
     * @param pool with one signal or more.
     * @return the number.
     */
    public static long lastSequence(final SignalPool pool) {
        int place = 0;
        for (int i = 1; i < pool.count(); i++) {
            place = pool.next(place);
        }
        return SignalLayout.sourceSequence(pool.buffer(), pool.signal(place));
    }
}
