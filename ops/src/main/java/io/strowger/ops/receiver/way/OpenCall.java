package io.strowger.ops.receiver.way;

/**
 * A call of a phone that the router holds open while the phone has no link.
 *
 * @param nativeId of the leg.
 * @param remote   the other side, empty when it is not known.
 * @param beganNs  when it began, in nanoseconds since 1970.
 * @param isUp     whether it is up, else it rings.
 */
public record OpenCall(String nativeId, String remote, long beganNs, boolean isUp) {
}
