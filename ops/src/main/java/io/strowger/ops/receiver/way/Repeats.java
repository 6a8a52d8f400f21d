package io.strowger.ops.receiver.way;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Requests that were taken, but whose sender could not be told so: when one comes again, byte by byte the same and within a minute, it is
 * that one. A request whose sender was told never counts as repeated: who presses a key twice means it.
 *
 * <p>At most 256 are kept, the youngest, each by its SHA-256: as many of 64 KiB for each of a thousand phones would be all memory. On the
 * receiver's loop.
 */
final class Repeats {
    private static final long KEPT_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST = 256;

    private final MessageDigest sha256 = sha256();
    private final Map<ByteBuffer, Untold> untold = new LinkedHashMap<>();

    /** The sender of a request does not know that it was taken. */
    void untold(final Waiting.One one) {
        untold.put(key(one.request()), new Untold(one.first(), one.last(), one.answer(), System.nanoTime()));
        if (untold.size() > MOST) {
            final Iterator<ByteBuffer> oldest = untold.keySet().iterator();
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
        final Untold found = untold.remove(key(request));
        return null == found || System.nanoTime() - found.atNs() > KEPT_NS ? null : found;
    }

    private ByteBuffer key(final byte[] request) {
        return ByteBuffer.wrap(sha256.digest(request));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
}
