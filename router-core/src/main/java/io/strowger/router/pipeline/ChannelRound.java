package io.strowger.router.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Channels of one kind, drained one after the other, each turn beginning with another one: none keeps the others waiting, and all together
 * take no more of a turn than is theirs.
 *
 * <p>Ingress thread; channels are added from any thread.
 */
final class ChannelRound {
    private static final Channel[] NONE = new Channel[0];

    private final AtomicReference<Channel[]> channels = new AtomicReference<>(NONE);
    private final int channelLimit;
    private final int turnLimit;
    private int first;
    private boolean isEmpty = true;

    /**
     * A round without a channel.
     *
     * @param channelLimit most signals of one channel in one turn.
     * @param turnLimit    most signals of all channels in one turn.
     */
    ChannelRound(final int channelLimit, final int turnLimit) {
        this.channelLimit = channelLimit;
        this.turnLimit = turnLimit;
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

    /**
     * Moves signals on.
     *
     * @param room      for so many.
     * @param isClosing whether what was only counted is to be told at once.
     * @return how many.
     */
    int drain(final IngressPublisher publisher, final int room, final boolean isClosing) {
        final Channel[] there = channels.get();
        final int most = Math.min(room, turnLimit);
        int work = 0;
        isEmpty = true;
        if (first >= there.length) {
            first = 0;
        }
        int next = first + 1;
        for (int i = 0; i < there.length; i++) {
            final int turn = first + i;
            final Channel channel = there[turn < there.length ? turn : turn - there.length];
            if (work < most) {
                work += channel.drain(publisher, Math.min(most - work, channelLimit));
                work += channel.tellRejects(publisher, most - work, isClosing);
                // who had nothing left of this turn begins the next
                next = work < most ? next : turn + 1;
            }
            isEmpty &= channel.isEmpty();
            if (channel.isDone()) {
                remove(channel);
            }
        }
        first = next < there.length ? next : Math.max(0, next - there.length);
        return work;
    }

    /** Whether there is no channel. */
    boolean hasNone() {
        return 0 == channels.get().length;
    }

    /** Whether the last turn has left nothing. */
    boolean isEmpty() {
        return isEmpty;
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
