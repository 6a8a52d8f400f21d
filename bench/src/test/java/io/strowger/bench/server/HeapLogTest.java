package io.strowger.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapLogTest {
    private static final HeapLog LOG = HeapLog.of(List.of("[0.005s] Using G1",
        "[1.250s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->5M(64M) 3.402ms",
        "[2.500s] GC(1) Pause Young (Concurrent Start) (Metadata GC Threshold) 40M->9M(64M) 1.001ms",
        "[2.501s] GC(2) Concurrent Mark Cycle",
        "[2.700s] GC(2) Pause Remark 12M->12M(64M) 0.700ms",
        "[4.000s] GC(3) Pause Full (System.gc()) 33M->7M(64M) 12.000ms"));

    @Test
    void shouldTellTheLeastBehindACollectionOfATime() {
        assertEquals(5, LOG.least(1, 2));
        assertEquals(9, LOG.least(2, 3));
        assertEquals(7, LOG.least(2, 5));
        assertEquals(9, LOG.least(2.4, 2.6));
        assertEquals(12, LOG.least(3, 3.5), "none in it: the last before");
        assertEquals(7, LOG.last(100));
        assertEquals(0, LOG.last(1));
    }

    @Test
    void shouldCallMemoryFlatWhenItGrowsByNoMoreThanATenth() {
        assertTrue(new Thirds(10, 100, 110).isFlat());
        assertFalse(new Thirds(10, 100, 111).isFlat());
        assertTrue(new Thirds(200, 100, 50).isFlat());
    }
}
