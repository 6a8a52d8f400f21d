package io.strowger.bench.subscribe;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A router with its good subscriptions, and windows with and without the bad ones beside them.
 */
final class IsolationRun implements AutoCloseable {
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final int USERS = 10;
    private static final long PAUSE_NS = 20_000;
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final double NS_PER_MICRO = 1_000;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final int rate;
    private final long windowNs;
    private final Journal journal;
    private final Router router;
    private final UserMessages messages;
    private final GoodReaders good;
    private final Pacer pacer = new Pacer(System::nanoTime, () -> LockSupport.parkNanos(PAUSE_NS));
    private int nextUser;

    /**
     * An empty journal, and nobody but the good ones.
     *
     * @param folder   for the journal.
     * @param rate     signals a second.
     * @param windowNs length of a window.
     */
    IsolationRun(final Path folder, final int rate, final long windowNs) {
        this.rate = rate;
        this.windowNs = windowNs;
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED));
        good = new GoodReaders(router, USERS, System::nanoTime);
        messages = new UserMessages(router.openChannel(), USERS);
    }

    /**
     * Runs a window.
     *
     * @throws IllegalStateException when a good subscription did not get each of its events once, in order.
     */
    IsolationRound round(final boolean isDisturbed) {
        good.forget();
        final BadReaders bad = isDisturbed ? new BadReaders(router) : null;
        final long lateNs;
        try {
            lateNs = pacer.run(rate, windowNs, this::say);
            settle();
        } finally {
            if (null != bad) {
                bad.close();
            }
        }
        if (null != bad && 0 == bad.deaths()) {
            throw new IllegalStateException("nobody has died: the window is too short");
        }
        final Histogram waits = good.waitsNs();
        return new IsolationRound(isDisturbed, waits.getValueAtPercentile(P50) / NS_PER_MICRO,
            waits.getValueAtPercentile(P99) / NS_PER_MICRO, waits.getValueAtPercentile(P999) / NS_PER_MICRO,
            waits.getMaxValue() / NS_PER_MICRO, Pacer.isMissed(lateNs, windowNs));
    }

    @Override
    public void close() {
        good.close();
        router.close();
        journal.close();
    }

    private void say(final long intendedNs) {
        messages.say(nextUser, intendedNs);
        nextUser = nextUser + 1 == USERS ? 0 : nextUser + 1;
    }

    private void settle() {
        final long beganNs = System.nanoTime();
        while (good.taken() < messages.said()) {
            if (System.nanoTime() - beganNs > DEADLINE_NS || router.isClosed()) {
                throw new IllegalStateException("only " + good.taken() + " of " + messages.said() + " events came", router.failure());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        if (good.taken() > messages.said()) {
            throw new IllegalStateException(good.taken() + " events of " + messages.said() + " messages");
        }
    }
}
