package io.strowger.router.state;

import org.agrona.collections.Int2IntHashMap;

/**
 * Indexes the records of a table that was filled without its index.
 *
 * <p>One by one, with ten million records, each waits for a miss of the index before the next; here the misses of a batch are taken side by
 * side: what is read first is in the cache when it is written.
 */
final class BulkIndex {
    /** About as many misses as a core has in flight. */
    private static final int BATCH = 16;

    private BulkIndex() {
    }

    static void index(final KeyedTable table, final Int2IntHashMap index, final int records) {
        final int[] hashes = new int[BATCH];
        for (int from = 0; from < records; from += BATCH) {
            final int count = Math.min(BATCH, records - from);
            for (int i = 0; i < count; i++) {
                hashes[i] = table.hashOf(from + i);
            }
            for (int i = 0; i < count; i++) {
                // kept, lest the read be compiled away
                table.putLink(from + i, index.get(hashes[i]));
            }
            for (int i = 0; i < count; i++) {
                table.putLink(from + i, index.put(hashes[i], from + i));
            }
        }
    }
}
