package io.strowger.ops.receiver;

/**
 * How a source that comes is.
 *
 * @param name     of the source.
 * @param tenant   whose it is.
 * @param dialect  kamailio or action-url.
 * @param heardMs  when it was heard last, in milliseconds since 1970; 0: never since the server runs.
 * @param requests that came from it.
 * @param refused  of them: not understood, of a user that may not be named, or no room.
 * @param repeats  of them: known to be repeats, and not taken again.
 * @param lost     of them: no room, told as a gap.
 * @param phones   of a fleet that were heard and not let go since; 1 for one phone or server that was.
 * @param failure  why the router does not take it; null for nothing.
 */
public record ReceiverHealth(String name, int tenant, String dialect, long heardMs, long requests, long refused, long repeats, long lost,
                             int phones, String failure) {
}
