package io.strowger.bench.pipeline;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How much room the disk has for a window. A queue that maps its files would end the process without a word when there is none left.
 */
final class DiskRoom {
    /** What is left alone at least, for whoever else writes there. */
    static final long SPARE_BYTES = 1L << 30;

    private static final double GB = 1e9;

    private final LongSupplier usableBytes;

    DiskRoom(final LongSupplier usableBytes) {
        this.usableBytes = usableBytes;
    }

    /**
     * Sees that windows fit.
     *
     * @param probe   a short window of the contender.
     * @param seconds of the long ones, of which there is one at a time.
     * @throws NoRoomException that says how long a window may be.
     */
    void check(final SustainedWindow probe, final int seconds) {
        final long room = usableBytes.getAsLong() - SPARE_BYTES;
        final double needed = probe.bytesIn(seconds);
        if (needed > room) {
            throw new NoRoomException(String.format(Locale.ROOT,
                "%d s of %s write up to %.1f GB, and the disk has %.1f GB free, less 1 GiB that is left alone: --set seconds=%d fits",
                seconds, probe.contender(), needed / GB, (room + SPARE_BYTES) / GB, (int)Math.max(0, room / probe.bytesIn(1))));
        }
    }

    /**
     * Sees that a window may go on.
     *
     * @throws NoRoomException when it may not.
     */
    void check() {
        if (usableBytes.getAsLong() < SPARE_BYTES) {
            throw new NoRoomException("the disk has less than 1 GiB left: a smaller --set seconds= is needed");
        }
    }

    /** Says in one line what to do. */
    static final class NoRoomException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoRoomException(final String message) {
            super(message);
        }
    }
}
