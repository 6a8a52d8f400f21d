package io.strowger.router;

import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import org.agrona.DirectBuffer;

/**
 * Calls a watcher at every append and sync, before the journal behind it.
 */
final class WatchedJournal extends ForwardingJournal {
    private final Runnable watcher;

    WatchedJournal(final Journal journal, final Runnable watcher) {
        super(journal);
        this.watcher = watcher;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        watcher.run();
        return super.append(block, offset, length);
    }

    @Override
    public void sync() {
        watcher.run();
        super.sync();
    }
}
