package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;

/**
 * Takes what a stream has to say, in order.
 */
public interface StreamSink {
    /** Whether there is room for something now. */
    boolean isWritable();

    /** How many events or things of a status it takes at most now. */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /**
     * An event.
     *
     * @param id   token of its position.
     * @param json the event as CloudEvents 1.0.
     */
    void event(String id, String json);

    /** The status begins: what was known before is void. */
    void statusBegins(String position);

    /** One thing that the status holds. */
    void statusItem(String json);

    /** The status is complete: events behind the position follow. */
    void statusEnds(String position);

    /** Nothing more comes, and why. */
    void ended(Problem why);
}
