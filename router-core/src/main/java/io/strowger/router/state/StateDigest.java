package io.strowger.router.state;

import io.strowger.codecs.Xxh64;
import org.agrona.DirectBuffer;

/**
 * A hash over a set of entries that depends on nothing but the entries: not on their order, their slots, or how they came about.
 *
 * <p>Each entry is hashed by itself, the hashes are summed, and the sum is mixed with the count. Several tables go into one digest when the
 * content hashes tell them apart. One thread at a time; allocates nothing.
 */
public final class StateDigest {
    private static final long SCOPE_OFFSET = 0x73636F7065L;
    private static final long COUNT_OFFSET = 0x636F756E74L;

    private long sum;
    private long count;

    /**
     * Forgets all entries.
     */
    public void begin() {
        sum = 0;
        count = 0;
    }

    /**
     * Adds an entry.
     *
     * @param scope       of the key.
     * @param key         holds its bytes.
     * @param offset      of the first.
     * @param length      in bytes, may be 0.
     * @param contentHash of everything else there is to say about the entry; must not depend on slots or handles.
     */
    public void entry(final long scope, final DirectBuffer key, final int offset, final int length, final long contentHash) {
        sum += Xxh64.hash(key, offset, length, Xxh64.mix(Xxh64.mix(scope + SCOPE_OFFSET) + contentHash));
        count++;
    }

    /**
     * The digest of the entries since {@link #begin}; further entries may follow.
     */
    public long end() {
        return Xxh64.mix(sum ^ Xxh64.mix(count + COUNT_OFFSET));
    }
}
