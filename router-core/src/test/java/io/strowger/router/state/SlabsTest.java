package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
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
        try (Slabs slabs = new Slabs()) {
            final List<UnsafeBuffer> pieces = new ArrayList<>();
            try (PagesAhead pages = new PagesAhead()) {
                slabs.touchAhead(pages);
                for (final int length : lengths) {
                    final UnsafeBuffer piece = slabs.take(length);
                    assertEquals(length, piece.capacity());
                    assertEquals(0, piece.addressOffset() % BitUtil.CACHE_LINE_LENGTH);
                    piece.setMemory(0, length, (byte)pieces.size());
                    pieces.add(piece);
                }
            }
            for (int i = 0; i < pieces.size(); i++) {
                final UnsafeBuffer expected = new UnsafeBuffer(new byte[pieces.get(i).capacity()]);
                expected.setMemory(0, expected.capacity(), (byte)i);
                assertEquals(0, expected.compareTo(pieces.get(i)));
            }
            assertTrue(slabs.memoryBytes() >= lengths.stream().mapToLong(Integer::longValue).sum());
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
    void shouldGiveEverythingBackWhenClosed() throws IOException {
        final long before = residentBytes();
        for (int i = 0; i < 16; i++) {
            try (Slabs slabs = new Slabs()) {
                slabs.take(64 << 20).setMemory(0, 64 << 20, (byte)i);
            }
        }
        final long grown = residentBytes() - before;
        assertTrue(grown < 8L * (64 << 20), () -> "bytes resident more than before: " + grown);
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

    private static long residentBytes() throws IOException {
        final Scanner pages = new Scanner(Files.readString(Path.of("/proc/self/statm")));
        pages.nextLong();
        return pages.nextLong() * 4096;
    }
}
