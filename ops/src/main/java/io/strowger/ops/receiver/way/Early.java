package io.strowger.ops.receiver.way;

import java.util.ArrayDeque;

/**
 * Requests that came before there was a link, or room in it: so many of a way, and so many bytes of a source, each for a bounded time. On
 * the receiver's loop.
 */
final class Early {
    private static final int MOST = 64;

    private final ArrayDeque<One> all = new ArrayDeque<>();
    private final EarlyRoom room;

    Early(final EarlyRoom room) {
        this.room = room;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Has one wait.
     *
     * @param untilNs by {@link System#nanoTime()}; not before that of those that wait.
     * @return false when it is one too many.
     */
    boolean add(final byte[] request, final Reply reply, final long untilNs) {
        if (all.size() >= MOST || !room.take(request.length)) {
            return false;
        }
        all.add(new One(request, reply, untilNs));
        return true;
    }

    /** Takes the oldest out; null for none. */
    One poll() {
        final One one = all.poll();
        if (null != one) {
            room.giveBack(one.request().length);
        }
        return one;
    }

    /** Takes the oldest out when it has waited long enough; null when it has not. */
    One pollLate(final long nowNs) {
        return all.isEmpty() || nowNs - all.peek().untilNs() < 0 ? null : poll();
    }

    /** A request that waits. */
    static final class One {
        private final byte[] request;
        private final Reply reply;
        private final long untilNs;

        One(final byte[] request, final Reply reply, final long untilNs) {
            this.request = request;
            this.reply = reply;
            this.untilNs = untilNs;
        }

        byte[] request() {
            return request;
        }

        Reply reply() {
            return reply;
        }

        long untilNs() {
            return untilNs;
        }
    }
}
