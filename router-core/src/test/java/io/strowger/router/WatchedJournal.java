package io.strowger.router;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import org.agrona.DirectBuffer;

/**
 * Calls a watcher at every append, before the journal behind it.
 */
final class WatchedJournal implements Journal {
    private final Journal journal;
    private final Runnable watcher;

    WatchedJournal(final Journal journal, final Runnable watcher) {
        this.journal = journal;
        this.watcher = watcher;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        watcher.run();
        return journal.append(block, offset, length);
    }

    @Override
    public long firstSequence() {
        return journal.firstSequence();
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long lastChain() {
        return journal.lastChain();
    }

    @Override
    public long hashSeed() {
        return journal.hashSeed();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        return journal.openCursor(fromSequence);
    }

    @Override
    public void sync() {
        journal.sync();
    }

    @Override
    public void close() {
        journal.close();
    }
}
