package io.strowger.ops.ingest;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.ops.console.FailedException;
import org.agrona.DirectBuffer;

/**
 * Between a dialect and the router: leaves out what the journal has, makes room when there is none, acknowledges block by block.
 */
final class FactSink implements SignalSink {
    private static final long NONE = -1;

    private final IngestTarget target;
    private final AckPrinter acks;
    private final long lastJournaled;
    private long pending = NONE;
    private long taken;
    private long known;
    private long rejected;
    /** The last fact that the journal has was given. */
    private boolean isMet;

    /**
     * A sink.
     *
     * @param acks          null when nobody wants to know.
     * @param lastJournaled source sequence up to which the journal has the stream, -1 for nothing.
     */
    FactSink(final IngestTarget target, final AckPrinter acks, final long lastJournaled) {
        this.target = target;
        this.acks = acks;
        this.lastJournaled = lastJournaled;
        this.isMet = lastJournaled < 0;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        final long sourceSequence = SignalLayout.sourceSequence(buffer, offset);
        if (sourceSequence <= lastJournaled) {
            known++;
            isMet |= sourceSequence == lastJournaled;
            return true;
        }
        checkContinuation();
        if (NONE != pending && !isSameBlock(pending, sourceSequence)) {
            acknowledge();
        }
        int result = target.offer(buffer, offset, length);
        if (IngestTarget.FULL == result) {
            target.drain();
            result = target.offer(buffer, offset, length);
            if (IngestTarget.FULL == result) {
                throw new IllegalStateException("an empty router has no room for " + length + " bytes");
            }
        }
        if (IngestTarget.TAKEN == result) {
            taken++;
            pending = sourceSequence;
        } else {
            rejected++;
        }
        return true;
    }

    /** Everything offered so far is complete: sees it into the journal and says so. Facts of the connection itself are of no block. */
    void acknowledge() {
        if (null != acks && NONE != pending) {
            target.drain();
            if (SourceSequence.blockEnd(pending) > 0 && SourceSequence.ordinal(pending) != SourceSequence.MAX_ORDINAL) {
                acks.onAcknowledged(target.lastSequence(), SourceSequence.connection(pending), SourceSequence.blockEnd(pending));
            }
            pending = NONE;
        }
    }

    /**
     * Sees that what the journal has of the source is in the files: others would be taken for it, and be lost.
     *
     * @throws FailedException when the last fact that the journal has is not among those that were given.
     */
    void checkContinuation() {
        if (!isMet) {
            throw new FailedException("the journal has this source up to file " + (SourceSequence.connection(lastJournaled) + 1) + " byte "
                + SourceSequence.blockEnd(lastJournaled) + ", and nothing ends there in the files given: give all files of the source "
                + "again, in the same order and format, then the new ones; or name another source");
        }
    }

    /** Facts taken by the router. */
    long taken() {
        return taken;
    }

    /** Facts that the journal had. */
    long known() {
        return known;
    }

    /** Facts the router refused for their form. */
    long rejected() {
        return rejected;
    }

    private static boolean isSameBlock(final long left, final long right) {
        return SourceSequence.connection(left) == SourceSequence.connection(right)
            && SourceSequence.blockEnd(left) == SourceSequence.blockEnd(right);
    }
}
