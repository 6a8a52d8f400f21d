package io.strowger.ops.gateway.stream;

/** Opens what only the gateway can read, for tests that hold streams against the journal. */
public final class OpenedPositions {
    private final Positions positions;

    /**
     * By a journal's key.
     *
     * @param key of its tokens.
     */
    public OpenedPositions(final byte[] key) {
        positions = new Positions(key);
    }

    /** The sequence of an event's id, or of a place. */
    public long sequence(final String token, final int tenant) {
        return positions.sequence(token, tenant);
    }
}
