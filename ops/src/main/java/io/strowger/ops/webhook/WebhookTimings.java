package io.strowger.ops.webhook;

/**
 * How a webhook's tries follow one another, in milliseconds, each from 1.
 *
 * @param timeoutMs for the answer.
 * @param backOffMs before the second try; doubles from try to try.
 * @param capMs     between tries at most.
 * @param idleMs    between two looks at a journal that has nothing new.
 */
public record WebhookTimings(long timeoutMs, long backOffMs, long capMs, long idleMs) {
    /** Where nothing else is said. */
    public static final WebhookTimings DEFAULT = new WebhookTimings(10_000, 1_000, 600_000, 100);

    /** Checks the ranges. */
    public WebhookTimings {
        if (timeoutMs < 1 || backOffMs < 1 || capMs < backOffMs || idleMs < 1) {
            throw new IllegalArgumentException("timings that can't be");
        }
    }
}
