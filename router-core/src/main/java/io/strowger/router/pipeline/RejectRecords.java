package io.strowger.router.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * The records of one channel's refused signals: so many a second of each source get one of their own, the rest one that counts them.
 *
 * <pre>
 *   refused ──► within the limit, and room in the channel ──► a record of its own, in its place among the channel's signals
 *      └──────► else counted (offering thread) ──► a second later, or when the channel ends: one record with the count (ingress thread)
 * </pre>
 *
 * <p>The number of a source in refused bytes may be anything: {@value #SOURCES} are told apart at a time, and what is beyond them is
 * counted together with those of source 0. So a channel never gives more records than that, whatever is thrown at it.
 *
 * <p>Offering thread and ingress thread, as each method says. Allocates nothing after construction.
 */
final class RejectRecords {
    /** Sources told apart. */
    static final int SOURCES = 16;

    private static final int TYPE = 1;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final NanoClock clock;
    private final int limit;
    private final RejectRecord own;
    private final RejectRecord counting;
    private final boolean[] used = new boolean[SOURCES];
    private final int[] sources = new int[SOURCES];
    private final long[] beganNs = new long[SOURCES];
    private final int[] records = new int[SOURCES];
    /** Raised by the offering thread, lowered by the ingress thread; the source of an entry stays while its count is not 0. */
    private final AtomicIntegerArray untold = new AtomicIntegerArray(SOURCES);
    /** Sum of all entries, raised behind them: one look tells that there is nothing to tell. */
    private final AtomicInteger allUntold = new AtomicInteger();
    private final boolean[] seen = new boolean[SOURCES];
    private final long[] seenNs = new long[SOURCES];
    private int entry;
    private int length;

    /**
     * Has refused nothing yet.
     *
     * @param limit      records of their own a second and source; {@link Integer#MAX_VALUE} for no limit.
     * @param maxLength  of a signal in bytes.
     * @param clock      measures the seconds.
     * @param epochClock of the records' source times; null when they are to have none.
     */
    RejectRecords(final int limit, final int maxLength, final NanoClock clock, final EpochNanoClock epochClock) {
        this.clock = clock;
        this.limit = limit;
        this.own = new RejectRecord(maxLength, epochClock);
        this.counting = new RejectRecord(maxLength, epochClock);
        used[0] = true;
        beganNs[0] = clock.nanoTime();
    }

    /**
     * A signal is refused: makes its record if it is to have one. Offering thread.
     *
     * @param bytes hold what may be read of it; any length.
     */
    void refuse(final int reason, final DirectBuffer bytes, final int offset, final int signalLength) {
        final long nowNs = hasLimit() ? clock.nanoTime() : 0;
        entry = hasLimit() ? find(RejectRecord.sourceOf(bytes, offset, signalLength), nowNs) : 0;
        if (hasLimit() && nowNs - beganNs[entry] >= SECOND_NS) {
            beganNs[entry] = nowNs;
            records[entry] = 0;
        }
        length = records[entry] < limit ? own.one(reason, bytes, offset, signalLength) : 0;
    }

    /**
     * Puts the record of the signal refused last into the channel, or counts the signal. Offering thread.
     *
     * @return false when there is no room for the record, and without a limit: then nothing is counted either.
     */
    boolean put(final OneToOneRingBuffer ring) {
        if (0 != length) {
            final int index = ring.tryClaim(TYPE, length);
            if (index > 0) {
                ring.buffer().putBytes(index, own.buffer(), 0, length);
                ring.commit(index);
                records[entry] += hasLimit() ? 1 : 0;
                return true;
            }
            if (!hasLimit()) {
                return false;
            }
        }
        untold.incrementAndGet(entry);
        allUntold.incrementAndGet();
        return true;
    }

    /**
     * Tells of what was counted, a second after the first of it. Ingress thread.
     *
     * @param room  how many signals the publisher has room for.
     * @param atEnd not to wait for the second to pass.
     * @return how many signals were given to it.
     */
    int tell(final IngressPublisher publisher, final int room, final boolean atEnd) {
        if (isAllTold()) {
            return 0;
        }
        int told = 0;
        for (int i = 0; i < SOURCES; i++) {
            final int count = untold.get(i);
            if (count > 0 && told < room && (atEnd || isDue(i))) {
                publisher.onMessage(TYPE, counting.buffer(), 0, counting.more(sources[i], count));
                untold.addAndGet(i, -count);
                allUntold.addAndGet(-count);
                seen[i] = false;
                told++;
            }
        }
        return told;
    }

    /** Whether every refused signal has been told of. Ingress thread. */
    boolean isAllTold() {
        return 0 == allUntold.get();
    }

    private boolean hasLimit() {
        return Integer.MAX_VALUE != limit;
    }

    private boolean isDue(final int index) {
        final long nowNs = clock.nanoTime();
        if (!seen[index]) {
            seen[index] = true;
            seenNs[index] = nowNs;
        }
        return nowNs - seenNs[index] >= SECOND_NS;
    }

    private int find(final int source, final long nowNs) {
        int free = 0;
        for (int i = 0; i < SOURCES; i++) {
            if (used[i] && source == sources[i]) {
                return i;
            }
            if (0 == free && 0 != i && (!used[i] || (nowNs - beganNs[i] >= SECOND_NS && 0 == untold.get(i)))) {
                free = i;
            }
        }
        if (0 != free) {
            used[free] = true;
            sources[free] = source;
            beganNs[free] = nowNs;
            records[free] = 0;
        }
        return free;
    }
}
