package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SlabsTest {
    @Property(tries = 200)
    void shouldGivePiecesThatDoNotOverlap(@ForAll @Size(min = 1, max = 60) final List<@IntRange(min = 1, max = 1 << 20) Integer> lengths) {
        final Slabs slabs = new Slabs();
        final TreeMap<Long, UnsafeBuffer> pieces = new TreeMap<>();
        for (final int length : lengths) {
            final UnsafeBuffer piece = slabs.take(length);
            assertEquals(length, piece.capacity());
            assertEquals(0, piece.addressOffset() % BitUtil.CACHE_LINE_LENGTH);
            piece.setMemory(0, length, (byte)pieces.size());
            pieces.put(piece.addressOffset(), piece);
        }
        long end = 0;
        for (final Map.Entry<Long, UnsafeBuffer> piece : pieces.entrySet()) {
            assertTrue(piece.getKey() >= end, pieces.toString());
            end = piece.getKey() + piece.getValue().capacity();
        }
    }

    @Test
    void shouldBeginLongSlabsWhereHugePagesBegin() {
        final Slabs slabs = new Slabs();
        final int length = Slabs.HUGE_PAGE_LENGTH;
        assertEquals(0, slabs.take(length).addressOffset() % Slabs.HUGE_PAGE_LENGTH);
        assertEquals(0, slabs.take(length).addressOffset() % Slabs.HUGE_PAGE_LENGTH);
    }

    @Test
    void shouldKeepPieceWhenNobodyHoldsItsSlabs() {
        final UnsafeBuffer piece = new Slabs().take(1 << 20);
        piece.setMemory(0, piece.capacity(), (byte)7);
        for (int i = 0; i < 3; i++) {
            System.gc();
            new Slabs().take(1 << 20).setMemory(0, 1 << 20, (byte)9);
        }
        for (int i = 0; i < piece.capacity(); i++) {
            assertEquals(7, piece.getByte(i));
        }
    }
}
