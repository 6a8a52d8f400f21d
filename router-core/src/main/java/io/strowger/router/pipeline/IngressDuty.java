package io.strowger.router.pipeline;

import io.strowger.router.status.DutyCycle;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;

/**
 * Moves signals from the channels into the ring, each channel in its turn, and never more than the ring has room for.
 *
 * <p>What sources say goes first: of what clients ask for a few are taken at a time, so that neither a flood of asks nor what of them was
 * dammed up keeps the events waiting.
 *
 * <p>Ingress thread; channels are opened from any thread.
 */
final class IngressDuty implements Duty {
    /** Most signals of one channel in one turn: a busy channel can't keep the others waiting. */
    private static final int TURN_LIMIT = 256;
    /** Most asks of all clients at a time: as many as the fold looks at together. */
    private static final int ASKS = 16;

    private final ChannelRound sources = new ChannelRound(TURN_LIMIT, Integer.MAX_VALUE);
    private final ChannelRound clients = new ChannelRound(ASKS, ASKS);
    private final IngressPublisher publisher;
    private final RouterState state;
    /** Whether this is the core's thread, too. */
    private final boolean isCores;
    private final Waker coreWaker;
    private final RouterCounters counters;
    private final DutyCycle cycle;
    private boolean isAsksTurn;
    private volatile boolean isDone;

    IngressDuty(final IngressPublisher publisher, final RouterState state, final boolean isCores, final Waker coreWaker,
                final RouterCounters counters, final DutyCycle cycle) {
        this.publisher = publisher;
        this.state = state;
        this.isCores = isCores;
        this.coreWaker = coreWaker;
        this.counters = counters;
        this.cycle = cycle;
    }

    /** Adds a channel through which signals come. Any thread. */
    void add(final Channel channel) {
        sources.add(channel);
    }

    /** Adds a channel through which a client asks. Any thread. */
    void addClient(final Channel channel) {
        clients.add(channel);
    }

    @Override
    public int doWork() {
        cycle.beginTurn();
        // read before the channels: a channel found empty behind it stays empty
        final boolean isClosing = state.isClosing();
        final int work = move(isClosing);
        if (isClosing && isEmpty()) {
            isDone = true;
            coreWaker.wake();
        }
        return cycle.endTurn(work);
    }

    /** Moves what has come meanwhile, within the core's turn. Returns how many; 0 where the core has a thread of its own. */
    int moveMore() {
        return isCores ? move(false) : 0;
    }

    private int move(final boolean isClosing) {
        if (isDone) {
            // the core may have ended: who is late is told so
            return 0;
        }
        final int room = publisher.room();
        final int work = drain(room, isClosing);
        if (work > 0) {
            publisher.publish();
            if (!isCores) {
                VarHandle.fullFence();
                coreWaker.wake();
            }
        }
        counters.add(RouterCounter.ADMITTED, work);
        if (work == room && !isEmpty()) {
            counters.increment(RouterCounter.RING_FULL);
        }
        return work;
    }

    private boolean isEmpty() {
        return sources.isEmpty() && clients.isEmpty();
    }

    private int drain(final int room, final boolean isClosing) {
        final int forAsks = roomForAsks(room);
        final int signals = sources.drain(publisher, room - forAsks, isClosing);
        final int asks = clients.drain(publisher, room - signals, isClosing);
        final int left = forAsks - asks;
        // what the clients leave of theirs is the sources' again
        final int more = signals == room - forAsks && left > 0 ? sources.drain(publisher, left, isClosing) : 0;
        return signals + asks + more;
    }

    /** However much the sources say, clients get a place now and then: where there is but one, each other turn. */
    private int roomForAsks(final int room) {
        if (clients.hasNone()) {
            return 0;
        }
        isAsksTurn = !isAsksTurn;
        return room < 2 ? (isAsksTurn ? room : 0) : Math.min(ASKS, Math.max(1, room / 4));
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public String name() {
        return "strowger-ingress";
    }
}
