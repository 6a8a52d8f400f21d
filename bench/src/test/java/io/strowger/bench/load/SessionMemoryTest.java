package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.record.BlockWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a session costs, all told: its record, ids, names, its part of its call, of all indexes and of the tombstones.
 */
class SessionMemoryTest {
    private static final int BYTES_A_SESSION = 320;
    private static final int SPARE = 16 * 1024;

    @Test
    @Tag("slow")
    void shouldTakeNoMoreThanItsShareOfMemoryWhenAMillionAreOpen() {
        final int sessions = 1_000_000;
        final BlockWriter out = new BlockWriter(64 * 1024);
        final Core core = new Core(new CoreSettings(sessions + SPARE, SPARE, SPARE, SPARE, 42), out);
        final Traffic traffic = Traffic.ofCaptures(sessions, 20_261_125L);
        final SignalPool pool = new SignalPool(32 << 20);
        long timeNs = 0;
        while (traffic.preload(pool)) {
            int place = 0;
            for (int i = 0; i < pool.count(); i++) {
                core.apply(pool.buffer(), pool.signal(place), pool.length(place), ++timeNs);
                out.reset();
                place = pool.next(place);
            }
        }
        assertEquals(sessions, core.openSessions());
        final double each = (double)core.memoryBytes() / sessions;
        System.out.printf("%,d sessions: %.1f bytes each%n", sessions, each);
        assertTrue(each <= BYTES_A_SESSION, () -> each + " bytes a session");
    }
}
