package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

/** What a writer leaves that dies with something staged: a copy of its folder, taken while it has it. */
final class StagedDeath {
    private StagedDeath() {
    }

    /**
     * Two blocks in the files, and so many staged behind them, each of a record.
     *
     * @return the folder of the dead.
     */
    static Path of(final Path folder, final Blocks blocks, final int count) throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(folder.resolve("alive")))) {
            blocks.append(journal, 2, 1);
            blocks.stage(journal, count, 1);
            return Damaged.copy(folder.resolve("alive"), folder.resolve("dead"));
        }
    }

    /** Whether a journal is good and has so many records. */
    static void assertGood(final Path directory, final long records) {
        final VerifyReport report = Damaged.verify(directory);
        assertTrue(report.isGood(), report.toString());
        assertEquals(records, report.records());
        assertEquals(records, report.lastSequence());
    }
}
