package io.strowger.codecs.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {
    private static final long SECOND = 1_795_624_196_000_000_000L;

    @Test
    void shouldPrintAsManyDigitsAsAreNeeded() {
        assertEquals("2026-11-25T16:29:56.000Z", Rfc3339.format(SECOND));
        assertEquals("2026-11-25T16:29:56.500Z", Rfc3339.format(SECOND + 500_000_000));
        assertEquals("2026-11-25T16:29:56.513Z", Rfc3339.format(SECOND + 513_000_000));
        assertEquals("2026-11-25T16:29:56.513020Z", Rfc3339.format(SECOND + 513_020_000));
        assertEquals("2026-11-25T16:29:56.000000001Z", Rfc3339.format(SECOND + 1));
        assertEquals("1970-01-01T00:00:00.000Z", Rfc3339.format(0));
        assertEquals("1969-12-31T23:59:59.999999999Z", Rfc3339.format(-1));
        assertEquals("1970-01-01T00:01:00.000Z", Rfc3339.format(60_000_000_000L));
    }

    @Property
    void shouldReadWhatItPrints(@ForAll final long timeNs) {
        final String text = Rfc3339.format(timeNs);
        assertEquals(timeNs, Rfc3339.parse(text));
        assertTrue(text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.(\\d{3}|\\d{6}|\\d{9})Z"), text);
    }

    @Test
    void shouldReadBothEndsOfTimeAndOffsets() {
        assertEquals(Long.MIN_VALUE, Rfc3339.parse(Rfc3339.format(Long.MIN_VALUE)));
        assertEquals(Long.MAX_VALUE, Rfc3339.parse(Rfc3339.format(Long.MAX_VALUE)));
        assertEquals(SECOND, Rfc3339.parse("2026-11-25T17:29:56+01:00"));
        assertEquals(SECOND + 100_000_000, Rfc3339.parse("2026-11-25T16:29:56.1Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2026-11-25", "2026-11-25T16:29:56", "2026-13-25T16:29:56Z", "1677-01-01T00:00:00Z",
        "2262-04-12T00:00:00Z", "+999999999-01-01T00:00:00Z", "2026-11-25T16:29:56.1234567890Z"})
    void shouldRefuseWhatIsNoInstant(final String text) {
        assertThrows(DateTimeException.class, () -> Rfc3339.parse(text));
    }
}
