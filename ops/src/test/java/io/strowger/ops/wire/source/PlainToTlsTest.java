package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.log.Heard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that opens in plain where TLS is spoken. */
@Timeout(60)
class PlainToTlsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepNothingOfWhatComesPlainToTls() throws Exception {
        final Certificates certificates = new Certificates(folder);
        certificates.make("server", "localhost");
        final TlsConfig tls = new TlsConfig(certificates.chain("server").toString(), certificates.key("server").toString(), null);
        final List<String> kept = new CopyOnWriteArrayList<>();
        try (Heard heard = Heard.finest(); Wired wired = new Wired(folder.resolve("journal"), SourcePortLimits.DEFAULT, tls,
            List.of(Wired.account(Wired.NAME, Wired.TENANT, Wired.TOKEN)), journal -> journal,
            (kind, who, address, text) -> kept.add(kind + " " + address + " " + text))) {
            try (RawSource source = new RawSource(wired.port())) {
                assertNull(source.open(Wired.TOKEN));
            }
            Wired.await(() -> !kept.isEmpty(), () -> "not noted");
            assertEquals(List.of("REFUSED  no TLS with it: what it sends is no TLS"), kept);
            assertEquals(1, wired.sources().gate().refused());
            assertNull(wired.sources().gate().lastRefused(), "nobody knows whence");
            final String hex = HexFormat.of().formatHex(Wired.TOKEN.getBytes(StandardCharsets.US_ASCII));
            final String all = kept + " " + heard.lines();
            assertFalse(all.contains(Wired.TOKEN.substring(3, 20)) || all.contains(hex.substring(6, 40)), all);
        }
    }
}
