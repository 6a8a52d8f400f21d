package io.strowger.persistence.tail;

import io.strowger.codecs.Xxh64;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What a tail handed over: the sequences, and the output chain over the bytes. */
final class Tailed implements TailHandler {
    private final List<Long> sequences = new ArrayList<>();
    private long chain;

    @Override
    public void onRecord(final TailRecord record) {
        sequences.add(record.sequence());
        chain = Xxh64.hash(record.buffer(), record.offset(), record.length(), chain);
    }

    List<Long> sequences() {
        return sequences;
    }

    long chain() {
        return chain;
    }

    /** Polls until there is no more. */
    static List<Long> drain(final JournalTail tail) {
        final Tailed tailed = new Tailed();
        while (tail.poll(tailed, 7) > 0) {
            if (tailed.sequences.size() > 1_000_000) {
                throw new AssertionError("endless");
            }
        }
        return tailed.sequences;
    }

    static List<Long> range(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
