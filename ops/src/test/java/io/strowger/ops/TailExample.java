package io.strowger.ops;

import io.strowger.codecs.sbe.EventType;
import io.strowger.persistence.tail.EventText;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The example of the README, word for word, as the program of a downstream system would have it. */
final class TailExample {
    private final List<String> bills = new ArrayList<>();
    private final int wanted;

    TailExample(final int wanted) {
        this.wanted = wanted;
    }

    void run(final Path directory) {
        try (JournalTail tail = JournalTail.open(directory, "billing")) {
            while (isRunning()) {
                if (tail.poll(this::onRecord, 256) > 0) {
                    tail.commit();
                } else {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    void onRecord(final TailRecord record) {
        if (EventType.CALL_CLEARED == record.eventType()) {
            bill(record.sequence(), record.text(EventText.LOCAL_USER), record.event().durationMs());
        }
    }

    List<String> bills() {
        return bills;
    }

    private boolean isRunning() {
        return bills.size() < wanted;
    }

    private void bill(final long sequence, final String user, final long durationMs) {
        bills.add(sequence + " " + user + " " + durationMs);
    }
}
