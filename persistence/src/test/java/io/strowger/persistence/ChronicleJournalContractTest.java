package io.strowger.persistence;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalContractTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The journal on Chronicle keeps the contract of the port. */
class ChronicleJournalContractTest extends JournalContractTest {
    @TempDir
    private Path directory;

    @Override
    protected Journal openEmpty() {
        return ChronicleJournal.open(Blocks.context(directory));
    }
}
