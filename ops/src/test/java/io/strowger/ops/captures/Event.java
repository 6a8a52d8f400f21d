package io.strowger.ops.captures;

import java.time.Instant;
import java.util.Map;

/**
 * An event as {@code tail --format json} printed it.
 *
 * @param envelope the whole object.
 */
record Event(Map<String, Object> envelope) {
    private static final double NANOS = 1e9;

    String type() {
        return (String)envelope.get("type");
    }

    String subject() {
        return (String)envelope.get("subject");
    }

    /** Source time in seconds since 1970. */
    double seconds() {
        final Instant time = Instant.parse((String)envelope.get("time"));
        return time.getEpochSecond() + time.getNano() / NANOS;
    }

    long sequence() {
        return (Long)data().get("sequence");
    }

    String text(final String field) {
        return (String)data().get(field);
    }

    /** A number of the event, null when it has none. */
    Long number(final String field) {
        return (Long)data().get(field);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> data() {
        return (Map<String, Object>)envelope.get("data");
    }
}
