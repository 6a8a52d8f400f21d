package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.KeyedTable;

/**
 * Hashes of what an entry of a table is called, for the digest: never of where it stands.
 */
final class KeyHashes {
    private KeyHashes() {
    }

    static long hash(final KeyedTable table, final int slot, final long seed) {
        return Xxh64.hash(table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), Texts.hash(table.scope(slot), seed));
    }
}
