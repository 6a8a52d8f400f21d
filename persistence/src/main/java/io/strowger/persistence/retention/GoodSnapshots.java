package io.strowger.persistence.retention;

import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots that a recovery could begin with: read through to the end, of this journal, made with its limits. One thread.
 */
final class GoodSnapshots {
    private final SnapshotFolder folder;
    private final List<String> bad = new ArrayList<>();

    GoodSnapshots(final Path directory) {
        folder = SnapshotFolder.of(directory);
    }

    /**
     * The newest good ones.
     *
     * @param most how many.
     * @return their sequences, newest first.
     */
    List<Long> newest(final Journal journal, final int most) {
        bad.clear();
        final List<Long> good = new ArrayList<>();
        for (final long sequence : folder.sequences()) {
            if (good.size() < most && isGood(journal, sequence)) {
                good.add(sequence);
            }
        }
        return good;
    }

    /** What was wrong with those passed over. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    private boolean isGood(final Journal journal, final long sequence) {
        try {
            folder.check(journal, sequence);
            return true;
        } catch (final SnapshotException fault) {
            bad.add("snapshot at " + sequence + ": " + fault.getMessage());
            return false;
        }
    }
}
