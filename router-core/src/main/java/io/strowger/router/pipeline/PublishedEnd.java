package io.strowger.router.pipeline;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The journal's end as the core thread shows it to all others: sequence and chain are of the same record.
 *
 * <pre>
 *   version   4        5 (odd: being written)        6
 *             |  fence  sequence, chain   release    |
 * </pre>
 *
 * <p>A reader takes what it read when the version was even before and the same behind it, else it reads again. The writer never waits. One
 * thread writes, any thread reads.
 */
final class PublishedEnd {
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong chain = new AtomicLong();

    /** Shows a new end. The writing thread. */
    void publish(final long newSequence, final long newChain) {
        final long before = version.getPlain();
        version.setOpaque(before + 1);
        // no reader may see a part of what follows with the version before
        VarHandle.storeStoreFence();
        chain.setOpaque(newChain);
        // release for those who ask for the sequence alone
        sequence.setRelease(newSequence);
        version.setRelease(before + 2);
    }

    /** Last sequence. Everything done before it was published is seen by who reads it. */
    long sequence() {
        return sequence.getAcquire();
    }

    /**
     * Reads sequence and chain of the same record. Allocates nothing.
     *
     * @param into takes them.
     */
    void read(final EndCopy into) {
        while (true) {
            final long before = version.getAcquire();
            final long readSequence = sequence.getOpaque();
            final long readChain = chain.getOpaque();
            // what was read above may not be read behind the second look
            VarHandle.acquireFence();
            if (before == version.getOpaque() && 0 == (before & 1)) {
                into.set(readSequence, readChain);
                return;
            }
            Thread.onSpinWait();
        }
    }
}
