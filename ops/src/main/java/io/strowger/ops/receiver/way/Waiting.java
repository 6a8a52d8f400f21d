package io.strowger.ops.receiver.way;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Requests whose facts are on their way into the journal, in their order. On the receiver's loop. */
final class Waiting {
    private final ArrayDeque<One> all = new ArrayDeque<>();

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(final One one) {
        all.add(one);
    }

    /** Takes those out that are in the journal up to a source sequence. */
    List<One> takeUpTo(final long sequence) {
        final List<One> taken = new ArrayList<>();
        while (!all.isEmpty() && all.peek().last() <= sequence) {
            taken.add(all.poll());
        }
        return taken;
    }

    /** Takes those out whose facts one of this source sequence is among. */
    List<One> takeWith(final long sequence) {
        final List<One> taken = all.stream().filter(one -> one.first() <= sequence && sequence <= one.last()).toList();
        all.removeAll(taken);
        return taken;
    }

    /** Takes those out who have waited long enough. */
    List<One> takeLate(final long nowNs) {
        final List<One> taken = new ArrayList<>();
        while (!all.isEmpty() && nowNs - all.peek().untilNs() >= 0) {
            taken.add(all.poll());
        }
        return taken;
    }

    List<One> takeAll() {
        final List<One> taken = List.copyOf(all);
        all.clear();
        return taken;
    }

    /**
     * A request that waits: first and last source sequence of its facts, the request as the translator got it, what is answered when they
     * are in the journal, and until when by {@link System#nanoTime()} that is waited for.
     */
    static final class One {
        private final long first;
        private final long last;
        private final byte[] request;
        private final Answer answer;
        private final Reply reply;
        private final long untilNs;

        One(final long first, final long last, final byte[] request, final Answer answer,
            final Reply reply, final long untilNs) {
            this.first = first;
            this.last = last;
            this.request = request;
            this.answer = answer;
            this.reply = reply;
            this.untilNs = untilNs;
        }

        long first() {
            return first;
        }

        long last() {
            return last;
        }

        byte[] request() {
            return request;
        }

        Answer answer() {
            return answer;
        }

        Reply reply() {
            return reply;
        }

        long untilNs() {
            return untilNs;
        }
    }
}
