package io.strowger.bench.pipeline;

/**
 * One of those who take signals for as long as a window lasts. One thread, but for {@link #carried}, in the order {@link #offer}*,
 * {@link #finish}, {@link #check}, {@link #close}.
 */
interface SustainedContender extends AutoCloseable {
    /** What it is, in results. */
    String name();

    /** Takes some more signals, and does not wait until they are through. */
    void offer();

    /** How many signals are through in the window: folded, or appended. Any thread. */
    long carried();

    /** Waits until everything is through, and brings it to the disk. */
    void finish();

    /**
     * Sees that nothing is missing. Behind the window.
     *
     * @throws IllegalStateException when something is.
     */
    void check();

    /** How many of what it wrote in the window are events, 0 when it makes none. */
    long events();

    @Override
    void close();
}
