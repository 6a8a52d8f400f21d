package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.JournalException;
import java.nio.file.Path;

/**
 * What a journal says of itself while it is open for writing, and so may change. Any thread.
 */
final class LiveMetadata {
    private final Path file;
    private volatile JournalMetadata metadata;
    private Path syncedFile;
    private long syncedSequence;
    private boolean isClosed;

    /**
     * Metadata as it stands in its file.
     */
    LiveMetadata(final Path file, final JournalMetadata metadata) {
        this.file = file;
        this.metadata = metadata;
    }

    /**
     * Goes on with the newest file.
     *
     * @return whether it is written down; if not it should be synced.
     */
    synchronized boolean goOnWith(final Path newest, final long sequence) {
        final boolean isWritten = null != metadata.written() && metadata.written().isOf(newest);
        if (isWritten) {
            syncedFile = newest;
            syncedSequence = Math.min(sequence, metadata.written().last());
        }
        return isWritten;
    }

    JournalMetadata get() {
        return metadata;
    }

    /**
     * Keeps the limits of the first router.
     *
     * @throws JournalException when there are some, or they can't be written.
     */
    synchronized void keepLimits(final FoldLimits limits) {
        if (null != metadata.limits()) {
            throw new JournalException("the journal has its limits: " + metadata.limits());
        }
        write(metadata.withLimits(limits));
    }

    /**
     * Takes note of what is on the disk. A new cycle file has the one before it written down, so that a copy that somebody takes meanwhile
     * and that misses the new one is none that has lost it; the newest is written down at the end.
     *
     * @param newest   cycle file, null when there is none.
     * @param sequence last one that is on the disk.
     */
    synchronized void onSynced(final Path newest, final long sequence) {
        if (null == newest || isClosed) {
            return;
        }
        if (null == syncedFile) {
            mark(newest, sequence);
        } else if (!newest.equals(syncedFile)) {
            mark(syncedFile, syncedSequence);
        }
        syncedFile = newest;
        syncedSequence = sequence;
    }

    /**
     * Writes nothing more behind this: another writer may have the journal then.
     */
    synchronized void close() {
        if (!isClosed && null != syncedFile) {
            mark(syncedFile, syncedSequence);
        }
        isClosed = true;
    }

    private void mark(final Path cycleFile, final long sequence) {
        try {
            final CycleSpan span = CycleSpan.read(cycleFile);
            if (null != span) {
                final long last = Math.max(span.first(), sequence);
                final WrittenMark mark = new WrittenMark(cycleFile.getFileName().toString(), span.first(), last);
                if (!mark.equals(metadata.written())) {
                    write(metadata.withWritten(mark));
                }
            }
        } catch (final JournalException full) {
            // the mark before it stays, and says less; nothing in the journal hangs on it
        }
    }

    private void write(final JournalMetadata next) {
        next.write(file);
        metadata = next;
    }
}
