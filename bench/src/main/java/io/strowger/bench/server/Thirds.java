package io.strowger.bench.server;

/**
 * A figure of each third of a run.
 *
 * @param first  while all grows warm.
 * @param second behind that.
 * @param last   up to the end.
 */
record Thirds(double first, double second, double last) {
    private static final double FLAT = 1.1;

    /** Whether the last is at most a tenth above the one before it. */
    boolean isFlat() {
        return last <= FLAT * second;
    }
}
