package io.strowger.bench.subscribe;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A router on a long journal, and many subscriptions that want all of it, again and again.
 */
final class RejoinRun implements AutoCloseable {
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final int SPARE = 1024;
    private static final int LIMIT = 64;
    private static final long PAUSE_NS = 50_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final long DEADLINE_NS = 600_000_000_000L;

    private final RejoinSettings settings;
    private final CountingJournal journal;
    private final UserTally tally;
    private final Router router;
    private final UserMessages messages;
    private int nextUser;

    /**
     * Writes the journal, through the router.
     *
     * @param folder   for it.
     * @param settings how much of everything.
     */
    RejoinRun(final Path folder, final RejoinSettings settings) {
        this.settings = settings;
        journal = new CountingJournal(ChronicleJournal.open(
            new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES)));
        tally = new UserTally(settings.users());
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
            .userCapacity(settings.users() + SPARE).tap(tally));
        messages = new UserMessages(router.openChannel(), settings.users());
        while (messages.said() < settings.records()) {
            say(0);
        }
        settle();
    }

    /** Subscribes from the first record on, and polls until all of them are live and have all there is. */
    RejoinRound round() {
        final Memory before = Memory.afterCollection();
        final List<UserReader> readers = new ArrayList<>();
        for (int i = 0; i < settings.subscriptions(); i++) {
            final int user = (int)((long)i * settings.users() / settings.subscriptions());
            readers.add(new UserReader(user, router.subscribe(Filter.ofTenant(UserMessages.TENANT).withUser(UserMessages.name(user)), 1)));
        }
        final long subscribed = Memory.directBytes();
        final long length = router.lastSequence();
        final long readBefore = journal.recordsRead();
        final long leftBefore = router.counters().get(RouterCounter.LEFT_BEHIND);
        final long beganNs = System.nanoTime();
        poll(readers, true);
        final long during = Memory.directBytes();
        while (!poll(readers, true)) {
            checkTime(beganNs);
        }
        final double seconds = (System.nanoTime() - beganNs) / NS_PER_SECOND;
        final long read = journal.recordsRead() - readBefore;
        settle();
        while (!isComplete(readers)) {
            poll(readers, false);
            checkTime(beganNs);
        }
        readers.forEach(UserReader::close);
        return new RejoinRound((double)read / length, seconds, length, router.counters().get(RouterCounter.LEFT_BEHIND) - leftBefore,
            subscribed - before.direct(), during - before.direct(), before);
    }

    @Override
    public void close() {
        router.close();
        journal.close();
    }

    /** Polls each once, and says what is due meanwhile. Returns whether all are live. */
    private boolean poll(final List<UserReader> readers, final boolean isLive) {
        int taken = 0;
        boolean areLive = true;
        for (int i = 0; i < readers.size(); i++) {
            final UserReader reader = readers.get(i);
            taken += reader.poll(LIMIT);
            areLive &= !reader.isLagging();
            if (isLive && 0 == i % settings.readersAMessage()) {
                say(0);
            }
        }
        if (0 == taken) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        return areLive;
    }

    private void say(final long timeNs) {
        messages.say(nextUser, timeNs);
        nextUser = nextUser + 1 == settings.users() ? 0 : nextUser + 1;
    }

    /** Waits until all that was said is folded, in the journal, and shown. */
    private void settle() {
        while (router.counters().get(RouterCounter.SIGNALS) <= messages.said()) {
            if (router.isClosed()) {
                throw new IllegalStateException("the router has stopped", router.failure());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        // an answer of the core thread comes between two blocks, behind what it has shown
        router.digest();
    }

    private boolean isComplete(final List<UserReader> readers) {
        boolean isComplete = true;
        for (int i = 0; i < readers.size() && isComplete; i++) {
            isComplete = readers.get(i).isComplete(tally);
        }
        return isComplete;
    }

    private void checkTime(final long beganNs) {
        if (System.nanoTime() - beganNs > DEADLINE_NS || router.isClosed()) {
            throw new IllegalStateException("not all subscriptions got what is theirs in time", router.failure());
        }
    }
}
