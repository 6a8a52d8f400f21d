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
     * Takes note of what is on the disk. It is written down for each new cycle file, and at the end.
     *
     * @param newest   cycle file, null when there is none.
     * @param sequence last one that is on the disk.
     */
    synchronized void onSynced(final Path newest, final long sequence) {
        if (null == newest || 0 == sequence || isClosed) {
            return;
        }
        final boolean isNew = !newest.equals(syncedFile);
        syncedFile = newest;
        syncedSequence = sequence;
        if (isNew && (null == metadata.written() || !newest.getFileName().toString().equals(metadata.written().file()))) {
            mark();
        }
    }

    /**
     * Writes nothing more behind this: another writer may have the journal then.
     */
    synchronized void close() {
        if (!isClosed && null != syncedFile && (null == metadata.written() || syncedSequence > metadata.written().sequence())) {
            mark();
        }
        isClosed = true;
    }

    private void mark() {
        try {
            write(metadata.withWritten(new WrittenMark(syncedFile.getFileName().toString(), syncedSequence)));
        } catch (final JournalException full) {
            // it says less than it could; nothing in the journal hangs on it
            syncedFile = null;
        }
    }

    private void write(final JournalMetadata next) {
        next.write(file);
        metadata = next;
    }
}
