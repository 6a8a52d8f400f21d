package io.strowger.bench.subscribe;

/**
 * What the good subscriptions saw in one window. Times from the intended time of an event to its handler, in microseconds.
 *
 * @param isDisturbed whether the bad ones were beside them.
 * @param p50         half of the waits are no longer.
 * @param p99         99 of 100 are no longer.
 * @param p999        999 of 1,000 are no longer.
 * @param max         the longest wait.
 * @param isMissed    whether the rate was missed: the other figures then mean nothing.
 */
record IsolationRound(boolean isDisturbed, double p50, double p99, double p999, double max, boolean isMissed) {
}
