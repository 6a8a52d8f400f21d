package io.strowger.router.source;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a journal, one word a record: the type of its event, or else its outcome.
 */
final class Journaled {
    private Journaled() {
    }

    static List<String> records(final MemoryJournal journal) {
        final List<String> records = new ArrayList<>();
        final RecordCursor cursor = new RecordCursor();
        for (int block = 0; block < journal.blockCount(); block++) {
            cursor.wrap(journal.block(block), 0);
            while (cursor.next()) {
                final int record = cursor.record();
                if (0 == RecordLayout.eventLength(journal.block(block), record)) {
                    records.add(Outcome.of(RecordLayout.outcome(journal.block(block), record)).name());
                } else {
                    final EventDecoder event = new EventDecoder().wrapAndApplyHeader(journal.block(block),
                        RecordLayout.eventOffset(journal.block(block), record), new MessageHeaderDecoder());
                    records.add(event.eventType().name() + " " + event.tenant() + " " + event.nativeId());
                }
            }
        }
        return records;
    }

    static long count(final MemoryJournal journal, final String beginning) {
        return records(journal).stream().filter(record -> record.startsWith(beginning)).count();
    }
}
