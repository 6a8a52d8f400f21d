package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Durability;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The router as it is embedded: one thread offers to a channel; admission, ring, fold, journal on disk and three taps follow.
 *
 * <p>Mode {@code shared}: everything behind the channel is on one thread, but for the sync of the journal at durability durable. A window
 * ends when the router has folded, journaled and shown the last signal, and where it syncs, when the journal's end is on the disk. Check:
 * as many signals folded as offered, none refused, the journal ends where the router says, and each tap has seen as many events as were
 * dispatched, in order.
 */
public final class RouterContender implements Contender {
    private static final int TAPS = 3;
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final int SPARE = 1024;
    private static final int SPINS = 50;

    private final Path folder;
    private final Journal journal;
    private final Router router;
    private final Channel channel;
    private final RouterCounters counters;
    private final String name;
    private final String durability;
    private final boolean isSynced;
    private final List<CountingTap> taps = new ArrayList<>();
    private long offered;

    /**
     * A router on an empty journal.
     *
     * @param folder   for the journal.
     * @param sessions that will be open at a time.
     */
    public RouterContender(final Path folder, final int sessions) {
        this(folder, sessions, Durability.ACCEPTED, Durability.ACCEPTED);
    }

    /**
     * A router on an empty journal.
     *
     * @param folder     for the journal.
     * @param sessions   that will be open at a time.
     * @param durability of what it acknowledges.
     * @param visibility of what it shows.
     */
    public RouterContender(final Path folder, final int sessions, final Durability durability, final Durability visibility) {
        this.folder = folder;
        isSynced = Durability.DURABLE == durability;
        this.durability = "durability " + durability.name().toLowerCase(Locale.ROOT) + ", visible when "
            + visibility.name().toLowerCase(Locale.ROOT);
        name = "router, shared, " + TAPS + " taps"
            + (isSynced ? ", durable, visible when " + visibility.name().toLowerCase(Locale.ROOT) : "");
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES));
        final AdmissionWalk admission = new AdmissionWalk(TemplateSet.forSources());
        final RouterContext context = new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
            .durability(durability).visibility(visibility).sessionCapacity(sessions + sessions / 2 + SPARE).admission(admission::check);
        for (int i = 0; i < TAPS; i++) {
            final CountingTap tap = new CountingTap();
            taps.add(tap);
            context.tap(tap);
        }
        router = Router.launch(context);
        channel = router.openChannel();
        counters = router.counters();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return "threading mode SHARED, admission, fold, journal on disk in blocks of " + (JOURNAL_BLOCK_BYTES >> 20) + " MiB, " + TAPS
            + " taps; " + durability + "; bounds checks on, as shipped";
    }

    @Override
    public void preload(final SignalPool pool) {
        run(pool);
        settle(pool);
    }

    @Override
    public void run(final SignalPool pool) {
        offer(pool);
        await();
    }

    /**
     * Offers all signals of the pool, and does not wait until they are through.
     *
     * @param pool its signals in order.
     */
    void offer(final SignalPool pool) {
        final DirectBuffer signals = pool.buffer();
        final int count = pool.count();
        int place = 0;
        for (int i = 0; i < count; i++) {
            final int length = pool.length(place);
            long code = channel.offer(signals, pool.signal(place), length);
            while (ReturnCode.BACK_PRESSURED == code) {
                pause();
                code = channel.offer(signals, pool.signal(place), length);
            }
            if (code < 0) {
                throw new IllegalStateException("the router answers " + ReturnCode.toString(code), router.failure());
            }
            place = pool.next(place);
        }
        offered += count;
    }

    /** Waits until all that was offered is through. */
    void await() {
        while (!isThrough()) {
            if (router.isClosed()) {
                throw new IllegalStateException("the router has stopped", router.failure());
            }
            Thread.onSpinWait();
        }
    }

    /** All that was offered is folded, its blocks are shown, and on the disk where the router brings them there. */
    private boolean isThrough() {
        return counters.get(RouterCounter.SIGNALS) >= offered && taps.get(TAPS - 1).lastShown() >= router.lastSequence()
            && (!isSynced || router.durableSequence() >= router.lastSequence());
    }

    /** What the router has counted so far. Any thread. */
    long counted(final RouterCounter counter) {
        return counters.get(counter);
    }

    /** About a microsecond: asking again at once would take the ring's cache lines from the router at every try. */
    private static void pause() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        final long events = counters.get(RouterCounter.EVENTS);
        final boolean complete = counters.get(RouterCounter.SIGNALS) == offered && 0 == counters.get(RouterCounter.REJECTED)
            && journal.lastSequence() == router.lastSequence() && router.lastSequence() >= offered
            && router.lastSourceSequence(Traffic.SOURCE) == ChronicleContender.lastSequence(pool);
        if (!complete || 0 == events) {
            throw new IllegalStateException("the router has lost something: offered " + offered + ", " + counters);
        }
        for (final CountingTap tap : taps) {
            if (tap.events() != events || tap.isOutOfOrder()) {
                throw new IllegalStateException("a tap saw " + tap.events() + " of " + events + " events");
            }
        }
        DiskFiles.force(folder);
    }

    @Override
    public void close() {
        channel.close();
        router.close();
        journal.close();
    }
}
