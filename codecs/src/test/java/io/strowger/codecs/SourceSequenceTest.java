package io.strowger.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SourceSequenceTest {
    @Property
    void shouldGiveItsPartsBack(@ForAll @IntRange(max = SourceSequence.MAX_CONNECTION) final int connection,
                                @ForAll @LongRange(max = SourceSequence.MAX_BLOCK_END) final long blockEnd,
                                @ForAll @IntRange(max = SourceSequence.MAX_ORDINAL) final int ordinal) {
        final long sequence = SourceSequence.of(connection, blockEnd, ordinal);
        assertTrue(sequence >= 0);
        assertEquals(connection, SourceSequence.connection(sequence));
        assertEquals(blockEnd, SourceSequence.blockEnd(sequence));
        assertEquals(ordinal, SourceSequence.ordinal(sequence));
    }

    @Property
    void shouldBeGreaterInTheNextConnectionHoweverMuchTheLastOneBrought(@ForAll @IntRange(max = 10_000) final int connection,
                                                                        @ForAll @LongRange(max = 1L << 44) final long blockEnd) {
        final long last = SourceSequence.of(connection, blockEnd, SourceSequence.MAX_ORDINAL);
        final int next = SourceSequence.nextConnection(last);
        assertTrue(next > connection);
        assertTrue(SourceSequence.of(next, 0, 0) > last);
        assertTrue(SourceSequence.of(connection, blockEnd + 1, 0) > last);
    }

    @Test
    void shouldBeginWithConnection0AndEndWhenAllAreUsed() {
        assertEquals(0, SourceSequence.nextConnection(-1));
        final long last = SourceSequence.of(SourceSequence.MAX_CONNECTION, 0, 0);
        assertThrows(IllegalStateException.class, () -> SourceSequence.nextConnection(last));
    }
}
