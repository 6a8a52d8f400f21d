package io.strowger.ops.ingest;

import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a translator of a stream could not understand, in words.
 */
final class StreamComplaints {
    private static final Map<Counter, String> NAMES = names();

    private StreamComplaints() {
    }

    /** How often, by what it was, in a fixed order; only what is not 0. */
    static Map<String, Long> of(final StreamCounters counters) {
        final Map<String, Long> complaints = new LinkedHashMap<>();
        NAMES.forEach((counter, name) -> {
            final long count = counters.get(counter);
            if (count > 0) {
                complaints.put(name, count);
            }
        });
        return complaints;
    }

    private static Map<Counter, String> names() {
        final Map<Counter, String> names = new LinkedHashMap<>();
        names.put(Counter.MALFORMED, "malformed messages");
        names.put(Counter.TOO_LARGE, "messages too large");
        names.put(Counter.IDENTITY_TOO_LONG, "messages with an id longer than 160 bytes");
        names.put(Counter.WITHOUT_NATIVE_ID, "events that name no call");
        names.put(Counter.UNFINISHED, "unfinished messages at the end of a file");
        names.put(Counter.UNKNOWN_EVENTS, "events of an unknown name (kept as source.other)");
        return names;
    }
}
