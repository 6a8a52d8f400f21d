package io.strowger.bench.latency;

import io.strowger.codecs.SignalLayout;
import org.agrona.DirectBuffer;

/**
 * Nothing at all: what goes in has come out.
 */
final class RigTarget implements Target {
    private final Arrivals arrivals;

    RigTarget(final Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        arrivals.take(SignalLayout.sourceTime(buffer, offset));
        return true;
    }

    @Override
    public void receive() {
        // it has come out
    }

    @Override
    public void settle() {
        // nothing is under way
    }

    @Override
    public void close() {
        // nothing is open
    }
}
