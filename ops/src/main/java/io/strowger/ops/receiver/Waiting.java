package io.strowger.ops.receiver;

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
     * A request that waits.
     *
     * @param first   source sequence of its facts.
     * @param last    likewise.
     * @param request as the translator got it.
     * @param answer  when they are in the journal.
     * @param untilNs by {@link System#nanoTime()}, then it is told that it is not known.
     */
    record One(long first, long last, byte[] request, Answer answer, Reply reply, long untilNs) {
    }
}
