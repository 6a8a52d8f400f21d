package io.strowger.ops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void shouldUseSingularWhenThereIsOne() {
        assertEquals("0 files", Counted.of(0, "file"));
        assertEquals("1 file", Counted.of(1, "file"));
        assertEquals("2 files", Counted.of(2, "file"));
        assertEquals("1 line that is no signal", Counted.of(1, "line that is no signal", "lines that are no signal"));
        assertEquals("3 lines that are no signal", Counted.of(3, "line that is no signal", "lines that are no signal"));
        assertEquals("1,500 records", Counted.grouped(1500, "record"));
        assertEquals("1 record", Counted.grouped(1, "record"));
    }
}
