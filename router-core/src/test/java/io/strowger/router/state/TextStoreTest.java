package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class TextStoreTest {
    private static final int CELL_OF_LONGEST = 1032;

    private final TextStore store = new TextStore(new Slabs(), 64 * 1024);

    @Test
    void shouldGiveBackTheBytesWhenOfAnyLength() {
        final TextStore wide = new TextStore(new Slabs(), 1024 * 1024);
        final int[] handles = new int[TextStore.MAX_LENGTH + 1];
        for (int length = 0; length < handles.length; length++) {
            handles[length] = wide.put(new UnsafeBuffer(bytes(length)), 0, length);
            assertEquals(0 == length, TextStore.EMPTY == handles[length]);
        }
        for (int length = 0; length < handles.length; length++) {
            final int handle = handles[length];
            assertEquals(length, wide.length(handle));
            assertTrue(wide.equals(handle, new UnsafeBuffer(bytes(length)), 0, length));
            final byte[] read = new byte[length];
            wide.buffer(handle).getBytes(wide.offset(handle), read);
            assertEquals(new String(bytes(length), StandardCharsets.ISO_8859_1), new String(read, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void shouldReadTheEmptyStringWhenItsHandleIsUsed() {
        assertEquals(TextStore.EMPTY, put(store, ""));
        assertEquals(0, store.length(TextStore.EMPTY));
        store.buffer(TextStore.EMPTY).boundsCheck(store.offset(TextStore.EMPTY), 0);
        assertTrue(store.equals(TextStore.EMPTY, new UnsafeBuffer(new byte[0]), 0, 0));
        assertFalse(store.equals(TextStore.EMPTY, new UnsafeBuffer(new byte[1]), 0, 1));
        store.free(TextStore.EMPTY);
        assertEquals(0, store.length(TextStore.EMPTY));
    }

    @Test
    void shouldUseTheSameCellWhenTheNewStringHasItsSize() {
        final int handle = put(store, "Ann Example of the office");
        assertEquals(handle, replace(store, handle, "Bob Example of the office"));
        assertEquals("Bob Example of the office", text(store, handle));

        final int longer = replace(store, handle, "Bob Example of the office, second floor");
        assertNotEquals(handle, longer);
        assertEquals("Bob Example of the office, second floor", text(store, longer));
        assertEquals(TextStore.EMPTY, replace(store, longer, ""));
        assertTrue(replace(store, TextStore.EMPTY, "Cid") > 0);
    }

    @Test
    void shouldKeepTheOldStringWhenThereIsNoRoomForTheNewOne() {
        final TextStore small = new TextStore(new Slabs(), 64);
        final int first = put(small, "a name of twenty-two b");
        final int second = put(small, "a name of thirty bytes, spaces");
        assertEquals(TextStore.FULL, replace(small, first, "a name that would take forty-eight bytes"));
        assertEquals("a name of twenty-two b", text(small, first));
        assertEquals(TextStore.FULL, put(small, "x"));

        small.free(second);
        assertTrue(replace(small, first, "a name that would take forty-eight bytes") > 0);
    }

    @Test
    void shouldLetAStringGrowIntoItsOwnRoomWhenTheStoreIsFull() {
        final TextStore small = new TextStore(new Slabs(), 24);
        final int handle = put(small, "short");
        assertEquals("a little longer one", text(small, replace(small, handle, "a little longer one")));
    }

    @Test
    void shouldRefuseWhenAStringIsTooLong() {
        assertThrows(IllegalArgumentException.class, () -> store.put(new UnsafeBuffer(new byte[1025]), 0, 1025));
        assertThrows(IllegalArgumentException.class, () -> new TextStore(new Slabs(), -1));
    }

    @Test
    void shouldRefuseToFreeWhenFreeAlready() {
        final int handle = put(store, "once");
        put(store, "keeps the chunk");
        store.free(handle);
        assertThrows(IllegalArgumentException.class, () -> store.free(handle));
    }

    @Test
    void shouldBeAsFullAsAFreshStoreWhenItHoldsTheSameStrings() {
        final long seed = 20261125;
        final Random random = new Random(seed);
        final TextStore worn = new TextStore(new Slabs(), 32 * 1024);
        for (int round = 0; round < 50; round++) {
            final List<Integer> handles = new ArrayList<>();
            for (int handle = putRandom(worn, random); handle != TextStore.FULL; handle = putRandom(worn, random)) {
                handles.add(handle);
            }
            handles.forEach(worn::free);
        }
        final TextStore fresh = new TextStore(new Slabs(), 32 * 1024);
        int count = 0;
        for (; count < 32 * 1024 / CELL_OF_LONGEST; count++) {
            assertTrue(worn.put(new UnsafeBuffer(new byte[1024]), 0, 1024) > 0, "seed " + seed);
            assertTrue(fresh.put(new UnsafeBuffer(new byte[1024]), 0, 1024) > 0);
        }
        assertEquals(TextStore.FULL, worn.put(new UnsafeBuffer(new byte[1024]), 0, 1024));
        assertEquals(TextStore.FULL, fresh.put(new UnsafeBuffer(new byte[1024]), 0, 1024));
    }

    @Test
    void shouldGiveMemoryToOtherSizesWhenChunksAreEmpty() {
        final TextStore wide = new TextStore(new Slabs(), 4 * 1024 * 1024);
        long most = 0;
        for (int length = 10; length <= 1000; length += 45) {
            final List<Integer> handles = new ArrayList<>();
            for (int handle = put(wide, length); handle != TextStore.FULL; handle = put(wide, length)) {
                handles.add(handle);
            }
            handles.forEach(wide::free);
            most = Math.max(most, wide.memoryBytes());
        }
        assertTrue(most < 4.2 * 1024 * 1024 + 64 * 1024, "bytes taken: " + most);
    }

    @Test
    void shouldKeepEveryStringWhenManyComeAndGo() {
        final long seed = 7;
        final Random random = new Random(seed);
        final Map<Integer, byte[]> model = new HashMap<>();
        final List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            step(random, model, handles);
        }
        assertTrue(model.size() > 20, "seed " + seed);
        model.forEach((handle, bytes) -> assertTrue(store.equals(handle, new UnsafeBuffer(bytes), 0, bytes.length), "seed " + seed));
    }

    private void step(final Random random, final Map<Integer, byte[]> model, final List<Integer> handles) {
        final byte[] bytes = new byte[1 + (random.nextInt(8) == 0 ? random.nextInt(1024) : random.nextInt(60))];
        random.nextBytes(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int kind = random.nextInt(5);
        if (kind < 2 || handles.isEmpty()) {
            remember(model, handles, store.put(buffer, 0, bytes.length), bytes);
            return;
        }
        final int at = random.nextInt(handles.size());
        final int old = handles.get(at);
        assertTrue(store.equals(old, new UnsafeBuffer(model.get(old)), 0, model.get(old).length));
        final int replaced = 4 == kind ? store.replace(old, buffer, 0, bytes.length) : TextStore.EMPTY;
        if (TextStore.FULL == replaced) {
            return;
        }
        handles.set(at, handles.get(handles.size() - 1));
        handles.remove(handles.size() - 1);
        model.remove(old);
        if (TextStore.EMPTY == replaced) {
            store.free(old);
        } else {
            remember(model, handles, replaced, bytes);
        }
    }

    private static void remember(final Map<Integer, byte[]> model, final List<Integer> handles, final int handle, final byte[] bytes) {
        if (TextStore.FULL != handle) {
            assertEquals(null, model.put(handle, bytes), "one handle for two strings");
            handles.add(handle);
        }
    }

    private static int putRandom(final TextStore store, final Random random) {
        return put(store, 1 + random.nextInt(200));
    }

    private static int put(final TextStore store, final int length) {
        return store.put(new UnsafeBuffer(new byte[length]), 0, length);
    }

    private static int put(final TextStore store, final String text) {
        return replace(store, TextStore.EMPTY, text);
    }

    private static int replace(final TextStore store, final int handle, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return store.replace(handle, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static String text(final TextStore store, final int handle) {
        return store.buffer(handle).getStringWithoutLengthUtf8(store.offset(handle), store.length(handle));
    }

    private static byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte)(i * 31 + length);
        }
        return bytes;
    }
}
