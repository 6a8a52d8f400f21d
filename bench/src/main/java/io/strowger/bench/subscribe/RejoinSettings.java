package io.strowger.bench.subscribe;

/**
 * How much of everything.
 *
 * @param records         in the journal before anybody subscribes.
 * @param users           that they are about, in turn.
 * @param subscriptions   of one user each.
 * @param readersAMessage the router gets one more message whenever so many subscriptions were polled.
 */
record RejoinSettings(long records, int users, int subscriptions, int readersAMessage) {
}
