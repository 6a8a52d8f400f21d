package io.strowger.persistence.retention;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.snapshot.SnapshotHeader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A journal of a cycle a day, with the output chain behind every block. */
final class Days implements AutoCloseable {
    private final Path directory;
    private final Map<Long, Long> chains = new HashMap<>();
    private final Blocks blocks;
    private ChronicleJournal journal;
    private int day;

    Days(final Path directory, final long seed, final BlockKind kind) {
        this.directory = directory;
        this.blocks = new Blocks(seed, kind);
        this.journal = ChronicleJournal.open(Blocks.context(directory));
    }

    ChronicleJournal journal() {
        return journal;
    }

    /** Journal time of what is written now. */
    long nowNs() {
        return Blocks.START_NS + day * Blocks.DAY_NS;
    }

    long last() {
        return blocks.sequence();
    }

    /** Begins the next day, which has a file once something is written. */
    void roll() {
        day++;
    }

    void append(final int count, final int records) {
        blocks.time(nowNs());
        for (int i = 0; i < count; i++) {
            blocks.append(journal, 1, records);
            chains.put(blocks.sequence(), blocks.chain());
        }
    }

    /** So many days of ten records each. */
    Days full(final int days) {
        for (int i = 0; i < days; i++) {
            append(10, 1);
            roll();
        }
        return this;
    }

    /** Keeps a snapshot behind a block's last record. */
    void snapshot(final long sequence) {
        snapshot(sequence, chains.get(sequence));
    }

    void snapshot(final long sequence, final long chain) {
        SnapshotFolder.of(directory).write(new SnapshotHeader(sequence, chain, 0, FoldLimits.of(journal)), out -> {
            out.putLong(sequence);
            out.end();
        });
    }

    void reopen() {
        journal.close();
        journal = ChronicleJournal.open(Blocks.context(directory));
    }

    @Override
    public void close() {
        journal.close();
    }
}
