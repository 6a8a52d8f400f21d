package io.strowger.ops.receiver;

/**
 * What a receiver has counted since it was made.
 *
 * @param taken       requests answered with 200.
 * @param badRequests what was no request, too slow, too long, or neither GET nor POST.
 * @param unknown     requests whose sender was not known.
 * @param turnedAway  connections that were one too many.
 */
public record ReceiverTotals(long taken, long badRequests, long unknown, long turnedAway) {
}
