package io.strowger.ops.webhook;

/**
 * How a webhook was at one moment.
 *
 * @param name      of it.
 * @param delivered events that were taken, since the server's start.
 * @param tries     that failed since something was taken.
 * @param failure   why the last one failed; null when all is well.
 * @param position  sequence of the next record to look at: what is behind it waits.
 */
public record WebhookHealth(String name, long delivered, int tries, String failure, long position) {
}
