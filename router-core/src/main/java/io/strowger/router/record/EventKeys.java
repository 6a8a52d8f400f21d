package io.strowger.router.record;

import io.strowger.codecs.Xxh64;
import org.agrona.DirectBuffer;

/**
 * The keys by which an event is found without reading it: its tenant, its user, its group. Part of the journal format, because the
 * filter of a block is made of them.
 *
 * <p>A key is XXH64 over the name's bytes, seeded with the tenant and what the name is of; the key of a tenant is the mixed number. Each
 * key sets two bits of the filter: its lowest 8 bits and the next 8.
 */
public final class EventKeys {
    /** No name, no key. */
    public static final long NONE = 0;

    private static final long USER_SEED = 0x75736572L << 32;
    private static final long GROUP_SEED = 0x67727570L << 32;

    private static final long RESTART_SEED = 0x72657374L << 32;
    private static final long ACTION_SEED = 0x6163746EL << 32;

    private EventKeys() {
    }

    /**
     * The key of a user.
     *
     * @return {@link #NONE} for an empty name.
     */
    public static long user(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        return 0 == length ? NONE : Xxh64.hash(buffer, offset, length, USER_SEED | (tenant & 0xFFFFFFFFL));
    }

    /**
     * The key of a group.
     *
     * @return {@link #NONE} for an empty name.
     */
    public static long group(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        return 0 == length ? NONE : Xxh64.hash(buffer, offset, length, GROUP_SEED | (tenant & 0xFFFFFFFFL));
    }

    /**
     * The key of a tenant.
     */
    public static long tenant(final int tenant) {
        return Xxh64.mix(tenant + 1L);
    }

    /**
     * The key that every {@code source.restarted} of a tenant has besides: it concerns everybody who may see a session of the source, so
     * no block that holds one may be skipped for want of a user or group.
     */
    public static long restart(final int tenant) {
        return Xxh64.mix(RESTART_SEED | (tenant & 0xFFFFFFFFL));
    }

    /**
     * The key of every record that asks for an action, brings or gives the result of one: who carries actions out, or waits for their
     * results, passes over all other blocks.
     */
    public static long action() {
        return Xxh64.mix(ACTION_SEED);
    }

    /**
     * Asks a block's filter whether it may hold an event with this key.
     *
     * @param block offset of the block's header.
     * @return false when it surely has none.
     */
    public static boolean mayContain(final DirectBuffer buffer, final int block, final long key) {
        return isSet(buffer, block, (int)key & 0xFF) && isSet(buffer, block, (int)(key >>> 8) & 0xFF);
    }

    private static boolean isSet(final DirectBuffer buffer, final int block, final int bit) {
        return 0 != (buffer.getByte(block + BlockLayout.FILTER_OFFSET + (bit >>> 3)) & (1 << (bit & 7)));
    }
}
