package io.strowger.bench.subscribe;

/**
 * What one rejoin took.
 *
 * @param passes          records read from the journal by whoever, divided by those that it had as it began.
 * @param seconds         until all subscriptions were live.
 * @param length          records that the journal had as it began.
 * @param leftBehind      how often the pass went on without a subscription.
 * @param subscribedBytes direct memory of all subscriptions before the first poll.
 * @param laggingBytes    direct memory of all of them in the pass.
 * @param before          memory before they came.
 */
record RejoinRound(double passes, double seconds, long length, long leftBehind, long subscribedBytes, long laggingBytes, Memory before) {
}
