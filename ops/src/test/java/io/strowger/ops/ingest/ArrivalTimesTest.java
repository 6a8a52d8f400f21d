package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.console.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTimesTest {
    @Test
    void shouldKeepEveryDigitWhenTimesAreRead() throws IOException {
        final ArrivalTimes times = read("# comment\n1795624150.682661 rx 0 521\n1795624150.7 tx 0 9\n1795624151 rx 521 3\n");
        assertEquals(2, times.count());
        assertEquals(1_795_624_150_682_661_000L, times.timeNs(0));
        assertEquals(521, times.end(0));
        assertEquals(1_795_624_151_000_000_000L, times.timeNs(1));
        assertEquals(524, times.end(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5 rx 7 10", "1.5 rx 0", "x rx 0 1", "1.1234567890 rx 0 1", "1.5 rx 0 -1", "99999999999 rx 0 1", "1.5"})
    void shouldNameLineWhenItIsNoChunk(final String line) {
        final UsageException fault = assertThrows(UsageException.class, () -> read("1.0 rx 0 0\n" + line + "\n"));
        assertTrue(fault.getMessage().startsWith("name line 2 "), fault.getMessage());
    }

    @Test
    void shouldFindIndexWhenItBelongsToStream(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("chunks.idx"), "1.0 rx 0 1\n");
        Files.writeString(folder.resolve("chunks.2.idx"), "2.0 rx 0 1\n");
        assertEquals(1_000_000_000L, ArrivalTimes.beside(folder.resolve("rx.raw")).timeNs(0));
        assertEquals(2_000_000_000L, ArrivalTimes.beside(folder.resolve("rx.2.raw")).timeNs(0));
        assertNull(ArrivalTimes.beside(folder.resolve("rx.3.raw")));
        assertNull(ArrivalTimes.beside(folder.resolve("stream.bin")));
    }

    @Test
    void shouldFindTimesWhenProxyWasRecorded(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("evapi-chunks.idx"), "3.0 rx 0 1\n");
        Files.writeString(folder.resolve("evapi-chunks.2.idx"), "4.0 rx 0 1\n");
        Files.writeString(folder.resolve("http.log"), "5.5 conn=1 POST /a {}\n6.5 conn=12 POST /b {}\nx conn=3 GET /\n");
        assertEquals(3_000_000_000L, ArrivalTimes.beside(folder.resolve("evapi-rx.raw")).timeNs(0));
        assertEquals(4_000_000_000L, ArrivalTimes.beside(folder.resolve("evapi-rx.2.raw")).timeNs(0));
        assertEquals(6_500_000_000L, ArrivalTimes.beside(folder.resolve("http-conn-0012.raw")).timeNs(0));
        assertNull(ArrivalTimes.beside(folder.resolve("http-conn-0002.raw")));
        assertThrows(UsageException.class, () -> ArrivalTimes.beside(folder.resolve("http-conn-0003.raw")));
    }

    private static ArrivalTimes read(final String text) throws IOException {
        return ArrivalTimes.read(new BufferedReader(new StringReader(text)), "name");
    }
}
