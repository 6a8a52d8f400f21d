package io.strowger.ops.ingest;

import io.strowger.codecs.translate.BadBlocks;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.ops.console.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a translator of a stream could not understand, in words.
 */
final class StreamComplaints {
    /** Of a stream of blocks about legs. */
    static final StreamComplaints OF_BLOCKS = new StreamComplaints("block", "leg");

    /** Of a stream of messages about calls. */
    static final StreamComplaints OF_MESSAGES = new StreamComplaints("message", "call");

    private final Map<Counter, Words> words = new LinkedHashMap<>();

    private StreamComplaints(final String block, final String leg) {
        put(Counter.MALFORMED, "malformed " + block, "");
        put(Counter.TOO_LARGE, block, " too large");
        put(Counter.IDENTITY_TOO_LONG, block, " with an id longer than 160 bytes");
        words.put(Counter.WITHOUT_NATIVE_ID, new Words("event that names no " + leg, "events that name no " + leg));
        put(Counter.UNFINISHED, "unfinished " + block, " at the end of a file");
        put(Counter.LISTS_REFUSED, "list", " that could not be followed");
        put(Counter.UNKNOWN_EVENTS, "event", " of an unknown name (kept as source.other)");
    }

    private void put(final Counter counter, final String one, final String behind) {
        words.put(counter, new Words(one + behind, one + "s" + behind));
    }

    /** How often and what it was, in a fixed order; only what is not 0. */
    List<String> of(final StreamCounters counters) {
        final List<String> complaints = new ArrayList<>();
        words.forEach((counter, word) -> {
            final long count = counters.get(counter);
            if (count > 0) {
                complaints.add(Counted.of(count, word.one(), word.many()));
            }
        });
        return complaints;
    }

    /** Where the first blocks stand that could not be read. */
    List<BadPlace> places(final BadBlocks bad) {
        final List<BadPlace> places = new ArrayList<>();
        for (int i = 0; i < bad.count(); i++) {
            places.add(BadPlace.ofByte(bad.connection(i), bad.start(i), words.get(bad.reason(i)).one()));
        }
        return places;
    }

    private record Words(String one, String many) {
    }
}
