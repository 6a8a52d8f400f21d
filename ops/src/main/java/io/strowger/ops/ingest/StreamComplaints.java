package io.strowger.ops.ingest;

import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a translator of a stream could not understand, in words.
 */
final class StreamComplaints {
    /** Of a stream of blocks about legs. */
    static final StreamComplaints OF_BLOCKS = new StreamComplaints("block", "leg");

    /** Of a stream of messages about calls. */
    static final StreamComplaints OF_MESSAGES = new StreamComplaints("message", "call");

    private final Map<Counter, String> names = new LinkedHashMap<>();

    private StreamComplaints(final String block, final String leg) {
        names.put(Counter.MALFORMED, "malformed " + block + "s");
        names.put(Counter.TOO_LARGE, block + "s too large");
        names.put(Counter.IDENTITY_TOO_LONG, block + "s with an id longer than 160 bytes");
        names.put(Counter.WITHOUT_NATIVE_ID, "events that name no " + leg);
        names.put(Counter.UNFINISHED, "unfinished " + block + "s at the end of a file");
        names.put(Counter.LISTS_REFUSED, "lists that could not be followed");
        names.put(Counter.UNKNOWN_EVENTS, "events of an unknown name (kept as source.other)");
    }

    /** How often, by what it was, in a fixed order; only what is not 0. */
    Map<String, Long> of(final StreamCounters counters) {
        final Map<String, Long> complaints = new LinkedHashMap<>();
        names.forEach((counter, name) -> {
            final long count = counters.get(counter);
            if (count > 0) {
                complaints.put(name, count);
            }
        });
        return complaints;
    }
}
