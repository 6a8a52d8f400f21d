package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SaidOnceTest {
    private long nowNs;

    @Test
    void shouldSayAReasonOnceAndEveryTenMinutes() {
        final SaidOnce said = new SaidOnce(() -> nowNs);
        assertEquals(Level.WARNING, said.level("down"));
        assertEquals(Level.DEBUG, said.level("down"));
        assertEquals(Level.WARNING, said.level("refused"));
        nowNs += TimeUnit.MINUTES.toNanos(10);
        assertEquals(Level.WARNING, said.level("refused"));
        said.forget();
        assertEquals(Level.WARNING, said.level("refused"));
    }
}
