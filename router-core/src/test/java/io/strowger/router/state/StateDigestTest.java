package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class StateDigestTest {
    private static final int COUNT = 500;

    /** Worked out apart from this code, with XXH64 written anew in another language. */
    private static final long DIGEST_OF_TWO = -5045610374360689398L;

    private final StateDigest digest = new StateDigest();

    @Test
    void shouldBeTheSameWhenTheContentIsTheSameAndTheHistoryIsNot() {
        final long seed = 99;
        final Random random = new Random(seed);
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            order.add(i);
        }
        final KeyedTable plain = new KeyedTable(new Slabs(), COUNT, 8, 1);
        order.forEach(i -> put(plain, i));

        Collections.shuffle(order, random);
        final KeyedTable worn = new KeyedTable(new Slabs(), 2 * COUNT, 8, 2);
        for (final int i : order) {
            put(worn, COUNT + i);
            put(worn, i);
        }
        for (final int i : order) {
            worn.remove(KeyedTableTest.find(worn, scope(COUNT + i), key(COUNT + i)));
        }
        assertNotEquals(KeyedTableTest.find(plain, scope(3), key(3)), KeyedTableTest.find(worn, scope(3), key(3)), "seed " + seed);
        assertEquals(digestOf(plain), digestOf(worn), "seed " + seed);
    }

    @Test
    void shouldDifferWhenAnythingInItDiffers() {
        final Set<Long> digests = new HashSet<>();
        digests.add(digestOf());
        digests.add(digestOf(entry(0, "", 0)));
        digests.add(digestOf(entry(0, "", 0), entry(0, "", 0)));
        digests.add(digestOf(entry(1, "", 0)));
        digests.add(digestOf(entry(0, "", 1)));
        digests.add(digestOf(entry(1, "a", 10), entry(2, "b", 20)));
        digests.add(digestOf(entry(2, "a", 10), entry(1, "b", 20)));
        digests.add(digestOf(entry(1, "b", 10), entry(2, "a", 20)));
        digests.add(digestOf(entry(1, "a", 20), entry(2, "b", 10)));
        digests.add(digestOf(entry(1, "a", 10), entry(2, "b", 21)));
        digests.add(digestOf(entry(1, "a", 10), entry(2, "b\0", 20)));
        assertEquals(11, digests.size());
    }

    @Test
    void shouldStartAnewWhenBegunAgain() {
        final long first = digestOf(entry(1, "a", 10));
        digestOf(entry(5, "c", 30));
        assertEquals(first, digestOf(entry(1, "a", 10)));
    }

    @Test
    void shouldGiveTheValueOfItsDefinitionWhenEntriesAreKnown() {
        assertEquals(DIGEST_OF_TWO, digestOf(entry(1, "1795624196.21", 10), entry(2, "b", -20)));
    }

    private static void put(final KeyedTable table, final int i) {
        final int slot = KeyedTableTest.add(table, scope(i), key(i));
        UnsafeApi.putLong(table.payloadAddress(slot), i * 7L);
    }

    private static long scope(final int i) {
        return i % 3;
    }

    private static String key(final int i) {
        return "1795624196." + i;
    }

    private long digestOf(final KeyedTable table) {
        digest.begin();
        for (int slot = table.next(-1); slot != KeyedTable.MISSING; slot = table.next(slot)) {
            final long content = UnsafeApi.getLong(table.payloadAddress(slot));
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), content);
        }
        return digest.end();
    }

    private long digestOf(final Entry... entries) {
        digest.begin();
        for (final Entry entry : entries) {
            final UnsafeBuffer key = new UnsafeBuffer(entry.key.getBytes(StandardCharsets.UTF_8));
            digest.entry(entry.scope, key, 0, key.capacity(), entry.contentHash);
        }
        return digest.end();
    }

    private static Entry entry(final long scope, final String key, final long contentHash) {
        return new Entry(scope, key, contentHash);
    }

    private record Entry(long scope, String key, long contentHash) {
    }
}
