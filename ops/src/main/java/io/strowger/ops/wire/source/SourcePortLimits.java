package io.strowger.ops.wire.source;

/**
 * What one who comes may cost at most.
 *
 * @param connections most at a time; with one more, the one that has been there longest without an opening goes.
 * @param openingMs   for a whole opening, and before it for the handshake of TLS, in milliseconds.
 * @param helloMs     from the opening to a hello that was taken, in milliseconds.
 * @param stalledMs   for how long what it is sent may find no room, in milliseconds.
 */
public record SourcePortLimits(int connections, long openingMs, long helloMs, long stalledMs) {
    /** Where nothing else is said. */
    public static final SourcePortLimits DEFAULT = new SourcePortLimits(1_024, 10_000, 30_000, 10_000);
}
