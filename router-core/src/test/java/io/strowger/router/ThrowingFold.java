package io.strowger.router;

import io.strowger.router.fixture.EchoFold;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.core.TickLimits;
import io.strowger.router.replay.Fold;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import org.agrona.DirectBuffer;

/**
 * An echoing fold that throws at one of its signals.
 */
final class ThrowingFold implements Fold {
    private final EchoFold fold;
    private final RuntimeException fault;
    private int left;

    ThrowingFold(final BlockWriter out, final int atSignal, final RuntimeException fault) {
        this.fold = new EchoFold(out);
        this.fault = fault;
        this.left = atSignal;
    }

    @Override
    public int apply(final DirectBuffer signal, final int offset, final int length, final long journalTimeNs) {
        if (0 == --left) {
            throw fault;
        }
        return fold.apply(signal, offset, length, journalTimeNs);
    }

    @Override
    public boolean owes() {
        return fold.owes();
    }

    @Override
    public void payOwed(final long journalTimeNs) {
        fold.payOwed(journalTimeNs);
    }

    @Override
    public boolean isTickDue(final TickLimits limits, final long journalTimeNs) {
        return fold.isTickDue(limits, journalTimeNs);
    }

    @Override
    public void tick(final TickLimits limits, final long journalTimeNs) {
        fold.tick(limits, journalTimeNs);
    }

    @Override
    public boolean disconnectSource(final long journalTimeNs) {
        return fold.disconnectSource(journalTimeNs);
    }

    @Override
    public void write(final StateOutput output) {
        fold.write(output);
    }

    @Override
    public void read(final StateInput input) {
        fold.read(input);
    }

    @Override
    public long digest() {
        return fold.digest();
    }

    @Override
    public long lastSourceSequence(final int source) {
        return fold.lastSourceSequence(source);
    }

    @Override
    public long lastRejectedSequence(final int source) {
        return -1;
    }

    @Override
    public int sourceNumber(final int tenant, final String name) {
        return fold.sourceNumber(tenant, name);
    }
}
