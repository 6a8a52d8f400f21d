package io.strowger.ops.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;

/**
 * Sources of one kind, as who operates the server sees them. Any thread.
 */
interface SourceGroup {
    /** Adds how each is, an object each. */
    void addTo(JsonArray sources);

    /** Adds what is counted of them. */
    void bindTo(MeterRegistry registry);
}
