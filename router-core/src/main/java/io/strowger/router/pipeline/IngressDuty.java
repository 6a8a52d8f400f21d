package io.strowger.router.pipeline;

import io.strowger.router.status.DutyCycle;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Moves signals from the channels into the ring, each channel in its turn, and never more than the ring has room for.
 *
 * <p>Ingress thread; channels are opened from any thread.
 */
final class IngressDuty implements Duty {
    /** Most signals of one channel in one turn: a busy channel can't keep the others waiting. */
    private static final int TURN_LIMIT = 256;
    private static final Channel[] NONE = new Channel[0];

    private final AtomicReference<Channel[]> channels = new AtomicReference<>(NONE);
    private final IngressPublisher publisher;
    private final RouterState state;
    private final Waker coreWaker;
    /** Whether the core has a thread of its own, which may sleep. */
    private final boolean isCoreElsewhere;
    private final RouterCounters counters;
    private final DutyCycle cycle;
    private int firstChannel;
    private volatile boolean isDone;

    IngressDuty(final IngressPublisher publisher, final RouterState state, final Waker coreWaker, final RouterCounters counters,
                final DutyCycle cycle) {
        this.publisher = publisher;
        this.state = state;
        this.coreWaker = coreWaker;
        this.isCoreElsewhere = Waker.NONE != coreWaker;
        this.counters = counters;
        this.cycle = cycle;
    }

    /** Adds a channel behind those there are. Any thread. */
    void add(final Channel channel) {
        channels.updateAndGet(there -> {
            final Channel[] more = new Channel[there.length + 1];
            System.arraycopy(there, 0, more, 0, there.length);
            more[there.length] = channel;
            return more;
        });
    }

    @Override
    public int doWork() {
        cycle.beginTurn();
        // read before the channels: a channel found empty behind it stays empty
        final boolean isClosing = state.isClosing();
        final Channel[] there = channels.get();
        int room = publisher.room();
        int work = 0;
        boolean isEmpty = true;
        if (firstChannel >= there.length) {
            firstChannel = 0;
        }
        for (int i = 0; i < there.length; i++) {
            final int turn = firstChannel + i;
            final Channel channel = there[turn < there.length ? turn : turn - there.length];
            int count = room > 0 ? channel.drain(publisher, Math.min(room, TURN_LIMIT)) : 0;
            count += channel.tellRejects(publisher, room - count, isClosing);
            room -= count;
            work += count;
            isEmpty &= channel.isEmpty();
            if (channel.isDone()) {
                remove(channel);
            }
        }
        firstChannel++;
        if (work > 0) {
            publisher.publish();
            if (isCoreElsewhere) {
                VarHandle.fullFence();
                coreWaker.wake();
            }
        }
        counters.add(RouterCounter.ADMITTED, work);
        if (0 == room && !isEmpty) {
            counters.increment(RouterCounter.RING_FULL);
        }
        if (isClosing && isEmpty) {
            isDone = true;
            coreWaker.wake();
        }
        return cycle.endTurn(work);
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public String name() {
        return "strowger-ingress";
    }

    private void remove(final Channel channel) {
        channels.updateAndGet(there -> {
            final Channel[] fewer = new Channel[there.length - 1];
            int kept = 0;
            for (final Channel other : there) {
                if (other != channel) {
                    fewer[kept++] = other;
                }
            }
            return fewer;
        });
    }
}
