package io.strowger.ops.receiver.way;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Requests that were taken, but whose sender could not be told so: when one comes again, byte by byte the same and within a minute, it is
 * that one. A request whose sender was told never counts as repeated: who presses a key twice means it.
 *
 * <p>At most 256 are kept, the youngest. On the receiver's loop.
 */
final class Repeats {
    private static final long KEPT_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST = 256;

    private final Map<Key, Untold> untold = new LinkedHashMap<>();

    /** The sender of a request does not know that it was taken. */
    void untold(final Waiting.One one) {
        untold.put(new Key(one.request()), new Untold(one.first(), one.last(), one.answer(), System.nanoTime()));
        if (untold.size() > MOST) {
            final Iterator<Key> oldest = untold.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The router has refused the fact of a source sequence: what it was of counts as new when it comes again. */
    void refused(final long sequence) {
        untold.values().removeIf(one -> one.first() <= sequence && sequence <= one.last());
    }

    /** The router has refused facts, and it is not known which. */
    void refusedSome() {
        untold.clear();
    }

    /** The request that this one repeats, or null. */
    Untold take(final byte[] request) {
        if (untold.isEmpty()) {
            return null;
        }
        final Untold found = untold.remove(new Key(request));
        return null == found || System.nanoTime() - found.atNs() > KEPT_NS ? null : found;
    }

    /**
     * A request that was taken.
     *
     * @param first  source sequence of its facts.
     * @param last   likewise.
     * @param answer that its sender was to get.
     * @param atNs   when that was known, by {@link System#nanoTime()}.
     */
    record Untold(long first, long last, Answer answer, long atNs) {
    }

    /** By the bytes. */
    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(final byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
