package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class KeyedTableTest {
    private static final long SEED = 42;

    private final KeyedTable table = new KeyedTable(new Slabs(), 4, 24, SEED);

    @Test
    void shouldFindWhatWasAddedWhenScopeAndKeyAreTheSame() {
        final int slot = add(table, 7, "1795624196.21");

        assertEquals(slot, find(table, 7, "1795624196.21"));
        assertEquals(KeyedTable.MISSING, find(table, 8, "1795624196.21"));
        assertEquals(KeyedTable.MISSING, find(table, 7, "1795624196.22"));
        assertEquals(KeyedTable.MISSING, find(table, 7, "1795624196.2"));
        assertEquals(7, table.scope(slot));
        assertEquals("1795624196.21", table.keyBuffer(slot).getStringWithoutLengthUtf8(table.keyOffset(slot), table.keyLength(slot)));
    }

    @Test
    void shouldFindAndRemoveEveryRecordWhenAllWereIndexedTogether() {
        for (final int hashes : new int[] {1, 7, 1_000_000}) {
            final int count = 1_003;
            final KeyedTable filled = new KeyedTable(new Slabs(), count, 8, 24, SEED,
                (buffer, offset, bytes, seed) -> buffer.getInt(offset) % hashes);
            final UnsafeBuffer key = new UnsafeBuffer(new byte[40]);
            for (int i = 0; i < count; i++) {
                key.putInt(0, i);
                assertEquals(i, filled.fill(1, key, 0, 0 == i % 5 ? 40 : 8));
            }
            filled.index();
            for (int i = 0; i < count; i += 2) {
                filled.remove(i);
            }
            for (int i = 0; i < count; i++) {
                key.putInt(0, i);
                assertEquals(0 == i % 2 ? KeyedTable.MISSING : i, filled.find(1, key, 0, 0 == i % 5 ? 40 : 8), hashes + ", key " + i);
            }
        }
    }

    @Test
    void shouldTellKeysApartWhenTheyDifferInOneByteOfAnyLengthAndPlace() {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[48]);
        for (int length = 1; length <= 40; length++) {
            final KeyedTable same = new KeyedTable(new Slabs(), 1, 0, 16, SEED, (buffer, offset, bytes, seed) -> 0);
            final int slot = same.add(1, key, 3, length);
            assertEquals(slot, same.find(1, key, 3, length));
            for (int at = 3; at < 3 + length; at++) {
                key.putByte(at, (byte)1);
                assertEquals(KeyedTable.MISSING, same.find(1, key, 3, length), "length " + length + " at " + at);
                key.putByte(at, (byte)0);
            }
        }
    }

    @Test
    void shouldKeepNoKeyOutsideTheRecordsWhenThereIsRoomInThem() {
        final KeyedTable roomy = new KeyedTable(new Slabs(), 100, 8, 40, SEED);
        add(roomy, 0, "7d3a2c1e-58b0-4f6e-9c4d-2f1e0a9b8c7d");
        final long before = roomy.memoryBytes();
        for (int i = 1; i < 50; i++) {
            assertEquals(i, add(roomy, i, "7d3a2c1e-58b0-4f6e-9c4d-2f1e0a9b8c7d"));
        }
        assertEquals(before, roomy.memoryBytes());
        add(roomy, 50, "a key that is longer than its room in the record");
        assertTrue(roomy.memoryBytes() > before);
    }

    @Test
    void shouldTakeAnyKeyLengthWhenItIsWithinTheLimit() {
        final KeyedTable wide = new KeyedTable(new Slabs(), TextStore.MAX_LENGTH + 1, 0, SEED);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[TextStore.MAX_LENGTH + 1]);
        key.setMemory(0, key.capacity(), (byte)'x');
        int added = 0;
        for (int length = 0; length <= TextStore.MAX_LENGTH; length++) {
            added += wide.add(1, key, 0, length) >= 0 ? 1 : 0;
        }
        // 192 bytes a record are a budget for all: it holds for the keys up to that length, and the long ones use it up together
        assertTrue(added > 500, "added " + added);
        for (int length = 0; length < added; length++) {
            assertEquals(length, wide.keyLength(wide.find(1, key, 0, length)));
        }
        assertThrows(IllegalArgumentException.class, () -> wide.add(1, key, 0, TextStore.MAX_LENGTH + 1));
    }

    @Test
    void shouldAnswerFullWhenTheCapacityIsUsedUp() {
        for (int i = 0; i < 4; i++) {
            assertTrue(add(table, i, "a") >= 0);
        }
        assertEquals(KeyedTable.FULL, add(table, 4, "a"));
        assertEquals(4, table.size());
        assertEquals(4, table.capacity());
        assertEquals(KeyedTable.MISSING, find(table, 4, "a"));

        table.remove(find(table, 2, "a"));
        assertTrue(add(table, 4, "a") >= 0);
        assertEquals(KeyedTable.FULL, add(table, 5, "a"));
    }

    @Test
    void shouldAnswerFullWhenTheKeysUseTheirBytesUp() {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[TextStore.MAX_LENGTH]);
        final KeyedTable wide = new KeyedTable(new Slabs(), 1_000, 0, SEED);
        int added = 0;
        while (wide.add(added, key, 0, TextStore.MAX_LENGTH) >= 0) {
            added++;
        }
        assertEquals(1_000 * 192 / 1032, added);
        assertEquals(added, wide.size());
        assertEquals(KeyedTable.MISSING, wide.find(added, key, 0, TextStore.MAX_LENGTH));

        wide.remove(wide.find(0, key, 0, TextStore.MAX_LENGTH));
        assertTrue(wide.add(added, key, 0, TextStore.MAX_LENGTH) >= 0);
    }

    @Test
    void shouldHoldEveryRecordOfTheCapacityWhenKeysAreAsLongAsTheBudgetSays() {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[190]);
        final KeyedTable wide = new KeyedTable(new Slabs(), 1_000, 0, SEED);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(wide.add(i, key, 0, 190) >= 0, "record " + i);
        }
    }

    @Test
    void shouldZeroThePayloadWhenASlotIsUsedAgain() {
        final int slot = add(table, 1, "a");
        assertEquals(0, table.payloadAddress(slot) & 7);
        UnsafeApi.setMemory(table.payloadAddress(slot), 24, (byte)0xFF);
        table.remove(slot);

        final int again = add(table, 2, "b");
        assertEquals(slot, again);
        for (int i = 0; i < 24; i += Long.BYTES) {
            assertEquals(0, UnsafeApi.getLong(table.payloadAddress(again) + i));
        }
    }

    @Test
    void shouldKeepPayloadsApartWhenTheyStandSideBySide() {
        final int first = add(table, 1, "a");
        final int second = add(table, 1, "b");
        UnsafeApi.setMemory(table.payloadAddress(first), 24, (byte)0xFF);

        assertNotEquals(first, second);
        assertEquals(second, find(table, 1, "b"));
        assertEquals(0, UnsafeApi.getLong(table.payloadAddress(second)));
    }

    @Test
    void shouldRefuseToRemoveWhenTheSlotHoldsNoRecord() {
        final int slot = add(table, 1, "a");
        table.remove(slot);

        assertThrows(IllegalArgumentException.class, () -> table.remove(slot));
        assertThrows(IllegalArgumentException.class, () -> table.remove(slot + 1));
        assertThrows(IllegalArgumentException.class, () -> table.remove(KeyedTable.MISSING));
        assertEquals(0, table.size());
    }

    @Test
    void shouldReachEveryRecordWhenTheTableHasSeveralSegments() {
        final int payloadLength = 64 * 1024;
        final KeyedTable wide = new KeyedTable(new Slabs(), 1_100, payloadLength, SEED);
        for (int i = 0; i < 1_100; i++) {
            final int slot = wide.add(i, new UnsafeBuffer(new byte[0]), 0, 0);
            UnsafeApi.putLong(wide.payloadAddress(slot) + payloadLength - Long.BYTES, i + 1L);
        }
        assertNotEquals(wide.keyBuffer(0).addressOffset(), wide.keyBuffer(1_099).addressOffset());
        for (int i = 0; i < 1_100; i++) {
            final int slot = wide.find(i, new UnsafeBuffer(new byte[0]), 0, 0);
            assertEquals(i + 1L, UnsafeApi.getLong(wide.payloadAddress(slot) + payloadLength - Long.BYTES));
        }
    }

    @Test
    void shouldNeverGrowTheIndexWhenFilledToTheCapacity() {
        final DirectBuffer none = new UnsafeBuffer(new byte[0]);
        for (int power = 8; power <= 1 << 14; power *= 2) {
            final int threshold = (int)(power * 0.65f);
            for (int capacity = threshold - 1; capacity <= threshold + 1; capacity++) {
                final KeyedTable edge = new KeyedTable(new Slabs(), capacity, 0, SEED);
                final long before = edge.indexBytes();
                for (int i = 0; i < capacity; i++) {
                    edge.add(i, none, 0, 0);
                }
                assertEquals(capacity, edge.size());
                assertEquals(before, edge.indexBytes(), "capacity " + capacity);
            }
        }
    }

    @Test
    void shouldProbeTheSlotThatFindGivesWhenHashesAreDistinct() {
        final int first = add(table, 1, "a");
        final int second = add(table, 2, "a key that is longer than its room in the record");
        final UnsafeBuffer key = new UnsafeBuffer("a key that is longer than its room in the record".getBytes(StandardCharsets.US_ASCII));

        assertEquals(first, table.probe(table.hash(1, key, 0, 1)));
        assertEquals(second, table.probe(table.hash(2, key, 0, key.capacity())));
        assertEquals(KeyedTable.MISSING, table.probe(table.hash(3, key, 0, 1)));
        table.touch(table.probe(table.hash(1, key, 0, 1)));
        assertEquals(first, find(table, 1, "a"));
    }

    @Test
    void shouldFindARecordByItsHintOnlyWhileItStandsThere() {
        final int slot = add(table, 1, "a");
        final UnsafeBuffer a = new UnsafeBuffer("a".getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer b = new UnsafeBuffer("b".getBytes(StandardCharsets.US_ASCII));

        assertEquals(slot, table.find(slot, 1, a, 0, 1));
        assertEquals(KeyedTable.MISSING, table.find(slot, 2, a, 0, 1), "of another scope");
        assertEquals(KeyedTable.MISSING, table.find(slot, 1, b, 0, 1), "of another key");
        table.remove(slot);
        assertEquals(KeyedTable.MISSING, table.find(slot, 1, a, 0, 1), "its bytes still stand there");
        assertEquals(slot, add(table, 1, "b"), "the slot is another's now");
        assertEquals(KeyedTable.MISSING, table.find(slot, 1, a, 0, 1));
        final int elsewhere = add(table, 1, "a");
        assertEquals(elsewhere, table.find(slot, 1, a, 0, 1));
        assertEquals(elsewhere, table.find(KeyedTable.MISSING, 1, a, 0, 1));
    }

    @Test
    void shouldRefuseWhatItCannotHoldWhenMade() {
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), 0, 8, SEED));
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), 1, 12, SEED));
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), 1, -8, SEED));
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), 1, 8, 20, SEED));
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), 1, 8, 1032, SEED));
        assertThrows(IllegalArgumentException.class, () -> new KeyedTable(new Slabs(), Integer.MAX_VALUE, 8, SEED));
    }

    @Test
    void shouldTakeFewBytesARecordWhenItHoldsAMillionSessions() {
        final int count = 1_000_000;
        final KeyedTable sessions = new KeyedTable(new Slabs(), count, 112, SEED);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[17]);
        key.putStringWithoutLengthAscii(0, "1795624196.000000");
        for (int i = 0; i < count; i++) {
            key.putNaturalPaddedIntAscii(11, 6, i);
            assertTrue(sessions.add(1, key, 0, 17) >= 0);
        }
        // a record of 16 + 24 + 112, an index of 2^21 pairs of ints
        final double each = (double)sessions.memoryBytes() / count;
        assertTrue(each < 152 + 17, "bytes a record: " + each);
    }

    static int add(final KeyedTable table, final long scope, final String key) {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return table.add(scope, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    static int find(final KeyedTable table, final long scope, final String key) {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return table.find(scope, new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
