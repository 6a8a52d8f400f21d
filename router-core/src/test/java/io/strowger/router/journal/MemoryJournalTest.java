package io.strowger.router.journal;

import io.strowger.router.fixture.MemoryJournal;

/**
 * The journal that tests stand on keeps the contract too.
 */
class MemoryJournalTest extends JournalContractTest {
    @Override
    protected Journal openEmpty() {
        return new MemoryJournal();
    }
}
