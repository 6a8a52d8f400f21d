package io.strowger.ops.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    @Test
    void shouldWriteOneLineWhateverWasSaid() {
        final LogRecord entry = new LogRecord(Level.SEVERE, "pbx: it says \u001b[2J\r\n2026 INFO all is well");
        entry.setInstant(Instant.parse("2026-11-27T03:00:00.007Z"));
        entry.setThrown(new IllegalStateException("why"));
        assertEquals("2026-11-27T03:00:00.007Z ERROR pbx: it says  [2J  2026 INFO all is well: java.lang.IllegalStateException: why"
            + System.lineSeparator(), new LineFormatter().format(entry));
    }

    @Test
    void shouldCutWhatIsTooLong() {
        final LogRecord entry = new LogRecord(Level.INFO, "x".repeat(5_000));
        entry.setInstant(Instant.EPOCH);
        assertEquals("1970-01-01T00:00:00.000Z INFO ".length() + 1_003 + 1, new LineFormatter().format(entry).length());
    }
}
